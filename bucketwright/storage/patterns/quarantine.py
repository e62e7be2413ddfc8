"""How does an upload get out of quarantine? Scanned and clean, or not at all.

It is read once. What was read is what is scanned, and what was scanned is what is written where clean files
go, byte by byte: whatever happens to the upload meanwhile cannot slip through. It is deleted only if it still
is the one that was read; another that came in its place is an arrival of its own.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, Final, Literal, cast

from bucketwright.contract.keys.variable_types import Value
from bucketwright.contract.prefixes import Quarantine as Stated
from bucketwright.plain_text import shown
from bucketwright.storage.client import Storage
from bucketwright.storage.content import IN_MEMORY
from bucketwright.storage.errors import Changed, Misconfigured, NotFound, Refused, StorageError
from bucketwright.storage.foreseen import foreseen
from bucketwright.storage.listing import objects
from bucketwright.storage.naming import of_key
from bucketwright.storage.patterns.releasing import Checked, released, written
from bucketwright.storage.place import DeclaredPrefix, Place
from bucketwright.storage.reading import Stream
from bucketwright.storage.scanning import Clean, Infected, Scanner, Unscanned, Verdict
from bucketwright.storage.stored import Stored

End = Literal["released", "deleted", "kept", "gone", "waiting"]
_OF_A_DAY: Final = ("year", "month", "day", "date")
"""The types of variables that the day of arrival gives a value."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An upload that waits."""

    name: str
    """Below the path of its quarantine."""
    values: Mapping[str, Value]
    """Of the path's variables."""
    stored: Stored
    """What is known of it; whoever uploaded it chose its type and metadata."""


@dataclass(frozen=True, slots=True)
class Goal:
    """Where below the prefix of clean files one goes."""

    values: Mapping[str, Value]
    """For the variables of its path."""
    name: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one upload."""

    key: str
    """Where it was waiting."""
    end: End
    """released, deleted or kept: as infected, gone: there was nothing, waiting: it still is."""
    told: str = ""
    """The key it was released to, what was found in it, or why it waits."""

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do."""
        return self.end != "waiting"


@dataclass(frozen=True, slots=True)
class Quarantine:
    """One quarantine of the contract, and who scans what waits there; safe to share between threads."""

    waiting: DeclaredPrefix
    clean: DeclaredPrefix
    stated: Stated
    scanner: Scanner
    leads_to: Callable[[Arrival], Goal]
    is_trial: bool = False
    """Only says what would become of uploads, as far as that is seen without a write."""

    def scan(self, key: str) -> Outcome:
        """Scan the object with that key, and release it, delete it, keep it or let it wait.

        Unreachable or Misconfigured where the scanner cannot be believed just now.
        """
        found = of_key(self.waiting, key)
        if found is None or not found.name:
            return Outcome(key, "waiting", f"it is no key of {self.waiting.address}")
        self.scanner.keep_sound()
        try:
            return self._judged(found.place, found.name)
        except NotFound:
            return Outcome(key, "gone")
        except StorageError as error:
            return Outcome(key, "waiting", error.message)

    def scan_all(self, below: str = "") -> Iterator[Outcome]:
        """Scan everything that waits, or that waits below such a word as `7/`, in the order of the keys."""
        for row in objects(self.waiting, below):
            yield self.scan(row.key)

    def _judged(self, place: Place, name: str) -> Outcome:
        with place.stream(name) as stream:
            stored = stream.info
            if stored.size > self.scanner.largest:
                told = (
                    f"it has {stored.size:,} bytes, and {self.scanner.largest:,} are the most that is scanned"
                )
                return Outcome(stored.key, "waiting", told)
            with _fetched(stream) as (file, digest):
                verdict = self.scanner.scan(file)
                file.seek(0)
                arrival = Arrival(name, place.values, stored)
                write = foreseen if self.is_trial else written
                return self._carried_out(place, verdict, arrival, Checked(stored, file, digest, write))

    def _carried_out(self, place: Place, verdict: Verdict, arrival: Arrival, checked: Checked) -> Outcome:
        key = arrival.stored.key
        match verdict:
            case Unscanned(reason):
                return Outcome(key, "waiting", reason)
            case Infected(signature) if self.stated.infected == "keep":
                return Outcome(key, "kept", signature)
            case Infected(signature):
                self._clear(place, arrival)
                return Outcome(key, "deleted", signature)
            case Clean():
                there = self._released(arrival, checked)
                self._clear(place, arrival)
                return Outcome(key, "released", there)

    def _released(self, arrival: Arrival, checked: Checked) -> str:
        try:
            goal = self.leads_to(arrival)
            place = self.clean.at(**goal.values)
            return released(checked, place, goal.name)
        except StorageError as error:
            raise type(error)(f"it is clean, and not released: {error.message}", error.key) from None

    def _clear(self, place: Place, arrival: Arrival) -> None:
        """Delete the upload, if it still is the one that was scanned: another has an arrival of its own."""
        with suppress(Changed, NotFound):
            if not self.is_trial:
                place.delete(arrival.name, over=arrival.stored.etag)


def quarantine(
    storage: Storage, address: str, scanner: Scanner, leads_to: Callable[[Arrival], Goal] | None = None
) -> Quarantine:
    """The quarantine at an address such as `uploads/quarantine`.

    Where clean files go `leads_to` says; by default the path's variables have the values they have in the
    quarantine or the day of arrival, and names stay. Misconfigured where that cannot be.
    """
    waiting = storage.prefix(address)
    stated = waiting.there.prefix.quarantine
    if stated is None:
        raise Misconfigured(f"{address} is no quarantine: the contract says `quarantine:` of those")
    clean = storage.prefix(stated.release_to)
    return Quarantine(waiting, clean, stated, scanner, leads_to or _same_names(waiting, clean))


def _same_names(waiting: DeclaredPrefix, clean: DeclaredPrefix) -> Callable[[Arrival], Goal]:
    kinds = clean.there.place.path.variables
    unknown = [
        name for name, kind in kinds.items() if name not in waiting.variables and kind.name not in _OF_A_DAY
    ]
    if unknown:
        raise Misconfigured(
            f"nothing says which {' and '.join(unknown)} a file of {waiting.address} has in {clean.address}: "
            "give leads_to, a function that does"
        )

    def goal(arrival: Arrival) -> Goal:
        days = _day_of(arrival)
        values = {name: arrival.values.get(name, days.get(kind.name, "")) for name, kind in kinds.items()}
        return Goal(values, arrival.name)

    return goal


def _day_of(arrival: Arrival) -> Mapping[str, Value]:
    when = arrival.stored.modified
    if when is None:
        raise Refused(f"nobody knows when {shown(arrival.stored.key, 120)} arrived", arrival.stored.key)
    day = when.astimezone(UTC).date()
    return {"year": day.year, "month": day.month, "day": day.day, "date": day}


@contextmanager
def _fetched(stream: Stream) -> Iterator[tuple[BinaryIO, str]]:
    """All of an object as a file of this machine that ends with the block, and its hash."""
    with SpooledTemporaryFile(IN_MEMORY) as kept:
        hashed = sha256()
        for piece in stream:
            hashed.update(piece)
            kept.write(piece)
        kept.seek(0)
        yield cast("BinaryIO", kept), hashed.hexdigest()
