"""How far is a fix, how fast does it go, how long will it take? One line of a terminal, and nowhere else."""

from collections.abc import Callable
from time import monotonic
from typing import Final

from cli.output import Output

_EVERY: Final = 0.2
"""Seconds between one line and the next."""
_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE


class Progress:
    """Tells a terminal how many of so many changes were tried."""

    def __init__(self, output: Output, total: int, clock: Callable[[], float] = monotonic) -> None:
        self._output, self._total, self._clock = output, total, clock
        self._begun, self._said, self._done = clock(), -_EVERY, 0

    def step(self) -> None:
        """One more was tried."""
        self._done += 1
        passed = self._clock() - self._begun
        if passed - self._said >= _EVERY:
            self._said = passed
            self._output.redraw(how_far(self._done, self._total, passed))

    def clear(self) -> None:
        """Make room for another line."""
        self._output.redraw()


def how_far(done: int, total: int, seconds: float) -> str:
    """`1,200 of 4,800 changes, 40 a second, 2 minutes left`."""
    rate = done / seconds if seconds > 0 else 0.0
    if not rate:
        return f"{done:,} of {total:,} changes"
    pace = f"{rate:,.0f} a second" if rate >= 1 else f"{rate * _MINUTE:,.0f} a minute"
    return f"{done:,} of {total:,} changes, {pace}, {duration((total - done) / rate)} left"


def duration(seconds: float) -> str:
    """The same as people say it."""
    whole = round(seconds)
    if whole < 2 * _MINUTE:
        return f"{whole} seconds" if whole != 1 else "1 second"
    if whole < 2 * _HOUR:
        return f"{round(whole / _MINUTE)} minutes"
    return f"{whole // _HOUR} hours {whole % _HOUR // _MINUTE:02} minutes"
