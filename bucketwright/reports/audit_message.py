"""What are people told of an audit that they did not start themselves? What is new, the gravest first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bucketwright.plain_text import clipped, counted, printable

MOST_TOLD: Final = 40
"""Findings in one message; the report has them all."""
LONGEST_SUBJECT: Final = 99
"""What SNS takes, in ASCII."""
_LONGEST: Final = 400
_WORD: Final = 80


@dataclass(frozen=True, slots=True)
class Message:
    """A message of plain text."""

    subject: str
    text: str
    findings: int
    """How many are new."""


def message_of(report: Mapping[str, object], where: str) -> Message | None:
    """Of an audit as `--format json` has it, whose report stands somewhere; None where nothing is new."""
    new = _texts(report.get("new"))
    found = [one for one in _rows(report) if one.get("fingerprint") in new and one.get("status") == "fail"]
    if not found:
        return None
    title = f"{counted(len(found), 'new finding')} in {_titled(report)}"
    lines = [title, "", *(line for one in found[:MOST_TOLD] for line in _finding(one))]
    if len(found) > MOST_TOLD:
        lines += [f"and {len(found) - MOST_TOLD} more.", ""]
    lines.append(f"The whole report: {printable(where)}")
    subject = f"bucketwright: {title}".encode("ascii", "backslashreplace").decode("ascii")
    return Message(subject[:LONGEST_SUBJECT], "\n".join(lines) + "\n", len(found))


def _titled(report: Mapping[str, object]) -> str:
    stack = report.get("stack")
    if isinstance(stack, str):
        return clipped(f"{report.get('project')}/{stack}", _WORD)
    return f"account {clipped(', '.join(_texts(report.get('accounts'))), _WORD)}"


def _finding(one: Mapping[str, object]) -> Iterator[str]:
    place = " ".join(filter(None, (_text(one, name) for name in ("bucket", "key", "facet"))))
    yield f"{_text(one, 'severity').upper()} {_text(one, 'rule')}: {place}"
    for name in ("seen", "expected", "fix"):
        if _text(one, name):
            yield f"  {name}: {_text(one, name)}"
    yield ""


def _text(one: Mapping[str, object], name: str) -> str:
    value = one.get(name)
    return clipped(value, _LONGEST) if isinstance(value, str) else ""


def _rows(report: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    found = report.get("findings")
    return (one for one in found if isinstance(one, Mapping)) if isinstance(found, Sequence) else iter(())


def _texts(value: object) -> Sequence[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
