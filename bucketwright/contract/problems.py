"""What is wrong with a contract, where exactly, and how is it shown to the person who wrote it?"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from bucketwright.plain_text import clipped, printable

Path = tuple[str | int, ...]
LINE_BREAKS: Final = ("\r\n", "\r", "\n")
MOST_SHOWN: Final = 1000
_EXCERPT_WIDTH = 100
_PATH_DEPTH = 12
_WIDE = frozenset("WF")


@dataclass(frozen=True, slots=True)
class Position:
    """Where something is written: a line and the columns from first to past the last, all from 1."""

    line: int
    column: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at a path of a resolved environment; where that is written is found out later."""

    path: Path
    message: str
    allowed: tuple[str, ...] = ()
    help: str = ""
    at: Literal["value", "key"] = "value"
    offset: int | None = None
    """Where in a text the trouble is, in characters from 0."""
    meant: str = ""
    """The text that likely was to stand there, where it can be told."""

    def under(self, *above: str | int) -> "Fault":
        """The same fault seen from further up."""
        return replace(self, path=above + self.path)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong; line 0 stands for the file as a whole."""

    source: str
    line: int
    column: int
    end_column: int
    path: str
    message: str
    allowed: tuple[str, ...] = ()
    help: str = ""


class ContractError(ValueError):
    """A contract that does not load, with everything that is wrong with it and its text."""

    def __init__(self, problems: Iterable[Problem], text: str = "") -> None:
        self.problems = tuple(problems)
        self.text = text
        super().__init__(self.problems, text)

    def __str__(self) -> str:
        lines = _lines(self.text)
        return "\n\n".join(_render(problem, lines) for problem in self.problems)


def render(problem: Problem, source_text: str) -> str:
    """The problem for a terminal: place and message, the line with a caret, what is allowed, what helps."""
    return _render(problem, _lines(source_text))


@lru_cache(maxsize=2)
def _lines(text: str) -> list[str]:
    for line_break in LINE_BREAKS:
        text = text.replace(line_break, "\n")
    return text.split("\n")


def _render(problem: Problem, lines: list[str]) -> str:
    place = [printable(problem.source), *map(str, (problem.line, problem.column) if problem.line else ())]
    head = ": ".join(filter(None, (":".join(place), printable(problem.path), printable(problem.message))))
    margin = " " * len(str(problem.line))
    out = [head]
    if 0 < problem.line <= len(lines):
        excerpt, caret = _excerpt(lines[problem.line - 1], problem.column, problem.end_column)
        out += [f"{margin} |", f"{problem.line} | {excerpt}".rstrip(), f"{margin} | {caret}"]
    if problem.allowed:
        out.append(f"{margin} = allowed: {', '.join(map(printable, problem.allowed))}")
    if problem.help:
        out.append(f"{margin} = help: {printable(problem.help)}")
    return "\n".join(out)


def _excerpt(line: str, column: int, end_column: int) -> tuple[str, str]:
    """The part of a line around a place, and a line of carets below it."""
    first = max(0, column - 1 - _EXCERPT_WIDTH // 2) if len(line) > _EXCERPT_WIDTH else 0
    last = first + _EXCERPT_WIDTH
    begin, end = column - 1, min(max(end_column, column + 1) - 1, max(last, column))
    lead = "…" if first else ""
    before = lead + printable(line[first:begin])
    marked = printable(line[begin:end])
    after = printable(line[end:last]) + ("…" if last < len(line) else "")
    return before + marked + after, " " * _width(before) + "^" * max(1, _width(marked))


def _width(text: str) -> int:
    """Columns a terminal needs for a text."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in _WIDE)
        for char in text
    )


def spelled(path: Path) -> str:
    """A path as it is shown: `buckets.files.versioning`."""
    parts = [clipped(str(part)) for part in path[:_PATH_DEPTH]]
    return ".".join(parts) + ("…" if len(path) > _PATH_DEPTH else "")
