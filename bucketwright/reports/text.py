"""How does a review read on a terminal, and in a file or a log that nobody wraps?"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from bucketwright.changes.losses import losses
from bucketwright.changes.wording import reached
from bucketwright.findings import Finding
from bucketwright.plain_text import printable
from bucketwright.reports import wording
from bucketwright.reports.radius_wording import access_hits, retention_hits, uncounted

if TYPE_CHECKING:
    from bucketwright.review import Changes, Review


def lines(review: "Review") -> Iterator[str]:
    """The review, its verdict last."""
    new = set() if review.changes is None else {one.fingerprint for one in review.changes.findings.new}
    known = [one for one in review.failing if one.fingerprint not in new]
    fresh = [one for one in review.failing if one.fingerprint in new]
    yield from _section("New findings", _findings(fresh, review))
    yield from _section(
        "Findings" if review.changes is None else "Findings as before", _findings(known, review)
    )
    if review.changes is not None:
        yield from _changes(review.changes, review.today)
    yield from _section("Not decided", (f"{_about(one)}: {wording.seen(one)}" for one in review.unknown))
    yield from _section("Exempted", _exempted(review))
    said = (wording.exemption(one, review.today) for one in (*review.ended, *review.ending_soon))
    yield from _section("Exemptions that end", said)
    idle = (wording.exemption(one, review.today) for one in review.unused)
    yield from _section("Exemptions that exempt nothing", idle)
    yield f"{printable(review.project)}/{printable(review.stack)}: {wording.verdict_line(review)}"


def _findings(findings: Iterable[Finding], review: "Review") -> Iterator[str]:
    for one in findings:
        place = review.places.get(one.fingerprint)
        where = "" if place is None else f"{printable(place.file)}:{place.line}:{place.column}: "
        about = f"{wording.subject(one.subject)}: {wording.seen(one)}"
        yield f"{where}{one.rule} ({wording.weight(one, review)}): {about}"
        yield f"    expected: {printable(one.expected)}"
        yield f"    fix: {wording.manual(one.rule).fix}"


def _changes(changes: "Changes", today: date) -> Iterator[str]:
    fixed = (f"{_about(one)}" for one in changes.findings.fixed if isinstance(one, Finding))
    yield from _section("New exemptions", (wording.exemption(one, today) for one in changes.exemptions))
    yield from _section("Fixed", fixed)
    access = (line for one in changes.access for line in (*reached(one), *access_hits(changes, one)))
    yield from _section("Access", access)
    yield from _section("Lost for good", losses(changes.resources))
    yield from _section("Retention", (*map(wording.kept, changes.retention), *retention_hits(changes)))
    yield from _section("Objects that are not counted", uncounted(changes, today))
    yield from _section("Cost", wording.cost(changes))
    yield from _section("Resources", map(wording.changed, changes.resources))


def _exempted(review: "Review") -> Iterator[str]:
    for one in review.exempted:
        if one.exemption is not None:
            yield wording.exemption(one.exemption, review.today)


def _about(finding: Finding) -> str:
    return f"{finding.rule}: {wording.subject(finding.subject)}"


def _section(title: str, several: Iterable[str]) -> Iterator[str]:
    """A title and what is below it, where there is anything."""
    found = list(several)
    if found:
        yield title
        yield from (f"  {line}" for line in found)
        yield ""
