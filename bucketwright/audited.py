"""What does an audit say: all that was looked at, judged, explained and held against what is known?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

from bucketwright.comparing import Comparison
from bucketwright.contract.usual import USUAL, AnyTerms
from bucketwright.contract.words import Profile
from bucketwright.exempting import exempted
from bucketwright.findings import Finding, Subject, findings_of, subject_of
from bucketwright.history import Recalled, Tally
from bucketwright.judging import Judgement, Selection, judge
from bucketwright.left_out import LeftOut
from bucketwright.posture import Estate, intended_estate, reference
from bucketwright.review import Place, Review
from bucketwright.rules.engine import ENGINE
from bucketwright.verdicts import SEVERITIES, Fault

if TYPE_CHECKING:
    from bucketwright.contract.model import Exemption

_NOT_EVALUATED: Final = ENGINE["not-evaluated"]
_EXPIRED: Final = ENGINE["suppression-expired"]
WHOLE_ACCOUNT: Final = "the account"
"""What is not known where nothing of an account could be looked at."""
_NOBODY: Final = Recalled(Comparison(), {}, frozenset())


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that could not even be listed."""

    what: str
    reason: str
    address: str = ""
    """In what; empty: in the account."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One account as it was looked at."""

    estate: Estate
    account: str = ""
    subjects: frozenset[str] = frozenset()
    """What was asked about; all else is there because these refer to it."""
    foreign: frozenset[str] = frozenset()
    """What the contract declares, and another account has."""
    unread: tuple[Unread, ...] = ()
    contents: tuple[Judgement, ...] = ()
    """What is to be said of what lies in the buckets."""


@dataclass(frozen=True)
class Part:
    """One account, judged."""

    account: str
    findings: tuple[Finding, ...]
    """The gravest first; those that pass too."""
    recalled: Recalled = _NOBODY
    regions: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    """What AWS calls each bucket, by its address."""
    tallies: tuple[Tally, ...] = ()
    """How much was open after each run, this one last."""
    left_out: tuple[LeftOut, ...] = ()
    """What is not looked into, as declared: it neither passes nor is it not decided."""

    @cached_property
    def counting(self) -> tuple[Finding, ...]:
        """What fails, and nobody has exempted or accepted."""
        return tuple(one for one in self.findings if one.counts and not self.is_accepted(one))

    def is_accepted(self, finding: Finding) -> bool:
        """Whether somebody accepted it as it is."""
        return finding.fingerprint in self.recalled.accepted


