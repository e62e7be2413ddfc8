"""What became of the findings from one run to another? Goes by what each run found when it looked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bucketwright.audited import WHOLE_ACCOUNT
from bucketwright.findings import Finding
from bucketwright.history import NOTHING, recalled, remembered, unclear
from bucketwright.plain_text import counted
from bucketwright.reports.audit_kept import Json, KeptAudit, KeptPart
from bucketwright.reports.wording import subject
from bucketwright.same_versions import moves
from cli.audit_extent import Extent
from cli.audit_refusals import UnlikeError

_OF_OBJECTS: Final = frozenset({"object", "delete_marker"})
_OBJECTS: Final = "objects"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two runs."""

    name: str
    time: datetime
    extent: Extent
    kept: KeptAudit


@dataclass(frozen=True, slots=True)
class Became:
    """A finding, with its row in the report of the run that tells of it."""

    finding: Finding
    row: Json
    why: str = ""
    """Of what is not decided: what cannot be told."""


@dataclass(frozen=True, slots=True)
class Between:
    """Two audits of one thing."""

    then: Side
    now: Side
    new: tuple[Became, ...]
    """Not there before, or there in a lesser form."""
    fixed: tuple[Became, ...]
    excused: tuple[Became, ...]
    """Exempted or accepted since."""
    unchanged: tuple[Became, ...]
    undecided: tuple[Became, ...]
    left_out: int = 0
    """How much was said of objects, where only one of the runs looked at them."""

    def as_data(self) -> Mapping[str, object]:
        """As JSON can hold it."""
        return {
            "version": 1,
            "before": self.then.time.isoformat(),
            "after": self.now.time.isoformat(),
            "new": [one.row for one in self.new],
            "fixed": [one.row for one in self.fixed],
            "excused": [one.row for one in self.excused],
            "unchanged": [one.finding.fingerprint for one in self.unchanged],
            "undecided": [{**one.row, "undecided": one.why} for one in self.undecided],
            "left_out": self.left_out,
        }


def between(then: Side, now: Side) -> Between:
    """What failed in either, and whether in both; UnlikeError where they did not look at the same."""
    _refuse_unlike(then, now)
    everywhere = then.extent.objects == now.extent.objects
    before, after = then.kept.accounts, now.kept.accounts
    compared = [
        _Compared(_followed(earlier, later), later, then.time, now.time)
        for account in after
        for earlier, later in [(_part(before[account], everywhere), _part(after[account], everywhere))]
    ]
    parts = () if everywhere else (*then.kept.parts, *now.kept.parts)
    return Between(
        then,
        now,
        new=tuple(one for each in compared for one in each.new()),
        fixed=tuple(one for each in compared for one in each.fixed()),
        excused=tuple(one for each in compared for one in each.excused()),
        unchanged=tuple(one for each in compared for one in each.unchanged()),
        undecided=tuple(one for each in compared for one in each.undecided()),
        left_out=sum(_is_of_objects(one) for part in parts for one in part.findings),
    )


class _Compared:
    """One account in both runs."""

    def __init__(self, before: KeptPart, after: KeptPart, then: datetime, now: datetime) -> None:
        self._before, self._after = before, after
        self._by_name: Final = {one.fingerprint: one for one in before.findings}
        earlier = remembered(before.findings, NOTHING, then)
        self._told: Final = recalled(after.findings, earlier, now).comparison
        self._earlier: Final = {one.fingerprint: one for one in earlier}
        self._later: Final = {one.fingerprint: one for one in remembered(after.findings, NOTHING, now)}
        self._unclear: Final = unclear(before.findings)
        self._inside_before: Final = _inside(before.findings) - self._earlier.keys()
        self._inside_after: Final = _inside(after.findings) - self._later.keys()
        self._passing: Final = {one.fingerprint for one in after.findings if one.status == "pass"}
        self._blind: Final = _is_blind(before), _is_blind(after)

    def new(self) -> Iterator[Became]:
        return (self._now(one) for one in self._told.new if self._is_new(one))

    def _is_new(self, finding: Finding) -> bool:
        name = finding.fingerprint
        return name in self._earlier or not (name in self._inside_before or self._was_unclear(name))

    def _was_unclear(self, name: str) -> bool:
        return self._blind[0] or self._unclear(self._later[name])

    def fixed(self) -> Iterator[Became]:
        return (self._then(name) for name in self._fixed())

    def _fixed(self) -> Iterator[str]:
        gone = () if self._blind[1] else (one.fingerprint for one in self._told.fixed)
        return (name for name in gone if name not in self._passing)

    def excused(self) -> Iterator[Became]:
        return (
            self._now(one)
            for one in self._after.findings
            if one.fingerprint in self._passing & self._earlier.keys()
        )

    def unchanged(self) -> Iterator[Became]:
        yield from map(self._now, self._told.unchanged)
        yield from (self._now(one) for one in self._told.new if self._was_inside(one))
        yield from (self._then(name) for name in self._earlier if name in self._inside_after)

    def _was_inside(self, finding: Finding) -> bool:
        return finding.fingerprint in self._inside_before

    def undecided(self) -> Iterator[Became]:
        """Each once: what cannot be told now, and what could not be told then."""
        settled = {*self._fixed(), *self._passing, *self._inside_after, *self._later}
        lost = [name for name in self._earlier if name not in settled]
        yield from (self._then(name, "it was there, and the later run cannot tell") for name in lost)
        for one in self._told.new:
            if not self._is_new(one) and not self._was_inside(one):
                yield self._now(one, "it is there, and the earlier run could not tell")
        for one in self._after.findings:
            if one.status == "unknown" and one.fingerprint not in lost:
                yield self._now(one, str(self._after.rows[one.fingerprint].get("because") or ""))

    def _now(self, finding: Finding, why: str = "") -> Became:
        return Became(finding, self._after.rows[finding.fingerprint], why)

    def _then(self, name: str, why: str = "") -> Became:
        return Became(self._by_name[name], self._before.rows[name], why)


