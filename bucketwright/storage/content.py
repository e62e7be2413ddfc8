"""How is content given to be written? As bytes, a path or an open file.

It is read once for its hash, then as often as it is sent. What cannot be read twice is kept aside meanwhile,
on disk where it is large.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from io import SEEK_CUR, SEEK_END, SEEK_SET, BufferedReader, BytesIO, RawIOBase
from pathlib import Path
from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import BinaryIO, Final, Protocol, TypeAlias, cast

from bucketwright.storage.errors import Refused

CHUNK: Final = 1024 * 1024
HEAD: Final = 64 * 1024
"""How much of the beginning of content is looked at to tell its type."""
IN_MEMORY: Final = 8 * CHUNK
"""What is larger, and cannot be read twice, waits on disk."""


class Readable(Protocol):
    """Anything that bytes can be read from."""

    def read(self, most: int = -1, /) -> bytes:
        """The next bytes."""


class Kept(Readable, Protocol):
    """What was read already, and can be read again."""

    def write(self, piece: bytes, /) -> int:
        """Keep more."""


Data: TypeAlias = bytes | bytearray | memoryview | os.PathLike[str] | Readable


@dataclass(frozen=True, slots=True)
class Body:
    """Content that can be sent, in whole or in parts, and again where it has to be."""

    size: int
    sha256: str
    head: bytes
    """Its beginning."""
    _file: BinaryIO
    _start: int
    _reading: Lock

    def opened(self, first: int = 0, size: int | None = None) -> AbstractContextManager[BinaryIO]:
        """So many bytes from there; threads may read several of them at once."""
        length = self.size - first if size is None else min(size, self.size - first)
        return BufferedReader(_Window(self._file, self._start + first, length, self._reading), CHUNK)

    def part(self, first: int, size: int) -> "Body":
        """So many bytes from there as content of their own."""
        length, hashed = min(size, self.size - first), sha256()
        with self.opened(first, length) as file:
            for chunk in chunks(file):
                hashed.update(chunk)
        return Body(length, hashed.hexdigest(), b"", self._file, self._start + first, self._reading)


@contextmanager
def given(data: Data, most: int | None = None) -> Iterator[Body]:
    """The content of what somebody gives, as long as the block runs; Refused beyond that many bytes.

    A file that was given is left open. What is read of it begins where it stands.
    """
    with ExitStack() as stack:
        yield _read(_file(data, stack), most, stack)


def chunks(file: Readable) -> Iterator[bytes]:
    """What can be read, piece by piece."""
    while chunk := file.read(CHUNK):
        yield chunk


def too_large(most: int) -> Refused:
    """What to say of content with more bytes than that."""
    return Refused(f"the content is larger than {most:,} bytes, the most that the contract allows there")


def _file(data: Data, stack: ExitStack) -> Readable:
    match data:
        case str():
            told = "text was given, and bytes are stored: give text.encode(), or Path(text) for a file's name"
            raise Refused(told)
        case bytes() | bytearray() | memoryview():
            return BytesIO(data)
        case os.PathLike():
            return stack.enter_context(Path(data).open("rb"))
        case _ if callable(getattr(data, "read", None)):
            return data
    raise Refused(f"bytes, a path or a file open for reading is needed, found {type(data).__name__}")


def _read(file: Readable, most: int | None, stack: ExitStack) -> Body:
    start = _position(file)
    keep: Callable[[bytes], object] = _nothing
    again = file
    if start is None:
        start, again = 0, stack.enter_context(_aside())
        keep = again.write
    size, hashed, head = 0, sha256(), b""
    for chunk in chunks(file):
        if not isinstance(chunk, bytes):
            raise Refused("the file is open for text: open it in binary mode, 'rb'")
        size += len(chunk)
        if most is not None and size > most:
            raise too_large(most)
        hashed.update(chunk)
        head = head if len(head) >= HEAD else (head + chunk)[:HEAD]
        keep(chunk)
    return Body(size, hashed.hexdigest(), head, cast("BinaryIO", again), start, Lock())


@contextmanager
def _aside() -> Iterator[Kept]:
    """Room for content that cannot be read twice where it is."""
    with SpooledTemporaryFile(IN_MEMORY) as file:
        yield file


def _position(file: Readable) -> int | None:
    """Where a file stands; None where it cannot be read twice."""
    seekable = getattr(file, "seekable", None)
    if seekable is None or not seekable():
        return None
    return cast("BinaryIO", file).tell()


def _nothing(_chunk: bytes) -> None:
    """Keep nothing: it can be read again."""


class _Window(RawIOBase):
    """A piece of a file that others read, too; to close it leaves the file open."""

    def __init__(self, file: BinaryIO, start: int, length: int, reading: Lock) -> None:
        self._file, self._start, self._length, self._reading = file, start, length, reading
        self._at = 0

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

    def readinto(self, buffer: object) -> int:
        if not isinstance(buffer, bytearray | memoryview):
            raise TypeError("bytes are read into a bytearray or a memoryview")
        wanted = min(len(buffer), self._length - self._at)
        if wanted <= 0:
            return 0
        with self._reading:
            self._file.seek(self._start + self._at)
            chunk = self._file.read(wanted)
        buffer[: len(chunk)] = chunk
        self._at += len(chunk)
        return len(chunk)
