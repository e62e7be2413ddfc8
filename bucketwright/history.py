"""What is remembered of findings: since when is each known, which are accepted, what is new or fixed, and how
many were open after each run?"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, get_args

from bucketwright.comparing import Comparison, compared
from bucketwright.contract.words import Severity
from bucketwright.findings import Finding, Status, Subject
from bucketwright.posture import reference
from bucketwright.strict_json import NotJsonError, read_json
from bucketwright.verdicts import SEVERITIES

VERSION: Final = 1
_NOT_EVALUATED: Final = "not-evaluated"
MOST_RUNS: Final = 500
"""How many runs are counted; the oldest are forgotten."""
_OPEN: Final[frozenset[Status]] = frozenset({"fail", "unknown"})
_SEVERITIES: Final = frozenset(get_args(Severity))


class HistoryError(ValueError):
    """A file of remembered findings that is none; says why."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """One finding, as much as is needed to know it again and to name it."""

    fingerprint: str
    rule: str
    address: str
    severity: Severity
    forms: frozenset[str]
    first_seen: datetime
    key: str = ""
    aspect: str = ""
    version_id: str = ""

    @property
    def subject(self) -> Subject:
        """Whom it is about, as far as is known."""
        return Subject(self.address.partition(":")[0], self.address, key=self.key, version_id=self.version_id)


@dataclass(frozen=True, slots=True)
class Tally:
    """How much was known to be open after a run, whether that run looked at it or not."""

    time: datetime
    counts: Mapping[Severity, int] = field(default_factory=dict)
    undecided: int = 0
    """Of what that run looked at."""

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class History:
    """The findings of one run, or those that somebody accepted."""

    known: tuple[Remembered, ...] = ()
    run: str = ""
    """The run that found them last."""
    time: datetime | None = None
    tallies: tuple[Tally, ...] = ()
    """Of the runs until then, the oldest first."""

    def __iter__(self) -> Iterator[Remembered]:
        return iter(self.known)

    def parted(self, looked_at: Callable[[Remembered], bool]) -> "tuple[History, History]":
        """What this run looks at again, and the rest, of which it says nothing."""
        about = tuple(one for one in self.known if looked_at(one))
        rest = tuple(one for one in self.known if not looked_at(one))
        return replace(self, known=about), replace(self, known=rest)


NOTHING: Final = History()


@dataclass(frozen=True, slots=True)
class Recalled:
    """The findings of a run, held against what is remembered."""

    comparison: Comparison
    first_seen: Mapping[str, datetime]
    """By fingerprint, for what fails now, is not decided, or was found before; a consequence is as old as
    its cause, or older."""
    accepted: frozenset[str]
    """Fingerprints of those that somebody accepted as they are; one that got worse is not among them."""

    @property
    def new(self) -> frozenset[str]:
        """Fingerprints of what was not there before, or in a lesser form."""
        return frozenset(one.fingerprint for one in self.comparison.new)


def recalled(
    findings: Iterable[Finding], before: History, now: datetime, accepted: History = NOTHING
) -> Recalled:
    """What became of each finding since the last run."""
    everything = tuple(findings)
    known = {one.fingerprint: one.first_seen for one in before}
    told = _worth_dating(everything, before)
    since = {one.fingerprint: known.get(one.fingerprint, now) for one in told}
    since |= {
        inner.fingerprint: known.get(inner.fingerprint, since[one.fingerprint])
        for one in told
        for inner in one.consequences
    }
    failing = tuple(one for one in everything if one.counts)
    inside = {one.fingerprint for each in everything for one in each.consequences}
    comparison = compared(before, failing, everything)
    gone = {one.fingerprint for one in comparison.fixed} - inside
    hidden = _Hidden(everything)
    fixed = tuple(one for one in before if one.fingerprint in gone and not hidden.hides(one))
    as_before = compared(accepted, failing).unchanged
    return Recalled(replace(comparison, fixed=fixed), since, frozenset(one.fingerprint for one in as_before))


def _worth_dating(findings: Iterable[Finding], before: History) -> list[Finding]:
    """All but what passes and was not found before: most is that, and to know it again takes a while."""
    known = {(one.rule, one.address) for one in before}
    return [one for one in findings if one.status in _OPEN or (one.rule, one.subject.address) in known]


class _Hidden:
    """What cannot be decided now, so that an earlier finding may still be there."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        unknown = [one for one in findings if one.status == "unknown"]
        unread = [one for one in unknown if one.rule == _NOT_EVALUATED]
        self._same: Final = frozenset(one.fingerprint for one in unknown)
        self._facts: Final = frozenset((one.subject.address, fact) for one in unread for fact in one.facts)
        self._whole: Final = frozenset(one.subject.address for one in unread if not one.facts)
        self._kinds: Final = frozenset(
            one.aspect.replace(" ", "_") for one in unread if one.subject.kind == "account" and not one.facts
        )

    def hides(self, earlier: Remembered) -> bool:
        """Whether it, the fact it goes by, the thing it is of, or all of its kind is not known now."""
        bucket = reference("bucket", earlier.subject.bucket)
        return (
            earlier.fingerprint in self._same
            or (earlier.address, earlier.aspect) in self._facts
            or bool({earlier.address, bucket} & self._whole)
            or earlier.subject.kind in self._kinds
        )


