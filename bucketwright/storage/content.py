"""How is content given to be written? As bytes, a path or an open file.

It is read once for its hashes, those of its parts included, and once more when it is sent. What cannot be
read twice on this machine is kept aside meanwhile, on disk where it is large.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from io import BytesIO, FileIO
from pathlib import Path
from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import BinaryIO, Final, TypeAlias, cast

from bucketwright.contract.buckets import Transfer
from bucketwright.plain_text import shown
from bucketwright.storage.errors import Refused
from bucketwright.storage.hashing import Hashing
from bucketwright.storage.pieces import CHUNK, Readable, Window, chunks, next_piece, readable_given
from bucketwright.storage.transfer.sizes import part_size, spans
from bucketwright.storage.transfer.watching import Meter

IN_MEMORY: Final = 8 * CHUNK
"""What is larger, and cannot be read twice, waits on disk."""


Data: TypeAlias = bytes | bytearray | memoryview | os.PathLike[str] | Readable


@dataclass(frozen=True, slots=True)
class Limits:
    """What is known beforehand of the content that is wanted."""

    most: int | None = None
    """Bytes; None: any number."""
    transfer: Transfer | None = None
    """In which parts it will be sent; None: in none."""


@dataclass(frozen=True, slots=True)
class Body:
    """Content that can be sent, in whole or in parts, and again where it has to be."""

    size: int
    sha256: str
    head: bytes
    """Its beginning."""
    is_utf8: bool
    """Whether all of it can be text in UTF-8."""
    _file: BinaryIO
    _start: int
    _reading: Lock
    _hashes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """Of parts, by where they begin and how long they are."""
    _meter: Meter | None = None

    def opened(self, first: int = 0, size: int | None = None) -> AbstractContextManager[BinaryIO]:
        """So many bytes from there; threads may read several of them at once."""
        length = self.size - first if size is None else min(size, self.size - first)
        window = Window(self._file, self._start + first, length, self._reading)
        if self._meter is not None:
            window.watched(self._meter.keep_on, self._meter.leg())
        return cast("BinaryIO", window)

    def part(self, first: int, size: int) -> "Body":
        """So many bytes from there as content of their own."""
        length = min(size, self.size - first)
        known = self._hashes.get((first, length)) or self._hashed(first, length)
        return replace(self, size=length, sha256=known, head=b"", _start=self._start + first, _hashes={})

    def watched(self, meter: Meter) -> "Body":
        """The same, of which every piece that is read is told to a meter, which may stop it."""
        return replace(self, _meter=meter)

    def _hashed(self, first: int, length: int) -> str:
        hashed = sha256()
        with replace(self, _meter=None).opened(first, length) as file:
            for chunk in chunks(file):
                hashed.update(chunk)
        return hashed.hexdigest()


class Gathering:
    """Content that comes piece by piece, kept aside until all of it is there."""

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        self._file, self._most = file, limits.most
        self._hashing = Hashing(_part_size(limits.transfer, None))

    def write(self, piece: bytes) -> int:
        """Add to it; Refused beyond what is allowed, and of what is no bytes."""
        if not isinstance(piece, bytes | bytearray | memoryview):
            raise Refused(f"bytes are written, found {type(piece).__name__}: of a text give text.encode()")
        plain = bytes(piece)
        _add(self._hashing, plain, self._most)
        return self._file.write(plain)

    def body(self) -> Body:
        """All that was added."""
        return _body(self._hashing, self._file, 0)


@contextmanager
def given(data: Data, limits: Limits | None = None) -> Iterator[Body]:
    """The content of what somebody gives, as long as the block runs; Refused beyond what is allowed.

    A file that was given is left open. What is read of it begins where it stands.
    """
    with ExitStack() as stack:
        file = _file(data, stack)
        yield _read(file, limits or Limits(), _known_size(data, file), stack)


@contextmanager
def gathering(limits: Limits) -> Iterator[Gathering]:
    """Room for content that comes piece by piece."""
    with SpooledTemporaryFile(IN_MEMORY) as file:
        yield Gathering(cast("BinaryIO", file), limits)


def too_large(most: int) -> Refused:
    """What to say of content with more bytes than that."""
    return Refused(f"the content is larger than {most:,} bytes, the most that is taken there")


def _file(data: Data, stack: ExitStack) -> Readable:
    match data:
        case str():
            told = "text was given, and bytes are stored: give text.encode(), or Path(text) for a file's name"
            raise Refused(told)
        case bytes() | bytearray():
            return BytesIO(data)
        case memoryview():
            return BytesIO(data if data.contiguous else data.tobytes())
        case os.PathLike():
            return _opened(Path(data), stack)
        case _ if callable(getattr(data, "read", None)):
            return data
    raise Refused(f"bytes, a path or a file open for reading is needed, found {type(data).__name__}")


def _opened(path: Path, stack: ExitStack) -> BinaryIO:
    try:
        return stack.enter_context(path.open("rb"))
    except OSError as error:
        raise Refused(f"{shown(str(path), 120)} cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise Refused(f"{shown(str(path), 120)} is no name of a file: {error}") from None


def _known_size(data: Data, file: Readable) -> int | None:
    """Where it is told without a look at the end: a file that lies far away would be begun anew for that."""
    match data:
        case bytes() | bytearray():
            return len(data)
        case memoryview():
            return data.nbytes
        case os.PathLike():
            return os.fstat(cast("BinaryIO", file).fileno()).st_size
    return None


def _read(file: Readable, limits: Limits, size: int | None, stack: ExitStack) -> Body:
    start = _position(file)
    if start is None:
        aside = stack.enter_context(gathering(limits))
        for chunk in _binary(file):
            aside.write(chunk)
        return aside.body()
    hashing = Hashing(_part_size(limits.transfer, size))
    for chunk in _binary(file):
        _add(hashing, chunk, limits.most)
    return _body(hashing, cast("BinaryIO", file), start)


def _part_size(transfer: Transfer | None, size: int | None) -> int:
    """Of the parts whose hashes may be needed; 0 where none will be."""
    if transfer is None:
        return 0
    return transfer.part_size if size is None else part_size(size, transfer)


def _add(hashing: Hashing, piece: bytes, most: int | None) -> None:
    if most is not None and hashing.size + len(piece) > most:
        raise too_large(most)
    hashing.add(piece)


def _body(hashing: Hashing, file: BinaryIO, start: int) -> Body:
    of_parts = spans(hashing.size, hashing.part_size) if hashing.part_size else []
    hashes = dict(zip(of_parts, hashing.parts, strict=True))
    return Body(hashing.size, hashing.sha256, hashing.head, hashing.is_utf8, file, start, Lock(), hashes)


def _binary(file: Readable) -> Iterator[bytes]:
    while chunk := next_piece(file):
        yield chunk


def _position(file: Readable) -> int | None:
    """Where a file stands; None where it cannot be read twice, or only by going far back for each part."""
    inner = getattr(file, "file", file)
    is_here = isinstance(inner, BytesIO | FileIO | SpooledTemporaryFile)
    if not is_here and not isinstance(getattr(inner, "raw", None), FileIO):
        return None
    again = cast("BinaryIO", file)
    with readable_given():
        return again.tell() if again.seekable() else None
