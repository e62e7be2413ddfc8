"""Of which buckets is anything kept, and whose files say nothing that can be read?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from audits.ledger.identity import BrokenError, BucketIdentity, LedgerError, NewerFormatError, is_folder
from audits.ledger.manifest import Journal, Manifest, read_journal, read_manifest
from audits.ledger.shelf import MANIFEST, told_of
from audits.ledger.stores import Store

_JOURNALS: Final = "unfinished/"


@dataclass(frozen=True, slots=True)
class Broken:
    """A folder of a bucket of which nothing can be told."""

    folder: str
    trouble: LedgerError


@dataclass(frozen=True, slots=True)
class Shelves:
    """All that a ledger holds, finished or not."""

    buckets: tuple[BucketIdentity, ...]
    broken: tuple[Broken, ...]

    def broken_of(self, bucket: BucketIdentity) -> Broken | None:
        """What keeps a bucket from being read; None where nothing does, or nothing is kept of it."""
        return next((one for one in self.broken if one.folder == bucket.folder), None)


def shelves(store: Store) -> Shelves:
    """One bucket whose files are broken takes none of the others away."""
    found: set[BucketIdentity] = set()
    broken: dict[str, Broken] = {}
    for folder, name in _told_in(store):
        try:
            said = _read(store, f"{folder}/{name}")
            if said is not None:
                found.add(_in_its_place(said.bucket, folder, name))
        except (BrokenError, NewerFormatError) as trouble:
            broken.setdefault(folder, Broken(folder, trouble))
    sound = tuple(sorted(one for one in found if one.folder not in broken))
    return Shelves(sound, tuple(broken[folder] for folder in sorted(broken)))


def _told_in(store: Store) -> Iterator[tuple[str, str]]:
    """The manifests and journals, each with its folder."""
    for entry in store.entries():
        folder, _, name = entry.name.partition("/")
        is_journal = name.startswith(_JOURNALS) and name.endswith(".json")
        if is_folder(folder) and (name == MANIFEST or is_journal):
            yield folder, name


def _read(store: Store, name: str) -> Manifest | Journal | None:
    kept = store.read(name)
    if kept is None:
        return None
    if name.endswith(f"/{MANIFEST}") and f"/{_JOURNALS}" not in name:
        return told_of(name, kept.content, read_manifest)
    return told_of(name, kept.content, read_journal)


def _in_its_place(bucket: BucketIdentity, folder: str, name: str) -> BucketIdentity:
    if bucket.folder != folder:
        raise BrokenError(f"{folder}/{name} is of {bucket}, and lies with another bucket")
    return bucket
