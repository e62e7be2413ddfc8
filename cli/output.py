"""How does text reach the terminal? Results on stdout, all else on stderr, outside text made harmless."""

import io
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Final, Literal, TextIO

import click

from bucketwright.plain_text import printable

ColorChoice = Literal["auto", "always", "never"]
_TO_THE_BEGINNING: Final = "\r\x1b[K"
"""Goes back on the line, and wipes it off."""


class Level(IntEnum):
    """How loud a run must be for a line on stderr to be shown."""

    SUMMARY = -1
    NOTE = 0
    DETAIL = 1


class Tint(Enum):
    """An emphasis that never carries meaning alone: the words say the same."""

    PLACE = "bold"
    BAD = "red"
    HINT = "cyan"


def json_text(value: object, indent: int | None = None) -> str:
    """JSON in printable ASCII, whatever the value holds."""
    return json.dumps(value, indent=indent, ensure_ascii=True, allow_nan=False)


@dataclass(slots=True)
class Output:
    """The two streams of one run, and how the user wants them."""

    color: ColorChoice = "auto"
    loudness: int = 0
    debug: bool = False
    closed: bool = False
    """Nobody reads stdout any more."""

    def result(self, line: str, tint: Tint | None = None) -> None:
        """Print one line that was asked for."""
        self._write(sys.stdout, self._painted(printable(line), tint, sys.stdout))

    def block(self, lines: Iterable[str]) -> None:
        """Print lines under the first of them."""
        for number, line in enumerate(lines):
            self.result(line, None if number else Tint.PLACE)

    def json(self, value: object, indent: int | None = None) -> None:
        """Print one JSON value."""
        self._write(sys.stdout, json_text(value, indent))

    def summary(self, line: str) -> None:
        """Print a closing line of a result, unless it is to be very quiet."""
        if self.loudness >= Level.SUMMARY:
            self.result(line)

    def note(self, line: str, level: Level = Level.NOTE) -> None:
        """Say something beside the result."""
        if self.loudness >= level:
            self._write(sys.stderr, printable(line))

    def error(self, message: str, *more: str) -> None:
        """Say what went wrong, however quiet the run."""
        head = self._painted("error:", Tint.BAD, sys.stderr)
        self._write(sys.stderr, "\n".join((f"{head} {printable(message)}", *map(printable, more))))

    @property
    def is_watched(self) -> bool:
        """Whether somebody looks at a terminal, and wants to be told how far the run is."""
        return sys.stderr is not None and sys.stderr.isatty() and self.loudness >= Level.NOTE

    def redraw(self, line: str = "") -> None:
        """Draw the last line of that terminal over itself; without a text wipe it off."""
        if self.is_watched:
            self._write(sys.stderr, _TO_THE_BEGINNING + printable(line), end="")

    def abandon(self, stream: TextIO | None) -> None:
        """Send what is still to come on this stream nowhere."""
        if stream is sys.stdout:
            self.closed = True
        if stream is None:
            return
        try:
            descriptor = stream.fileno()
        except (io.UnsupportedOperation, ValueError):
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, descriptor)
        os.close(nowhere)

    def _write(self, stream: TextIO | None, text: str, end: str = "\n") -> None:
        if stream is None or (self.closed and stream is sys.stdout):
            return
        try:
            stream.write(_encodable(text + end, stream))
            stream.flush()
        except OSError as failure:
            self.abandon(stream)
            if stream is sys.stdout and not isinstance(failure, BrokenPipeError):
                raise

    def _painted(self, text: str, tint: Tint | None, stream: TextIO | None) -> str:
        if tint is None or not _wants_color(self.color, stream):
            return text
        return click.style(text, bold=True) if tint is Tint.PLACE else click.style(text, fg=tint.value)


def _encodable(text: str, stream: TextIO) -> str:
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _wants_color(choice: ColorChoice, stream: TextIO | None) -> bool:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"
