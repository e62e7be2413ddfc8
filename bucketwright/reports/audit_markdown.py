"""How does an audit read in Markdown: a page for a ticket or a chat, nothing in it that is not escaped?"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from bucketwright.findings import Finding
from bucketwright.plain_text import clipped
from bucketwright.reports import wording
from bucketwright.reports.audit_text import left_out, reasons, subject_line, titled, verdict
from bucketwright.reports.markdown_text import escaped
from bucketwright.verdicts import SEVERITIES

if TYPE_CHECKING:
    from bucketwright.audited import Audit, Part

_LONGEST: Final = 600
_HEAD: Final = ("| severity | rule | where | what | fix |", "|---|---|---|---|---|")


def page(audit: "Audit") -> Iterator[str]:
    """The whole page, line by line: the verdict first."""
    yield f"# {escaped(titled(audit))}"
    yield from ("", f"{escaped(wording.sentence(verdict(audit)))}.")
    counting = [(part, one) for part in audit.parts for one in part.counting]
    counting.sort(key=lambda each: SEVERITIES.index(each[1].severity))
    yield from _listed("Findings", [cell for part, one in counting for cell in _rows(one, part, audit)])
    undecided = [f"- {escaped(one)}" for one in reasons(audit)]
    yield from _titled(f"Not decided ({len(audit.unknown)})", undecided)
    apart = [f"- {escaped(one)}" for one in left_out(audit)]
    yield from _titled(f"Left out by the contract ({len(apart)})", apart)


def _rows(one: Finding, part: "Part", audit: "Audit") -> Iterator[str]:
    place = audit.places.get(one.fingerprint)
    where = subject_line(one, part) + (f", {place.file}:{place.line}" if place else "")
    what = clipped(f"{one.seen}; expected: {one.expected}", _LONGEST)
    breaks = ", ".join(dict.fromkeys(inner.rule for inner in one.consequences))
    what += f"; breaks {breaks}" if breaks else ""
    fix = wording.manual(one.rule).fix.replace("|", "\\|")
    yield f"| {' | '.join((*map(escaped, (one.severity, one.rule, where, what)), fix))} |"


def _listed(title: str, table: Sequence[str]) -> Iterator[str]:
    yield from _titled(f"{title} ({len(table)})", [*_HEAD, *table] if table else [])


def _titled(title: str, below: Sequence[str]) -> Iterator[str]:
    if below:
        yield from ("", f"## {title}", "", *below)
