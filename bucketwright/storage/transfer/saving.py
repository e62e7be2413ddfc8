"""How does an object become a file: piece by piece, or in parts where it is large?

The file is there whole or as it was before, and its hash is compared where it was noted.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from hashlib import sha256
from io import RawIOBase
from pathlib import Path

from bucketwright.contract.buckets import Transfer
from bucketwright.storage.backends.interface import Backend
from bucketwright.storage.pieces import CHUNK, Readable
from bucketwright.storage.reading import Unbroken, not_as_written
from bucketwright.storage.stored import At, Span, Stored
from bucketwright.storage.transfer.landing import Landing, lasting, passing
from bucketwright.storage.transfer.lanes import in_lanes
from bucketwright.storage.transfer.sizes import range_size, spans
from bucketwright.storage.transfer.watching import Meter, Saving, watch_of


@dataclass(frozen=True, slots=True)
class _Part:
    number: int
    first: int
    length: int


def saved(backend: Backend, at: At, path: Path, transfer: Transfer, wishes: Saving) -> Stored:
    """The object as a file, which is there whole or as it was before."""
    with Unbroken(backend, at) as opened:
        stored = opened.stored
        meter = Meter(watch_of(wishes), stored.size)
        part = range_size(stored.size, transfer)
        again, new = bool(part and wishes.get("resume")), wishes.get("new", False)
        landing: AbstractContextManager[Landing]
        landing = lasting(path, at, stored, part, new=new) if again else passing(path, new=new)
        with landing as here:
            if part:
                _Fetching(backend, at, opened, here, meter).all(part, transfer.concurrency)
            else:
                _write(opened, here.path, _Part(1, 0, stored.size), meter)
    meter.end()
    return stored


@dataclass(frozen=True, slots=True)
class _Fetching:
    """An object that comes in parts, each to its place in the file."""

    backend: Backend
    at: At
    opened: Unbroken
    """The whole object, of which the first part is read."""
    here: Landing
    meter: Meter

    def all(self, size: int, lanes: int) -> None:
        """Let them come, and compare the hash; Damaged where it is another, and then nothing is kept."""
        stored = self.opened.stored
        parts = [_Part(number, *span) for number, span in enumerate(spans(stored.size, size), start=1)]
        self.opened.leave_unchecked()
        hashed = sha256()
        compare = self._hash_into(hashed.update) if stored.sha256 else _nothing
        in_lanes(self._fetched, parts, lanes, self.meter, compare)
        if stored.sha256 and hashed.hexdigest() != stored.sha256:
            self.here.discard()
            raise not_as_written(stored.key)

    def _fetched(self, part: _Part) -> _Part:
        if part.number in self.here.done:
            self.meter.add(part.length)
            return part
        if part.number == 1:
            _write(self.opened, self.here.path, part, self.meter)
            self.opened.close()
        else:
            span = Span(part.first, part.first + part.length - 1)
            with Unbroken(self.backend, self.at, span, self.opened.stored.etag) as reading:
                _write(reading, self.here.path, part, self.meter)
        self.here.came(part.number)
        return part

    def _hash_into(self, update: Callable[[bytes], None]) -> Callable[[_Part], None]:
        def hash_part(part: _Part) -> None:
            with self.here.path.open("rb") as file:
                file.seek(part.first)
                for piece in _pieces(file, part.length):
                    update(piece)

        return hash_part


def _write(source: Readable, path: Path, part: _Part, meter: Meter) -> None:
    leg, done = meter.leg(), 0
    with path.open("r+b", buffering=0) as file:
        file.seek(part.first)
        for piece in _pieces(source, part.length):
            meter.keep_on()
            _write_all(file, piece)
            done += len(piece)
            leg(done)


def _write_all(file: RawIOBase, piece: bytes) -> None:
    """All of it: a disk that fills up takes less, and only then says so."""
    left = memoryview(piece)
    while left:
        left = left[file.write(left) or 0 :]


def _pieces(source: Readable, length: int) -> Iterator[bytes]:
    while length and (piece := source.read(min(CHUNK, length))):
        length -= len(piece)
        yield piece


def _nothing(_part: _Part) -> None:
    """There is nothing to compare with."""
