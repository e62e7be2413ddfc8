"""What does the page show of an audit, part by part, in the words in which it stands there?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal

from bucketwright.plain_text import clipped, counted, printable
from bucketwright.reports import wording
from bucketwright.reports.audit_text import excused, fixed, left_out, reasons, titled, verdict
from bucketwright.reports.html.figures import MOST_DRAWN, MOST_ROWS, Row, by_resource, by_run
from bucketwright.reports.html.found import Resource, about, anchor, resources
from bucketwright.reports.html.room import fitting
from bucketwright.rules import catalogue
from bucketwright.rules.frameworks import controls

if TYPE_CHECKING:
    from bucketwright.audited import Audit

State = Literal["clean", "found", "unsure"]
_MOST_LINES: Final = 200
_MOST_NEW: Final = 50
_MOST_NAMES: Final = 12
_LONGEST_LINE: Final = 600


@dataclass(frozen=True, slots=True)
class Lines:
    """A list, of which the page shows the beginning."""

    shown: tuple[str, ...]
    rest: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A finding elsewhere on the page."""

    anchor: str
    severity: str
    rule: str
    about: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of the findings since the run before."""

    since: str
    new: tuple[Link, ...]
    new_rest: int
    unchanged: int
    fixed: Lines
    fixed_number: int


@dataclass(frozen=True, slots=True)
class RuleNote:
    """What the manual says of a rule."""

    id: str
    title: str
    why: str
    fix: str
    exempt: str
    frameworks: str


@dataclass(frozen=True, slots=True)
class View:
    """All of the page but its pictures."""

    title: str
    state: State
    heading: str
    verdict: str
    facts: Mapping[str, str]
    changed: Changed | None
    severities: tuple[Row, ...]
    rows_rest: int
    drawn: int
    runs: tuple[Row, ...]
    resources: tuple[Resource, ...]
    linked: frozenset[str]
    """Findings to which something on the page leads."""
    number: int
    undecided: Lines
    undecided_number: int
    left_out: Lines
    excused: Lines
    excused_number: int
    ending_soon: Lines
    unused: Lines
    kept: Mapping[str, int]
    """Of how many things each rule is kept; nothing where nobody asked."""
    rules: tuple[RuleNote, ...]

    @property
    def has_parts(self) -> bool:
        """Whether there is anything to go to."""
        parts = (self.changed, self.resources, self.rules, self.left_out.shown, len(self.runs) > 1)
        return any(parts)

    def within(self, room: int) -> "View":
        """The same with no more findings than so many bytes hold."""
        shown = fitting(self.resources, room)
        there = {entry.anchor for one in shown for group in one.groups for entry in group.entries}
        wanted = () if self.changed is None else self.changed.new
        linked = frozenset(one.anchor for one in wanted if one.anchor in there)
        return replace(self, resources=shown, linked=linked)


def view(audit: "Audit", version: str, *, passing: bool) -> View:
    """The same audit is always shown alike."""
    found = resources(audit)
    today = audit.time.date()
    bars = by_resource(found)
    kept = Counter(one.rule for one in audit.findings if one.status == "pass") if passing else {}
    return View(
        title=titled(audit),
        state=_state(audit),
        heading=_heading(audit),
        verdict=wording.sentence(verdict(audit)),
        facts=_facts(audit, version),
        changed=None if audit.since is None else _changed(audit),
        severities=bars[:MOST_ROWS],
        rows_rest=len(bars[MOST_ROWS:]),
        drawn=min(len(bars), MOST_DRAWN),
        runs=by_run(audit),
        resources=found,
        linked=frozenset(),
        number=len(audit.counting),
        undecided=_lines(reasons(audit)),
        undecided_number=len(audit.unknown),
        left_out=_lines(left_out(audit)),
        excused=_lines(excused(audit)),
        excused_number=len(audit.exempted) + len(audit.accepted),
        ending_soon=_lines(wording.exemption(one, today) for one in audit.ending_soon),
        unused=_lines(wording.exemption(one, today) for one in audit.unused),
        kept=dict(sorted(kept.items())),
        rules=tuple(_notes(audit)),
    )


def _state(audit: "Audit") -> State:
    if audit.counting:
        return "found"
    return "unsure" if audit.unknown else "clean"


def _heading(audit: "Audit") -> str:
    number = len(audit.counting)
    found = counted(number, "finding") if number else ""
    unsure = "not everything could be looked at" if audit.unknown else ""
    return wording.sentence(", and ".join(filter(None, (found, unsure)))) or "Clean"


def _facts(audit: "Audit", version: str) -> Mapping[str, str]:
    accounts = [printable(part.account) or "without a number" for part in audit.parts]
    regions = sorted({region for part in audit.parts for region in part.regions.values() if region})
    held = f"the run of {audit.since:%Y-%m-%d %H:%M} UTC" if audit.since else "no earlier run"
    facts = {
        "Account" if len(accounts) == 1 else "Accounts": _some(accounts),
        "Region" if len(regions) == 1 else "Regions": _some(map(printable, regions)),
        "Looked at": f"{audit.time:%Y-%m-%d %H:%M} UTC",
        "Held against": held,
        "Profile": audit.profile,
        "Written by": f"bucketwright {version}",
    }
    return {name: text for name, text in facts.items() if text}


def _some(names: Iterable[str]) -> str:
    several = list(names)
    more = len(several) - _MOST_NAMES
    return ", ".join(several[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _changed(audit: "Audit") -> Changed:
    several = len(audit.parts) > 1
    links = [
        Link(anchor(one, f"{number}" if several else ""), one.severity, one.rule, about(one))
        for number, part in enumerate(audit.parts, 1)
        for one in part.recalled.comparison.new
        if not part.is_accepted(one)
    ]
    comparisons = [part.recalled.comparison for part in audit.parts]
    return Changed(
        since=f"{audit.since:%Y-%m-%d %H:%M} UTC",
        new=tuple(links[:_MOST_NEW]),
        new_rest=len(links[_MOST_NEW:]),
        unchanged=sum(len(one.unchanged) for one in comparisons),
        fixed=_lines(fixed(audit)),
        fixed_number=sum(len(one.fixed) for one in comparisons),
    )


def _lines(several: Iterable[str]) -> Lines:
    every = iter(several)
    shown = tuple(clipped(one, _LONGEST_LINE) for one in islice(every, _MOST_LINES))
    return Lines(shown, sum(1 for _ in every))


def _notes(audit: "Audit") -> Iterator[RuleNote]:
    """Of every rule that the page names."""
    told = [one for one in audit.findings if one.status in {"fail", "unknown"}]
    named = {one.rule for one in told} | {inner.rule for one in told for inner in one.consequences}
    for rule_id in sorted(named):
        page, rule = wording.manual(rule_id), catalogue().get(rule_id)
        frameworks = ", ".join(str(one) for one in controls(rule.maps_to)) if rule else ""
        yield RuleNote(rule_id, page.title, page.why, page.fix, page.exempt, frameworks)
