"""How is content read that somebody gives: piece by piece, and several pieces of one file at once?"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import SEEK_CUR, SEEK_END, SEEK_SET, RawIOBase
from threading import Lock
from types import TracebackType
from typing import BinaryIO, Final, Protocol

from bucketwright.plain_text import clipped
from bucketwright.storage.errors import Refused
from bucketwright.storage.transfer.watching import CallersError, ShortenedError, callers_own

CHUNK: Final = 1024 * 1024


class Readable(Protocol):
    """Anything that bytes can be read from."""

    def read(self, most: int = -1, /) -> bytes:
        """The next bytes."""


def chunks(file: Readable) -> Iterator[bytes]:
    """What can be read, piece by piece."""
    while chunk := file.read(CHUNK):
        yield chunk


def next_piece(file: Readable) -> bytes:
    """The next bytes of what somebody gave; Refused where it gives none that can be stored."""
    with readable_given():
        piece: object = file.read(CHUNK)
    match piece:
        case bytes():
            return piece
        case bytearray() | memoryview():
            return bytes(piece)
        case str():
            raise Refused("text is read from the file, and bytes are stored: open it in binary mode, 'rb'")
        case None:
            raise Refused("the file has nothing to read yet, and may have later: open it so that reads wait")
    raise Refused(f"bytes are stored, and {type(piece).__name__} is read from the file")


@contextmanager
def readable_given() -> Iterator[None]:
    """Refused where a file that was given is closed, not open for reading, or broken."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise Refused(f"the file that was given cannot be read: {clipped(str(error), 200)}") from None


def _nothing(_position: int = 0) -> None:
    """Nobody watches."""


class Window(RawIOBase):
    """A piece of a file that others read, too; to close it leaves the file open."""

    def __init__(self, file: BinaryIO, start: int, length: int, reading: Lock) -> None:
        self._file, self._start, self._length, self._reading = file, start, length, reading
        self._at = 0
        self._keep_on: Callable[[], None] = _nothing
        self._told: Callable[[int], None] = _nothing

    def watched(self, keep_on: Callable[[], None], told: Callable[[int], None]) -> None:
        """Ask before every piece whether it is wanted, and tell after it how far it is."""
        self._keep_on, self._told = keep_on, told

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        if isinstance(error, ShortenedError):
            raise error.meaning(f"{error.told}: nothing was written") from None
        if isinstance(error, CallersError):
            raise error.error from None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        base = {SEEK_SET: 0, SEEK_CUR: self._at, SEEK_END: self._length}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, most: int | None = -1, /) -> bytes:
        if most is None or most < 0:
            return b"".join(chunks(self))
        wanted = min(most, self._length - self._at)
        if wanted <= 0:
            return b""
        with callers_own():
            self._keep_on()
            with self._reading, readable_given():
                self._file.seek(self._start + self._at)
                chunk = self._file.read(wanted)
        if not chunk:
            raise ShortenedError
        self._at += len(chunk)
        with callers_own():
            self._told(self._at)
        return chunk