@dataclass(frozen=True)
class Audit:
    """One run."""

    time: datetime
    parts: tuple[Part, ...]
    project: str = ""
    stack: str = ""
    terms: AnyTerms = USUAL
    profile: Profile = "baseline"
    """Which rules were asked for beside those that the terms and the contract's settings ask for."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where the contract speaks of a finding, by its fingerprint."""
    since: datetime | None = None
    """When the run was that it is held against; None where there was none."""
    unused: tuple["Exemption", ...] = ()
    ending_soon: tuple["Exemption", ...] = ()

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(one for part in self.parts for one in part.findings)

    @cached_property
    def counting(self) -> tuple[Finding, ...]:
        """What fails, and nobody has exempted or accepted."""
        return tuple(one for part in self.parts for one in part.counting)

    @cached_property
    def unknown(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.status == "unknown")

    @cached_property
    def left_out(self) -> tuple[LeftOut, ...]:
        return tuple(one for part in self.parts for one in part.left_out)

    @cached_property
    def exempted(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.exemption is not None)

    @cached_property
    def accepted(self) -> tuple[Finding, ...]:
        return tuple(
            one for part in self.parts for one in part.findings if one.counts and part.is_accepted(one)
        )

    def as_review(self) -> Review:
        """The same as reports of a stack know it; what is accepted counts no more."""
        shown = tuple(one for part in self.parts for one in part.findings if not part.is_accepted(one))
        return Review(
            self.project or "account",
            self.stack or ", ".join(part.account for part in self.parts) or "unknown",
            self.time.date(),
            self.terms,
            shown,
            self.places,
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """All that is said of one account."""

    findings: tuple[Finding, ...]
    unused: tuple["Exemption", ...] = ()
    """Exemptions from rules that are kept."""


def judged(seen: Seen, selection: Selection, today: date) -> Judged:
    """The verdicts of the rules and the drifts, each rule that a drift breaks inside that drift."""
    intended = seen.estate.circumstances.intended
    if intended is None or selection.only:
        told = _told(seen, selection, today)
        return Judged(_in_order((*told.own, *(finding for _, finding in told.pairs))), told.unused)
    return _judged_against(intended_estate(seen.estate.circumstances), seen, selection, today)


def _judged_against(intended: Estate, seen: Seen, selection: Selection, today: date) -> Judged:
    from bucketwright.drift import drift, explained  # noqa: PLC0415 - only where something is declared
    from bucketwright.drift.consequences import Estates  # noqa: PLC0415

    told = _told(seen, selection, today, _asked_about(drift(intended, seen.estate, seen.foreign), seen))
    whole = explained(told.own, told.pairs, Estates(intended, seen.estate))
    return Judged(_in_order((*whole.drifts, *whole.others, *told.ended)), told.unused)


@dataclass(frozen=True, slots=True)
class _Told:
    """All that is to be said, before any of it explains the rest."""

    own: tuple[Finding, ...]
    """What is no rule's: drifts, and what could not be read."""
    pairs: tuple[tuple[Judgement, Finding], ...]
    ended: tuple[Finding, ...]
    unused: tuple["Exemption", ...]


def _told(seen: Seen, selection: Selection, today: date, drifts: Iterable[Finding] = ()) -> _Told:
    environment = seen.estate.environment
    exemptions = () if environment is None else _about(environment.exemptions, selection)
    of_things = (one for one in judge(seen.estate, selection) if one.posture.address in seen.subjects)
    judgements, own = (*of_things, *seen.contents), (*drifts, *_unread(seen))
    marked = exempted((*own, *findings_of(judgements)), exemptions, today)
    first, rest = marked.findings[: len(own)], marked.findings[len(own) :]
    pairs = tuple(zip(judgements, rest, strict=True))
    return _Told(first, pairs, tuple(map(_ended, marked.ended)), marked.unused)


def exemption_address(exemption: "Exemption") -> str:
    """By what a finding about an exemption is known again."""
    about = (exemption.rule, exemption.bucket, exemption.prefix, exemption.role)
    return reference("exemption", "/".join(filter(None, about)))


def unreadable(account: str, reason: str) -> Finding:
    """That nothing of an account could be looked at."""
    return _not_evaluated(account, Unread(WHOLE_ACCOUNT, reason))


def _about(exemptions: tuple["Exemption", ...], selection: Selection) -> tuple["Exemption", ...]:
    """Those from rules that are judged."""
    return tuple(one for one in exemptions if not selection.only or one.rule in selection.only)


def _asked_about(drifts: Iterable[Finding], seen: Seen) -> Iterator[Finding]:
    return (one for one in drifts if one.subject.address in seen.subjects)


def _unread(seen: Seen) -> Iterator[Finding]:
    return (_not_evaluated(seen.account, one, seen.estate) for one in seen.unread)


def _not_evaluated(account: str, unread: Unread, estate: Estate | None = None) -> Finding:
    within = None if estate is None else estate.postures.get(unread.address)
    of_account = Subject("account", reference("account", account), account)
    return Finding(
        _NOT_EVALUATED.id,
        "unknown",
        _NOT_EVALUATED.severity,
        of_account if within is None else subject_of(within),
        expected=_NOT_EVALUATED.manual.title,
        because=f"{unread.what}: {unread.reason}",
        missing=unread.what,
        aspect=unread.what,
    )


def _ended(exemption: "Exemption") -> Finding:
    text = f"the exemption from {exemption.rule} ended on {exemption.expires}"
    return Finding(
        _EXPIRED.id,
        "fail",
        _EXPIRED.severity,
        Subject("exemption", exemption_address(exemption)),
        (Fault(text),),
        f"a later day agreed with {exemption.owner}, or no exemption",
    )


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The same whatever the order in which answers came: the gravest first, then by what it is about."""

    def rank(one: Finding) -> tuple[int, str, str, str, str]:
        subject = one.subject
        return SEVERITIES.index(one.severity), subject.address, subject.key, one.rule, one.aspect

    return tuple(sorted(findings, key=rank))