def _inside(findings: Iterable[Finding]) -> set[str]:
    """What follows from others."""
    return {inner.fingerprint for one in findings for inner in one.consequences}


def _is_blind(part: KeptPart) -> bool:
    """Whether nothing of the account could be looked at."""
    return any((one.subject.kind, one.aspect) == ("account", WHOLE_ACCOUNT) for one in part.findings)


def _part(part: KeptPart, everywhere: bool) -> KeptPart:
    """What both runs looked at."""
    if everywhere:
        return part
    return KeptPart(part.account, tuple(one for one in part.findings if not _is_of_objects(one)), part.rows)


def _followed(before: KeptPart, after: KeptPart) -> KeptPart:
    """What was found then, each version under the address that it has now; the rows stay as they were."""
    moved = moves(before.findings, after.findings)
    findings = tuple(_at(moved.get(one.fingerprint), one) for one in before.findings)
    rows = (before.rows[one.fingerprint] for one in before.findings)
    named = (one.fingerprint for one in findings)
    return KeptPart(before.account, findings, dict(zip(named, rows, strict=True)))


def _at(address: str | None, one: Finding) -> Finding:
    return one if address is None else replace(one, subject=replace(one.subject, address=address))


def _is_of_objects(finding: Finding) -> bool:
    return finding.subject.kind in _OF_OBJECTS or finding.aspect.startswith(_OBJECTS)


def _refuse_unlike(then: Side, now: Side) -> None:
    looked = [(_looked_at(one), one.kept.accounts.keys(), one.extent.endpoint) for one in (then, now)]
    if looked[0] == looked[1]:
        return
    told = [f"{one.name} looked at {_looked_at(one)} of {_place(one)}" for one in (then, now)]
    raise UnlikeError(
        f"these runs cannot be compared: {told[0]}, {told[1]}; name two runs that looked at the same"
    )


def _looked_at(side: Side) -> str:
    extent = side.extent
    named = " and ".join(f"bucket {name}" for name in sorted(extent.buckets))
    stack = f"stack {side.kept.project}/{side.kept.stack}" if extent.stack else ""
    others = "all other buckets" if extent.all_buckets else ""
    what = " and ".join(filter(None, (named, stack, others))) or "every bucket"
    rules = " and ".join(f"rule {one}" for one in sorted(extent.rules))
    return f"{what} by {rules or f'profile {side.kept.profile}'}"


def _place(side: Side) -> str:
    endpoint = f" at {side.extent.endpoint}" if side.extent.endpoint else ""
    return f"account {', '.join(side.kept.accounts) or 'unknown'}{endpoint}"


def lines(found: Between) -> Iterator[str]:
    """The verdict, what is new, what is fixed, and what cannot be told."""
    kinds = {"new": found.new, "fixed": found.fixed, "unchanged": found.unchanged}
    seldom = {"exempted or accepted": found.excused, "not decided": found.undecided}
    shown = {**kinds, **{kind: several for kind, several in seldom.items() if several}}
    counts = ", ".join(f"{len(several)} {kind}" for kind, several in shown.items())
    then, now = (f"{one.time:%Y-%m-%d %H:%M}" for one in (found.then, found.now))
    yield f"{found.now.kept.title}: {counts}, from {then} to {now} UTC"
    if found.left_out:
        only = "earlier" if found.then.extent.objects else "later"
        several = counted(found.left_out, "finding")
        yield f"left out: {several} of objects, which only the {only} run looked at"
    for title in ("new", "fixed", "exempted or accepted", "not decided"):
        if shown.get(title):
            yield from ("", title.upper())
        for one in shown.get(title, ()):
            told = (subject(one.finding.subject), one.why or str(one.row["seen"] or ""))
            yield f"  {one.finding.severity} {one.finding.rule}: {': '.join(filter(None, told))}"
