"""How does an audit read on a terminal: the verdict first, each cause with what follows from it, the gravest
first, and last what is not known?"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from bucketwright.comparing import Known
from bucketwright.findings import Finding
from bucketwright.history import Remembered
from bucketwright.plain_text import clipped, counted, printable
from bucketwright.reports import wording
from bucketwright.reports.audit_rows import excuse, region_of
from bucketwright.verdicts import SEVERITIES

if TYPE_CHECKING:
    from bucketwright.audited import Audit, Part

WIDTH: Final = 80
NOBODYS: Final = "an account that nobody numbers"
_LONGEST: Final = 600
_MOST_NAMED: Final = 4
_INDENT: Final = "  "


def lines(audit: "Audit", *, passing: bool = False, width: int = WIDTH) -> Iterator[str]:
    """The report; no line is longer than the width."""
    for line in _whole(audit, passing=passing):
        yield from _folded(line, width)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line before it is folded."""

    text: str
    depth: int = 0
    head: str = ""
    """A word that stands before it, with the rest under its end."""


def _whole(audit: "Audit", *, passing: bool) -> Iterator[_Line]:
    yield _Line(f"{titled(audit)}: {verdict(audit)}")
    for part in audit.parts:
        yield from _of_part(part, audit, named=len(audit.parts) > 1)
    yield from _section("NOT DECIDED", reasons(audit), len(audit.unknown))
    yield from _section("LEFT OUT BY THE CONTRACT", left_out(audit))
    yield from _section("FIXED", fixed(audit))
    yield from _section("EXEMPTED OR ACCEPTED", excused(audit))
    today = audit.time.date()
    yield from _section(
        "EXEMPTIONS THAT END SOON", (wording.exemption(one, today) for one in audit.ending_soon)
    )
    yield from _section(
        "EXEMPTIONS THAT EXEMPT NOTHING", (wording.exemption(one, today) for one in audit.unused)
    )
    if passing:
        kept = (one for one in audit.findings if one.status == "pass")
        yield from _section("KEPT", (f"{one.rule}: {wording.subject(one.subject)}" for one in kept))


def titled(audit: "Audit") -> str:
    """What was audited: `shop/prod`, or the accounts."""
    if audit.stack:
        return printable(f"{audit.project}/{audit.stack}")
    accounts = ", ".join(part.account or NOBODYS for part in audit.parts)
    return f"account {printable(accounts)}"


def verdict(audit: "Audit") -> str:
    """All in one line: `3 findings (1 critical, 2 low), 4 not decided, 1 new and 2 fixed since …`."""
    counting = audit.counting
    counts = Counter(one.severity for one in counting)
    grave = ", ".join(f"{counts[one]} {one}" for one in SEVERITIES if counts[one])
    said = [f"{counted(len(counting), 'finding')} ({grave})" if counting else "no findings"]
    said += [f"{len(audit.unknown)} not decided"] if audit.unknown else []
    said += [f"{len(audit.exempted)} exempted"] if audit.exempted else []
    said += [f"{len(audit.accepted)} accepted"] if audit.accepted else []
    if audit.since is not None:
        new = sum(len(part.recalled.new) for part in audit.parts)
        said.append(f"{new} new and {len(_fixed(audit))} fixed since {audit.since:%Y-%m-%d %H:%M} UTC")
    return ", ".join(said)


def _of_part(part: "Part", audit: "Audit", *, named: bool) -> Iterator[_Line]:
    ages = _Ages(part.recalled.new, part.recalled.first_seen) if audit.since is not None else None
    counting = part.counting
    for severity in SEVERITIES:
        several = [one for one in counting if one.severity == severity]
        if several:
            where = f" in account {printable(part.account)}" if named else ""
            yield _Line("")
            yield _Line(f"{severity.upper()}{where}")
        by_rule: dict[str, list[Finding]] = defaultdict(list)
        for one in several:
            by_rule[one.rule].append(one)
        for rule_id, findings in by_rule.items():
            yield from _of_rule(rule_id, findings, _Told(part, audit, ages))