def unclear(findings: Iterable[Finding]) -> Callable[[Remembered], bool]:
    """Whether a run that says this could not tell if a finding is there."""
    return _Hidden(findings).hides


def remembered(findings: Iterable[Finding], before: History, now: datetime, run: str = "") -> History:
    """What is to be remembered: all that fails, and what failed and is not decided now."""
    everything = tuple(findings)
    known = {one.fingerprint: one for one in before}
    since = {fingerprint: one.first_seen for fingerprint, one in known.items()}
    kept = {
        one.fingerprint: Remembered(
            fingerprint=one.fingerprint,
            rule=one.rule,
            address=one.subject.address,
            severity=one.severity,
            forms=one.forms,
            first_seen=since.get(one.fingerprint, now),
            key=one.subject.key,
            aspect=one.aspect,
            version_id=one.subject.version_id,
        )
        for one in everything
        if one.counts
    }
    hidden = _Hidden(everything)
    waiting = {name: one for name, one in known.items() if hidden.hides(one)}
    return History(tuple({**waiting, **kept}.values()), run, now)


def tallied(history: History, before: History, undecided: int) -> History:
    """With how much is open now, after the runs before."""
    if history.time is None:
        return history
    now = Tally(history.time, Counter(one.severity for one in history), undecided)
    return replace(history, tallies=(*before.tallies, now)[-MOST_RUNS:])


def as_data(history: History) -> Mapping[str, object]:
    """As JSON can hold it."""
    return {
        "version": VERSION,
        "run": history.run or None,
        "time": None if history.time is None else history.time.isoformat(),
        "findings": [
            {
                "fingerprint": one.fingerprint,
                "rule": one.rule,
                "resource": one.address,
                "key": one.key or None,
                "version_id": one.version_id or None,
                "aspect": one.aspect or None,
                "severity": one.severity,
                "forms": sorted(one.forms),
                "first_seen": one.first_seen.isoformat(),
            }
            for one in sorted(history, key=lambda one: (one.address, one.rule, one.key, one.fingerprint))
        ],
        "runs": [
            {"time": one.time.isoformat(), "open": _counts(one), "undecided": one.undecided}
            for one in history.tallies
        ],
    }


def _counts(tally: Tally) -> Mapping[str, int]:
    return {severity: tally.counts[severity] for severity in SEVERITIES if tally.counts.get(severity)}


def read(text: bytes) -> History:
    """From its text; HistoryError where it is not what was written."""
    try:
        found = read_json(text)
    except NotJsonError as error:
        raise HistoryError(f"is {error}") from None
    match found.value:
        case {"version": int(version)} if version != VERSION:
            raise HistoryError(f"is of version {version}, and this program reads version {VERSION}")
        case {
            "version": int(),
            "findings": list(several),
            "runs": list(runs),
            "run": run,
            "time": time,
        } if not found.complaints:
            known, tallies = tuple(map(_remembered, several)), tuple(map(_tally, runs))
            moment = None if time is None else _time(time)
            return History(known, run if isinstance(run, str) else "", moment, tallies)
    raise HistoryError("is not a list of findings that an audit wrote")


def _remembered(told: object) -> Remembered:
    """Earlier versions of this program kept no ids of versions."""
    match {"version_id": None, **told} if isinstance(told, dict) else told:
        case {
            "fingerprint": str(fingerprint),
            "rule": str(rule),
            "resource": str(address),
            "severity": str(severity),
            "forms": list(forms),
            "first_seen": since,
            "key": None | str() as key,
            "aspect": None | str() as aspect,
            "version_id": None | str() as version,
        } if severity in _SEVERITIES and all(isinstance(one, str) for one in forms):
            return Remembered(
                fingerprint=fingerprint,
                rule=rule,
                address=address,
                severity=next(one for one in get_args(Severity) if one == severity),
                forms=frozenset(map(str, forms)),
                first_seen=_time(since),
                key=key or "",
                aspect=aspect or "",
                version_id=version or "",
            )
    raise HistoryError("holds something that is no finding")


def _tally(told: object) -> Tally:
    match told:
        case {"time": time, "open": dict(found), "undecided": int(undecided)} if found.keys() <= _SEVERITIES:
            numbers = {severity: found[severity] for severity in SEVERITIES if severity in found}
            if all(_is_count(one) for one in (*numbers.values(), undecided)):
                return Tally(_time(time), numbers, undecided)
    raise HistoryError("holds something that is no count of a run")


def _is_count(told: object) -> bool:
    return isinstance(told, int) and not isinstance(told, bool) and told >= 0


def _time(told: object) -> datetime:
    try:
        found = datetime.fromisoformat(told) if isinstance(told, str) else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise HistoryError("holds a time that is none")
    return found
