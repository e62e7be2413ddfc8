"""One side is a place of the contract, or what lies in it below a name."""

from pathlib import Path
from typing import Final

from bucketwright.contract.keys.key_text import key_fault
from bucketwright.plain_text import shown
from bucketwright.storage.beginning import Beginning
from bucketwright.storage.declared import attributes_for, keep_name_rules, keep_size, key_of
from bucketwright.storage.errors import Refused, StorageError
from bucketwright.storage.hashing import HEAD
from bucketwright.storage.moving import copied, source_at
from bucketwright.storage.patterns.batches import why_it_stays
from bucketwright.storage.patterns.syncing.sides import Item, Listing
from bucketwright.storage.patterns.together import take_away
from bucketwright.storage.place import Place
from bucketwright.storage.said import Said
from bucketwright.storage.stored import At, Stored
from bucketwright.storage.transfer.watching import Cancel
from bucketwright.storage.writing import Target, Written, condition_of


class PlaceSide:
    """A place, and how the names begin of what takes part in it: with nothing, or a name that ends in `/`."""

    def __init__(self, place: Place, begin: str = "") -> None:
        if begin and not begin.endswith("/"):
            raise Refused(f"{shown(begin)} is no beginning of names: it ends in '/'")
        self.place: Final = place
        self.begin: Final = begin

    @property
    def told(self) -> str:
        """What it is called, for people."""
        return f"{self.place.there.address}:{self.place.path}{self.begin}"

    @property
    def identity(self) -> str:
        """What tells it from every other place."""
        return f"s3://{self.place.there.bucket}/{self.place.path}{self.begin}"

    def listed(self) -> Listing:
        """The objects there, asked for once."""
        items: dict[str, Item] = {}
        unfit: dict[str, str] = {}
        for entry in self.place.list(self.begin):
            name = entry.name.removeprefix(self.begin)
            if entry.name.endswith("/") and not entry.size:
                continue  # what some tools put there to show a folder
            if fault := key_fault(entry.name):
                unfit[name] = fault.reason
            else:
                mark = f"{entry.etag}@{entry.modified.isoformat() if entry.modified else ''}"
                items[name] = Item(name, entry.size, mark, entry.etag)
        return Listing(items, unfit)

    def info(self, item: Item) -> Stored:
        """What is known of an object, its content apart."""
        return self.place.info(self.begin + item.name)

    def refusal(self, name: str, size: int, *, replaces: bool) -> str:
        """Why the contract does not let so much be written under a name; empty where it does."""
        there = self.place.there
        if replaces and there.prefix.write.mode == "create":
            return "it is another there, and the contract lets nobody write over it"
        try:
            keep_name_rules(there, key_of(there, self.place.path, self.begin + name))
            keep_size(there, size)
        except StorageError as error:
            return error.message
        return ""

    def refusal_of_deletion(self) -> str:
        """Why nothing is deleted there; empty where it may be."""
        why = why_it_stays(self.place.there)
        return f"{self.place.there.address} {why}" if why else ""

    def refusal_of_file(self, name: str, path: Path, size: int) -> str:
        """Why the contract does not take a file; empty where it does, as far as its beginning tells."""
        there = self.place.there
        try:
            with path.open("rb") as file:
                beginning = Beginning(size, file.read(HEAD))
            attributes_for(there, self.place.path + self.begin + name, beginning, Said())
        except StorageError as error:
            return error.message
        except OSError as error:
            return f"it cannot be read: {error.strerror}"
        return ""

    def put(
        self, name: str, path: Path, said: Said, replaces: Item | None, cancel: Cancel | None = None
    ) -> Written:
        """Store a file."""
        over = replaces.etag if replaces else ""
        return self._own(self.place.put(self.begin + name, path, said, over=over, cancel=cancel), name)

    def copy(self, source: "PlaceSide", name: str, replaces: Item | None) -> Written:
        """Store an object of another place."""
        place, full = self.place, self.begin + name
        key = key_of(place.there, place.path, full)
        keep_name_rules(place.there, key)
        condition = condition_of(place.there, replaces.etag if replaces else "", key)
        target = Target(place.home.backend, place.there, place.path, full, condition)
        from_there = At(source.place.there.bucket, source.place.path + source.begin + name)
        return self._own(copied(source_at(source.place.home.backend, from_there), target), name)

    def delete(self, item: Item) -> None:
        """Delete an object, if it is still the one that was listed."""
        self.place.delete(self.begin + item.name, over=item.etag)

    def _own(self, written: Written, name: str) -> Written:
        """What was written under its own name; nothing else stays where another was there first."""
        if written.name != self.begin + name:
            take_away(self.place, [written])
            raise Refused(f"another {shown(name, 120)} came to be there meanwhile", written.key)
        return written
