"""How long may a line be? On a terminal as long as it is wide; in a pipe or a file a line stays whole."""

import shutil
import sys
from textwrap import wrap
from typing import Final

PROSE: Final = 80
"""Columns of a sentence where nothing is known of the reader's terminal."""
_NARROWEST: Final = 20


def terminal_width() -> int | None:
    """The columns of the terminal that shows the results; None where none does."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    return shutil.get_terminal_size().columns


def folded(line: str, width: int | None, hanging: int) -> list[str]:
    """A line in as many as it takes, each but the first that far in; whole where there is no width."""
    if width is None or len(line) <= width:
        return [line]
    text = line.lstrip()
    return wrap(
        text,
        max(width, hanging + _NARROWEST),
        initial_indent=" " * (len(line) - len(text)),
        subsequent_indent=" " * hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
