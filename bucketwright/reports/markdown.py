"""How does a review read as the comment on a pull request: short, escaped, and found again to be updated?"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from bucketwright.changes.losses import losses
from bucketwright.changes.wording import reached
from bucketwright.findings import Finding
from bucketwright.reports import wording
from bucketwright.reports.markdown_text import escaped
from bucketwright.reports.radius_wording import access_hits, retention_hits, uncounted

if TYPE_CHECKING:
    from bucketwright.review import Changes, Review

MOST_CHARACTERS: Final = 60_000
"""Services refuse a comment of more than 65,536."""
_LIST: Final = re.compile(r"^(\d*)([-+.)])(?=\s)")
"""What would begin a list within a list."""
_UNFOLDED: Final = 3


@dataclass(frozen=True, slots=True)
class _Section:
    """A part of the comment that is left out as a whole where there is no room."""

    title: str
    lines: tuple[str, ...]
    count: int
    is_open: bool = False


def comment(review: "Review") -> str:
    """The whole comment: verdict, what is new, what changes; details are folded, and left out first."""
    head = [marker(review), "", f"**{escaped(f'{review.project}/{review.stack}')}**: {_verdict(review)}", ""]
    foot = ["", f"<sub>{_how_to_repeat(review)}</sub>", ""]
    room = MOST_CHARACTERS - sum(len(line) + 1 for line in (*head, *foot))
    kept, left_out = _fitting([one for one in _sections(review) if one.lines], room - 400)
    more = [f"_Left out for want of room: {', '.join(left_out)}._"] if left_out else []
    return "\n".join((*head, *(line for one in kept for line in _rendered(one)), *more, *foot))


def marker(review: "Review") -> str:
    """By which the comment of this stack is found again; a browser does not show it."""
    return f"<!-- bucketwright:{_plain(review.project)}/{_plain(review.stack)}:v1 -->"


def _plain(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+|-(?=-)", "_", text)


def _verdict(review: "Review") -> str:
    word = "blocked" if review.blocking else "look at it" if review.failing or review.unknown else "clean"
    return f"{word}. {escaped(wording.sentence(wording.verdict_line(review)))}."


def _sections(review: "Review") -> Iterator[_Section]:
    """The most important ones first: what has no room is left out from the end."""
    changes = review.changes
    new = changes.findings.new if changes is not None else review.failing
    title = "New findings" if changes is not None else "Findings"
    yield _listed(title, _table(new, review), len(new), is_open=True)
    if changes is not None:
        yield from _of_changes(changes, review.today)
        known = changes.findings.unchanged
        yield _listed("Findings as before", _table(known, review), len(known))
    yield _said("Not decided", (f"{_about(one)}: {wording.seen(one)}" for one in review.unknown))
    exempted = (wording.exemption(one.exemption, review.today) for one in review.exempted if one.exemption)
    yield _said("Exempted", exempted)
    ending = (*review.ended, *review.ending_soon)
    yield _said("Exemptions that end", (wording.exemption(one, review.today) for one in ending))
    yield _said(
        "Exemptions that exempt nothing", (wording.exemption(one, review.today) for one in review.unused)
    )
    if changes is not None:
        yield _said("Resources", map(wording.changed, changes.resources))


def _of_changes(changes: "Changes", today: date) -> Iterator[_Section]:
    exempting = (wording.exemption(one, today) for one in changes.exemptions)
    yield _said("New exemptions", exempting, is_open=True)
    access = (line for one in changes.access for line in (*reached(one), *access_hits(changes, one)))
    yield _said("Access", access, is_open=True)
    yield _said("Lost for good", losses(changes.resources), is_open=True)
    kept = (*map(wording.kept, changes.retention), *retention_hits(changes))
    yield _said("Retention", kept, is_open=True)
    yield _said("Objects that are not counted", uncounted(changes, today), is_open=True)
    yield _said("Cost", wording.cost(changes), is_open=True)
    yield _said("Fixed", (_about(one) for one in changes.findings.fixed if isinstance(one, Finding)))


def _said(title: str, lines: Iterable[str], *, is_open: bool = False) -> _Section:
    listed = tuple(f"- {_item(line)}" for line in lines)
    return _listed(title, listed, len(listed), is_open=is_open)


def _item(line: str) -> str:
    return _LIST.sub(r"\1\\\2", escaped(line))


def _listed(title: str, lines: Iterable[str], count: int, *, is_open: bool = False) -> _Section:
    return _Section(title, tuple(lines), count, is_open)


def _table(findings: Sequence[Finding], review: "Review") -> Iterator[str]:
    if findings:
        yield "| | rule | where | what | fix |"
        yield "|---|---|---|---|---|"
    for one in findings:
        place = review.places.get(one.fingerprint)
        where = f"{place.file}:{place.line}" if place else ""
        cells = (wording.weight(one, review), one.rule, where or wording.subject(one.subject))
        what = f"{wording.subject(one.subject)}: {wording.seen(one)}"
        fix = wording.manual(one.rule).fix.replace("|", "\\|")
        yield f"| {' | '.join((*map(escaped, (*cells, what)), fix))} |"


def _about(finding: Finding) -> str:
    return f"{finding.rule}: {wording.subject(finding.subject)}"


def _rendered(section: _Section) -> Iterator[str]:
    title = f"{section.title} ({section.count})"
    if section.is_open or section.count <= _UNFOLDED:
        yield from (f"#### {title}", "", *section.lines, "")
    else:
        yield from (f"<details><summary>{title}</summary>", "", *section.lines, "", "</details>", "")


def _fitting(sections: Sequence[_Section], room: int) -> tuple[list[_Section], list[str]]:
    """The sections there is room for: of the first that is too long as much as fits, of later ones none."""
    kept: list[_Section] = []
    left_out: list[str] = []
    for section in sections:
        size = sum(len(line) + 1 for line in section.lines) + len(section.title) + 80
        if size <= room:
            kept.append(section)
            room -= size
            continue
        fitting = _first_lines(section, room) if not left_out else ()
        if fitting:
            kept.append(_Section(section.title, fitting, section.count, section.is_open))
        missing = section.count - max(0, len(fitting) - (len(section.lines) - section.count))
        left_out.append(f"{missing} of {section.title.lower()}")
        room = 0
    return kept, left_out


def _first_lines(section: _Section, room: int) -> tuple[str, ...]:
    """As many whole lines as fit, the head of a table with at least one row."""
    left, fitting = room - len(section.title) - 80, []
    for line in section.lines:
        left -= len(line) + 1
        if left < 0:
            break
        fitting.append(line)
    return tuple(fitting) if len(fitting) > len(section.lines) - section.count else ()


def _how_to_repeat(review: "Review") -> str:
    against = "" if review.changes is None else f" --against {review.changes.reference}"
    return escaped(
        f"bucketwright plan {review.stack}{against}; bucketwright explain RULE for the page of a rule"
    )
