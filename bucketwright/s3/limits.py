"""How long may a run and an answer take, and how large may an answer be?"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic
from typing import Final

_MEBIBYTE: Final = 1024 * 1024
_NEVER: Final = float("inf")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run allows itself."""

    run_seconds: float = 900
    answer_seconds: float = 60
    """For one page of an answer, its attempts and the waiting between them included."""
    attempts: int = 3
    connect_seconds: float = 5
    read_seconds: float = 20
    """Without a single byte."""
    answer_bytes: int = 64 * _MEBIBYTE
    pages: int = 2_000


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment of the monotonic clock; by default none."""

    at: float = _NEVER

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        """So many seconds from now."""
        return cls(monotonic() + seconds)

    @property
    def left(self) -> float:
        """Seconds; negative where it has passed."""
        return self.at - monotonic()

    @property
    def passed(self) -> bool:
        """Whether nothing is left."""
        return self.left <= 0

    def sooner(self, seconds: float) -> "Deadline":
        """This one, or the moment in so many seconds where that comes first."""
        return Deadline(min(self.at, monotonic() + seconds))


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the request that this thread makes now has to keep."""

    deadline: Deadline = Deadline()
    most_bytes: float = _NEVER


_NONE: Final = Bounds()
_NOW: Final[ContextVar[Bounds]] = ContextVar("bounds", default=_NONE)


def bounds() -> Bounds:
    """Those of the request being made; none outside of one."""
    return _NOW.get()


@contextmanager
def bounded(these: Bounds) -> Iterator[None]:
    """What is requested in the block, in this thread, keeps these bounds."""
    token = _NOW.set(these)
    try:
        yield
    finally:
        _NOW.reset(token)
