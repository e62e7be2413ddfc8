"""Which broken rules follow from a drift, and are no findings beside it?

A rule that is broken live follows from the drift of a fact that it reads without which it would be kept; from
the first of several that break it together, as where the contract itself keeps it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bucketwright.contract.words import Severity
from bucketwright.drift.undoing import undone
from bucketwright.findings import Finding
from bucketwright.judging import Judgement
from bucketwright.posture import Estate
from bucketwright.verdicts import SEVERITIES, Fails, Undecided


@dataclass(frozen=True, slots=True)
class Explained:
    """Findings whose causes are told."""

    drifts: tuple[Finding, ...]
    """Each with its consequences."""
    others: tuple[Finding, ...]
    """Those that follow from none."""


@dataclass(frozen=True, slots=True)
class Estates:
    """What was meant, and what is."""

    intended: Estate
    live: Estate


def explained(
    drifts: Sequence[Finding], found: Iterable[tuple[Judgement, Finding]], estates: Estates
) -> Explained:
    """Every finding of a rule put into the drift that it follows from; an exempted drift explains nothing."""
    causes = _Causes([one for one in drifts if one.status == "fail" and one.exemption is None], estates)
    inside: dict[str, list[Finding]] = {}
    others: list[Finding] = []
    for judgement, finding in found:
        cause = causes.of(judgement)
        if cause is None:
            others.append(finding)
        else:
            inside.setdefault(cause.fingerprint, []).append(finding)
    told = tuple(_with(one, inside.get(one.fingerprint, [])) for one in drifts)
    return Explained(told, tuple(others))


class _Causes:
    """The drifts from which something can follow."""

    def __init__(self, drifts: Sequence[Finding], estates: Estates) -> None:
        self._drifts: Final = drifts
        self._estates: Final = estates
        self._live: Final = estates.live
        self._known: Final[dict[tuple[str, ...], Estate]] = {}

    def of(self, judgement: Judgement) -> Finding | None:
        """The drift from which a verdict follows; None where it follows from none."""
        if not isinstance(judgement.verdict, Fails | Undecided):
            return None
        likely = [one for one in self._drifts if _may_explain(one, judgement)]
        whole = [one for one in self._drifts if not one.facts and one not in likely]
        for one in (*likely, *whole):
            if _is_kept(judgement, self._without(one), self._live):
                return one
        if not likely or isinstance(judgement.verdict, Undecided):
            return None
        together = _is_kept(judgement, self._without(*likely), self._live)
        return likely[0] if together or _is_meant(judgement, self._estates) else None

    def _without(self, *drifts: Finding) -> Estate:
        """The live estate as it would be without them."""
        names = tuple(one.fingerprint for one in drifts)
        if names not in self._known:
            estate = self._estates.live
            for one in drifts:
                estate = undone(one, self._estates.intended, estate)
            self._known[names] = estate
        return self._known[names]


def _is_kept(judgement: Judgement, estate: Estate, live: Estate) -> bool:
    """Whether a rule is kept in another estate; it is where what breaks it is no longer there.

    What lies in a bucket is in no estate, and as it is.
    """
    address = judgement.posture.address
    posture = estate.postures.get(address, None if address in live.postures else judgement.posture)
    return posture is None or not isinstance(judgement.rule.verdict(posture, estate), Fails | Undecided)


def _is_meant(judgement: Judgement, estates: Estates) -> bool:
    """Whether the contract itself keeps the rule."""
    intended = estates.intended
    is_asked = "intended" in judgement.rule.lenses and judgement.posture.address in intended.postures
    return is_asked and _is_kept(judgement, intended, estates.live)


def _may_explain(cause: Finding, judgement: Judgement) -> bool:
    """Whether the rule reads what drifted, or cannot be decided where something is gone."""
    rule, subject = judgement.rule, cause.subject
    if not cause.facts:
        kinds = {name.partition(".")[0] for name in rule.reads if "." in name}
        is_own = judgement.posture.address == subject.address
        return is_own or subject.kind in kinds or isinstance(judgement.verdict, Undecided)
    own = judgement.posture.address == subject.address
    return any((own and fact in rule.reads) or f"{subject.kind}.{fact}" in rule.reads for fact in cause.facts)


def _with(drift: Finding, consequences: Sequence[Finding]) -> Finding:
    """As grave as the gravest that follows from it and is not exempted."""
    if not consequences:
        return drift
    graves = [drift.severity, *(one.severity for one in consequences if one.counts)]
    return replace(drift, consequences=tuple(consequences), severity=_gravest(graves))


def _gravest(severities: Iterable[Severity]) -> Severity:
    return min(severities, key=SEVERITIES.index)