@dataclass(frozen=True, slots=True)
class _Ages:
    """Since when findings are known."""

    new: frozenset[str]
    first_seen: Mapping[str, datetime]

    def of(self, one: Finding) -> str:
        if one.fingerprint in self.new:
            return ", new"
        since = self.first_seen.get(one.fingerprint)
        return "" if since is None else f", since {since:%Y-%m-%d %H:%M} UTC"


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of a finding besides itself."""

    part: "Part"
    audit: "Audit"
    ages: _Ages | None
    """None where there was no run before."""


def _of_rule(rule_id: str, findings: Sequence[Finding], told: _Told) -> Iterator[_Line]:
    """What is the same of all of them is said once."""
    expected = {one.expected for one in findings}
    yield _Line(rule_id, 1)
    for one in findings:
        yield from _finding(one, told, expected=len(expected) > 1)
    if len(expected) == 1:
        yield _Line(clipped(min(expected), _LONGEST), 2, "expected: ")
    yield _Line(wording.manual(rule_id).fix, 2, "fix: ")


def _finding(one: Finding, told: _Told, *, expected: bool) -> Iterator[_Line]:
    age = "" if told.ages is None else told.ages.of(one)
    yield _Line(f"{subject_line(one, told.part)}{age}", 2)
    yield from (_Line(clipped(fault.text, _LONGEST), 3) for fault in one.faults)
    if one.because:
        yield _Line(clipped(one.because, _LONGEST), 3, "means: ")
    if expected:
        yield _Line(clipped(one.expected, _LONGEST), 3, "expected: ")
    place = told.audit.places.get(one.fingerprint)
    if place is not None:
        yield _Line(f"{printable(place.file)}:{place.line}", 3, "declared: ")
    if one.consequences:
        yield _Line("breaks:", 3)
        yield from (_consequence(inner) for inner in one.consequences)


def _consequence(one: Finding) -> _Line:
    excused = ", exempted" if one.exemption is not None else ""
    grave = "not decided" if one.status == "unknown" else f"{one.severity}{excused}"
    told = clipped(one.seen or one.because, _LONGEST)
    return _Line(f"{one.rule} ({grave}): {wording.subject(one.subject)}: {told}", 4, "- ")


def subject_line(one: Finding, part: "Part") -> str:
    """Whom it is about, what AWS calls that, and where it lies."""
    subject, region = one.subject, region_of(one, part)
    own = f" ({printable(subject.name)})" if subject.name and subject.name not in subject.address else ""
    where = f" in {printable(region)}" if region else ""
    return f"{wording.subject(subject)}{own}{where}{_aspect(one)}"


def _aspect(one: Finding | Remembered) -> str:
    return f": {printable(one.aspect.replace('_', ' '))}" if one.aspect else ""


def _fixed(audit: "Audit") -> tuple[Known, ...]:
    return tuple(one for part in audit.parts for one in part.recalled.comparison.fixed)


def fixed(audit: "Audit") -> Iterator[str]:
    """What is gone since the run before."""
    return map(_known, _fixed(audit))


def _known(one: Known) -> str:
    if not isinstance(one, Remembered):
        return one.fingerprint
    return f"{one.rule}: {wording.subject(one.subject)}{_aspect(one)}"


def reasons(audit: "Audit") -> Iterator[str]:
    """Each reason once, with how much hangs on it: the permission that is missing, most of all."""
    by_reason: dict[str, list[Finding]] = defaultdict(list)
    for one in audit.unknown:
        by_reason[one.because.partition(": ")[2] or one.because].append(one)
    for reason, several in sorted(by_reason.items(), key=lambda each: (-len(each[1]), each[0])):
        about = dict.fromkeys(wording.subject(one.subject) for one in several)
        rules = Counter(one.rule for one in several)
        told = f"{clipped(reason, _LONGEST)}: {len(several)} not decided, of {_some(about)} ({_some(rules)})"
        yield told


def _some(names: Iterable[str]) -> str:
    several = list(names)
    more = len(several) - _MOST_NAMED
    return ", ".join(several[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def left_out(audit: "Audit") -> Iterator[str]:
    """Into what nobody looks, as declared."""
    for one in audit.left_out:
        where = f"{one.bucket}/{one.prefix}"
        yield (
            f"{counted(one.objects, 'object')} in the quarantine {where}: the contract lets nobody but "
            f"{one.scanner} read there ({_some(one.rules)})"
        )


def excused(audit: "Audit") -> Iterator[str]:
    """What fails and does not count, with the reason."""
    for part in audit.parts:
        for one in part.findings:
            because = excuse(one, part)
            if because:
                yield f"{one.rule}: {subject_line(one, part)}: {printable(because)}"


def _section(title: str, several: Iterable[str], number: int | None = None) -> Iterator[_Line]:
    """Lines under a title, which says how many there are, or of how many they speak."""
    found = list(several)
    if found:
        yield _Line("")
        yield _Line(f"{title} ({len(found) if number is None else number})")
        yield from (_Line(one, 1) for one in found)


def _folded(line: _Line, width: int) -> Iterator[str]:
    margin = _INDENT * line.depth
    if not line.text:
        yield ""
        return
    text = f"{line.head}{line.text}"
    if len(margin) + len(text) <= width and text.isprintable() and not text.endswith(" "):
        yield f"{margin}{text}"
        return
    yield from wrap(
        text,
        width,
        initial_indent=margin,
        subsequent_indent=f"{margin}{_INDENT}",
        break_long_words=True,
        break_on_hyphens=False,
    )
