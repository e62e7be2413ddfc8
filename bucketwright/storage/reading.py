"""How is an object read, however large and often the connection breaks, and is it what was written?"""

from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from io import SEEK_CUR, SEEK_END, SEEK_SET, BufferedReader, RawIOBase
from time import monotonic
from types import TracebackType
from typing import Final, Self

from bucketwright.plain_text import shown
from bucketwright.storage.backends.interface import Backend, Reading
from bucketwright.storage.errors import Damaged, Refused, Unreachable
from bucketwright.storage.pieces import CHUNK
from bucketwright.storage.stored import At, Span

_MOST_BREAKS: Final = 3
"""How often in a row a connection may break without a single byte in between."""
_BUFFER: Final = 128 * 1024
_PATIENCE_SECONDS: Final = 60
_LEAST: Final = 64 * 1024
"""Bytes that have to come while somebody waits for so long."""


class Reader(BufferedReader):
    """An object as a file that is read: any part of it, and whole if read from its beginning to its end."""

    def __init__(self, backend: Backend, at: At) -> None:
        raw = Unbroken(backend, at)
        super().__init__(raw, _BUFFER)
        self.info: Final = raw.stored
        """What is known of the object that is read."""


class Stream:
    """The content piece by piece; never more than one piece of it is in memory."""

    def __init__(self, backend: Backend, at: At, span: Span | None = None) -> None:
        self._raw = Unbroken(backend, at, span)
        self.info: Final = self._raw.stored
        """What is known of the object that is read."""

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        piece = self._raw.read(CHUNK)
        if not piece:
            self.close()
            raise StopIteration
        return piece

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Read no more: to go on then is a ValueError."""
        self._raw.close()


def read_span(backend: Backend, at: At, span: Span, most: int | None = None) -> bytes:
    """These bytes of an object; Refused where they are more than that."""
    with Unbroken(backend, at, span) as raw:
        if most is not None:
            keep_in_memory(raw.left, most, at.key)
        return raw.readall()


def keep_in_memory(size: int, most: int, key: str) -> None:
    """Raises where so much of an object is not to be held at once."""
    if size > most:
        told = f"{size:,} bytes of {shown(key, 120)} are asked for, and {most:,} are held at once"
        raise Refused(f"{told}: use stream, open or save", key)


def not_as_written(key: str) -> Damaged:
    """What to say of content that has another hash than was noted."""
    return Damaged(f"the content of {shown(key, 120)} is not what was written", key)


def _keep_order(span: Span | None, key: str) -> None:
    """Raises where no bytes are asked for, of whatever object."""
    if span is not None and (span.first < 0 or (span.last is not None and span.last < span.first)):
        end = "the end" if span.last is None else span.last
        raise Refused(f"bytes {span.first} to {end} are none: they are counted from 0, the first first", key)


class Unbroken(RawIOBase):
    """Reads on where a connection broke, from the very same object; at the end compares the hash."""

    def __init__(self, backend: Backend, at: At, span: Span | None = None, etag: str = "") -> None:
        _keep_order(span, at.key)
        self._backend, self._where = backend, at
        self._opened: Reading | None = backend.get(at, span, etag)
        self.stored: Final = self._opened.stored
        self._at = 0 if span is None else span.first
        last = self.stored.size - 1 if span is None or span.last is None else span.last
        self._end: Final = min(last + 1, self.stored.size)
        whole = self._at == 0 and self._end == self.stored.size
        self._hash = sha256() if whole and self.stored.sha256 else None
        self._waited, self._since = 0.0, self._at

    @property
    def left(self) -> int:
        """How many bytes are still to come."""
        return max(0, self._end - self._at)

    def leave_unchecked(self) -> None:
        """Compare no hash: whoever reads does it."""
        self._hash = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        target = max(0, {SEEK_SET: 0, SEEK_CUR: self._at, SEEK_END: self._end}[whence] + offset)
        if target != self._at:
            self._since += target - self._at
            self._at, self._hash = target, None
            self._stop()
        return target

    def readinto(self, buffer: object) -> int:
        if not isinstance(buffer, bytearray | memoryview):
            raise TypeError("bytes are read into a bytearray or a memoryview")
        wanted = min(len(buffer), self._end - self._at)
        piece = self._read(wanted) if wanted > 0 else b""
        buffer[: len(piece)] = piece
        return len(piece)

    def read(self, most: int | None = -1, /) -> bytes:
        """The next bytes, without a copy on the way."""
        if most is None or most < 0:
            return self.readall()
        wanted = min(most, self._end - self._at)
        return self._read(wanted) if wanted > 0 else b""

    def readall(self) -> bytes:
        """All the rest."""
        return b"".join(iter(lambda: self.read(CHUNK), b""))

    def close(self) -> None:
        super().close()  # first: a thread that opens a connection meanwhile sees it, and leaves none open
        self._stop()

    def _read(self, most: int) -> bytes:
        self._keep_pace()
        for _ in range(_MOST_BREAKS):
            with suppress(Unreachable):
                return self._next(most)
            self._stop()
        return self._next(most)

    def _keep_pace(self) -> None:
        """Raises where next to nothing comes while somebody waits for it."""
        if self._waited <= _PATIENCE_SECONDS:
            return
        came, waited = self._at - self._since, self._waited
        self._waited, self._since = 0.0, self._at
        if came < _LEAST:
            key = self.stored.key
            raise Unreachable(f"{shown(key, 120)} comes too slowly: {came:,} bytes in {waited:.0f} s", key)

    def _next(self, most: int) -> bytes:
        begun = monotonic()
        try:
            piece = self._connected().read(most)
        finally:
            self._waited += monotonic() - begun
        if not piece:
            raise Unreachable(f"{shown(self.stored.key, 120)} was cut off while it was read", self.stored.key)
        self._at += len(piece)
        if self._hash is not None:
            self._hash.update(piece)
            self._compare()
        return piece

    def _connected(self) -> Reading:
        self._keep_open()
        opened = self._opened
        if opened is None:
            rest = Span(self._at, self._end - 1)
            opened = self._opened = self._backend.get(self._where, rest, self.stored.etag)
            self._keep_open()
        return opened

    def _keep_open(self) -> None:
        if self.closed:
            self._stop()
            raise ValueError(f"the reading of {shown(self.stored.key, 120)} was closed")

    def _compare(self) -> None:
        whole = self._hash is not None and self._at == self._end
        if whole and self._hash is not None and self._hash.hexdigest() != self.stored.sha256:
            raise not_as_written(self.stored.key)

    def _stop(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None
