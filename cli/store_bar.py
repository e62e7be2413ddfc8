"""How far is a transfer? A bar on a terminal, drawn over itself; nothing anywhere else."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Final

from bucketwright.plain_text import clipped
from cli.fix_progress import duration
from cli.output import Output
from cli.store import human

if TYPE_CHECKING:  # the storage is loaded when a command runs
    from bucketwright.storage.transfer.watching import Progress

_EACH_SECONDS: Final = 0.1
_NAME: Final = 20
_BAR: Final = 16


@contextmanager
def bar(output: Output, name: str) -> "Iterator[Progress]":
    """What to tell how many bytes of something called so are moved, and how many there are; 0: who knows.

    Threads may tell it at once. The bar is wiped off when the block ends.
    """
    if not output.is_watched:
        yield _nothing
        return
    try:
        yield _Drawing(output, name)
    finally:
        output.redraw()


def drawn(name: str, moved: int, size: int, seconds: float) -> str:
    """`brief.pdf [#####-----] 50%  10 MB of 20 MB  4.1 MB/s  3 seconds left`."""
    rate = moved / seconds if seconds > 0 else 0.0
    head, speed = clipped(name, _NAME), f"{human(round(rate))}/s"
    if size <= 0:
        return f"{head}  {human(moved)}  {speed}"
    share = min(1.0, moved / size)
    full = int(share * _BAR)
    left = f"  {duration((size - moved) / rate)} left" if rate > 0 and moved < size else ""
    line = f"[{'#' * full}{'-' * (_BAR - full)}] {int(share * 100)}%"
    return f"{head} {line}  {human(moved)} of {human(size)}  {speed}{left}"


class _Drawing:
    """Draws now and then."""

    def __init__(self, output: Output, name: str) -> None:
        self._output, self._name = output, name
        self._begun = self._drawn = monotonic()
        self._drawing: Final = Lock()

    def __call__(self, moved: int, size: int) -> None:
        with self._drawing:
            now = monotonic()
            if now - self._drawn < _EACH_SECONDS:
                return
            self._drawn = now
            line = drawn(self._name, moved, size, now - self._begun)
            self._output.redraw(line[: shutil.get_terminal_size().columns - 1])


def _nothing(_moved: int, _size: int) -> None:
    """Nobody looks."""
