"""How far has a transfer come, and is it still wanted?"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock
from typing import ClassVar, Final, Protocol, TypeAlias, TypedDict

from bucketwright.plain_text import shown
from bucketwright.storage.errors import Cancelled, Damaged, StorageError

Progress: TypeAlias = Callable[[int, int], object]
"""Is told how many bytes are done, and how many there are in all: never fewer than before, one at a time."""


class Cancel(Protocol):
    """Whoever can call a transfer off, such as a threading.Event."""

    def is_set(self) -> bool:
        """Whether it is called off."""


class CalledOff(Event):
    """Called off by itself, or by whoever else may."""

    def __init__(self, beside: Cancel | None = None) -> None:
        super().__init__()
        self._beside = beside

    def is_set(self) -> bool:
        """Whether either is."""
        return super().is_set() or (self._beside is not None and self._beside.is_set())


class Watched(TypedDict, total=False):
    """What a caller may say of a transfer under way."""

    progress: Progress | None
    cancel: Cancel | None


class Putting(Watched, total=False):
    """And of one to a storage."""

    resume: Path | None


class Saving(Watched, total=False):
    """And of one from a storage."""

    resume: bool
    new: bool
    """Whether nothing may have the file's name yet."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Who watches a transfer."""

    progress: Progress | None = None
    cancel: Cancel | None = None


def watch_of(wishes: Watched) -> Watch:
    """Who watches, as a caller says."""
    return Watch(wishes.get("progress"), wishes.get("cancel"))


def keep_known(wishes: Watched, kind: type[Watched]) -> None:
    """Raises TypeError for words that no transfer of that kind knows."""
    strange = sorted(wishes.keys() - kind.__annotations__)
    if strange:
        raise TypeError(f"{strange[0]!r} is no keyword here: {', '.join(sorted(kind.__annotations__))}")


class StoppedError(BaseException):
    """The transfer is called off, or a part of it failed: no Exception, so that nobody tries again."""

    meaning: ClassVar[type[StorageError]] = Cancelled
    told: ClassVar[str] = "it was called off"


class ShortenedError(StoppedError):
    """What is sent ends before it should."""

    meaning = Damaged
    told = "the file has become shorter while it was sent"


class CallersError(StoppedError):
    """The caller's own code failed, or the file that it gave: that comes out, and nobody tries again."""

    meaning = StorageError
    told = "the program's own code failed while it was sent"

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error: Final = error


@contextmanager
def callers_own() -> Iterator[None]:
    """Errors in the block are not of whoever sends: no network failed."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - whatever it is, it comes out as it is
        raise CallersError(error) from None


class Meter:
    """How much of a transfer is done; threads may go on with it at once."""

    def __init__(self, watch: Watch, total: int) -> None:
        self.total: Final = total
        self._watch, self._done, self._told = watch, 0, -1
        self._stopped = False
        self._telling = Lock()

    def keep_on(self) -> None:
        """Raises StoppedError once nobody wants the rest."""
        if self._stopped or (self._watch.cancel is not None and self._watch.cancel.is_set()):
            raise StoppedError

    def stop(self) -> None:
        """Let whatever is under way end."""
        self._stopped = True

    def begin(self) -> None:
        """From the beginning, also where it was begun before."""
        self._done = 0

    def leg(self) -> Callable[[int], None]:
        """For one piece that is sent or fetched: is told how far it is, and counts nothing twice."""
        best = 0

        def at(position: int) -> None:
            nonlocal best
            more, best = max(0, position - best), max(best, position)
            if more:
                self.add(more)

        return at

    def add(self, more: int) -> None:
        """So much more is done."""
        with self._telling:
            self._done += more
            self._tell(min(self._done, self.total))

    def end(self) -> None:
        """All is done."""
        with self._telling:
            self._tell(self.total)

    def _tell(self, done: int) -> None:
        if done > self._told:
            self._told = done
            if self._watch.progress is not None:
                self._watch.progress(done, self.total)


@contextmanager
def cancellable(name: str, key: str) -> Iterator[None]:
    """Says Cancelled where the block ends because nobody wants the rest."""
    try:
        yield
    except CallersError as failed:
        raise failed.error from None
    except StoppedError:
        raise Cancelled(f"the transfer of {shown(name, 120)} was called off", key) from None
