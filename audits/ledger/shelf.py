"""The files of one bucket in a ledger: its manifest, its parts, and the journals of unfinished runs.

FOLDER/manifest.json        replaced as a whole, only by whoever saw what it holds
FOLDER/parts/RUN-….parquet  written once
FOLDER/unfinished/RUN.json  of a run that goes on, or was killed
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple, TypeVar

from audits.ledger.identity import BrokenError, BucketIdentity, LedgerError, NewerFormatError
from audits.ledger.manifest import (
    Journal,
    Manifest,
    Part,
    journal_text,
    manifest_text,
    read_journal,
    read_manifest,
)
from audits.ledger.stores import Entry, Store

MANIFEST: Final = "manifest.json"
SETTLED: Final = timedelta(days=1)
"""A file that nobody names is left alone for so long: a run may be about to name it, or be reading it."""
_ATTEMPTS: Final = 100
Read = TypeVar("Read")


class Unfinished(NamedTuple):
    """A journal, and what tells its text from any other."""

    journal: Journal
    token: str
    touched: datetime


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where one bucket's files stand."""

    store: Store
    bucket: BucketIdentity

    @property
    def folder(self) -> str:
        return self.bucket.folder

    def manifest(self) -> Manifest:
        """What counts now; an empty one where nothing was finished yet."""
        return self._manifest()[0]

    def change(self, to: Callable[[Manifest], Manifest]) -> Manifest:
        """Replace the manifest by what is made of it; made again where another run was quicker."""
        for _ in range(_ATTEMPTS):
            before, token = self._manifest()
            after = to(before)
            if after == before or self.store.replace(self._named(MANIFEST), manifest_text(after), token):
                return after
        raise LedgerError(f"{self.bucket}: others change the ledger all the time; try again later")

    def unfinished(self) -> tuple[Unfinished, ...]:
        """Runs that go on, or were killed."""
        finished = {run.name for run in self.manifest().runs}
        found = (self._journal(entry) for entry in self.store.entries(self._named("unfinished/")))
        return tuple(one for one in found if one is not None and one.journal.run not in finished)

    def journal_of(self, run: str) -> Unfinished | None:
        """What a run of that name left behind."""
        return next((one for one in self.unfinished() if one.journal.run == run), None)

    def write_journal(self, journal: Journal, before: str | None) -> str:
        """Keep how far a run is; LedgerError where another process writes the same run."""
        name, text = self._journal_name(journal.run), journal_text(journal)
        token = self.store.replace(name, text, before)
        if token is None:
            raise LedgerError(
                f"another process wrote or ended run {journal.run} of {self.bucket}; begin another"
            )
        return token

    def drop_journal(self, run: str) -> None:
        """The manifest has what it says."""
        self.store.remove(self._journal_name(run))

    def parts(self) -> tuple[Part, ...]:
        """All that is known: what counts, and what unfinished runs have written."""
        manifest = self.manifest()
        pending = (part for one in self.unfinished() for part in one.journal.parts)
        return manifest.with_parts(pending).parts

    def clean(self, now: datetime, patience: timedelta = SETTLED) -> int:
        """Remove files that nobody needs any more; how many."""
        manifest = self.manifest()
        awaited = {one.name for one in manifest.retired if now - one.at < patience}
        needed = {part.name for part in self.parts()} | awaited
        parts = self.store.entries(f"{self.folder}/parts/")
        unnamed = [entry for entry in parts if entry.name.rpartition("/")[2] not in needed]
        files = (*unnamed, *self.store.drafts())
        away = [entry.name for entry in files if now - entry.modified >= patience]
        for name in away:
            self.store.remove(name)
        self.change(
            lambda one: replace(one, retired=tuple(old for old in one.retired if old.name in awaited))
        )
        return len(away)

    def forget(self) -> None:
        """Nothing is known of the bucket any more: first what counts, then the rest."""
        forget_folder(self.store, self.folder)

    def _manifest(self) -> tuple[Manifest, str | None]:
        kept = self.store.read(self._named(MANIFEST))
        if kept is None:
            return Manifest(self.bucket), None
        found = told_of(self._named(MANIFEST), kept.content, read_manifest)
        if found.bucket != self.bucket:
            raise BrokenError(f"{self._named(MANIFEST)} is of {found.bucket}, and not of {self.bucket}")
        return found, kept.token

    def _journal(self, entry: Entry) -> Unfinished | None:
        kept = self.store.read(entry.name) if entry.name.endswith(".json") else None
        if kept is None:
            return None
        return Unfinished(told_of(entry.name, kept.content, read_journal), kept.token, entry.modified)

    def _journal_name(self, run: str) -> str:
        return self._named(f"unfinished/{run}.json")

    def _named(self, name: str) -> str:
        return f"{self.folder}/{name}"


def told_of(name: str, text: bytes, read: Callable[[bytes], Read]) -> Read:
    """What a file says; its name stands in what is wrong with it."""
    try:
        return read(text)
    except NewerFormatError as newer:
        raise NewerFormatError(f"{name} {newer}") from None
    except LedgerError as error:
        raise BrokenError(f"{name} {error}") from None


def forget_folder(store: Store, folder: str) -> None:
    """Nothing is kept in a folder any more, whatever its files say."""
    store.remove(f"{folder}/{MANIFEST}")
    for entry in tuple(store.entries(f"{folder}/")):
        store.remove(entry.name)


def utc_now() -> datetime:
    """The time that files and runs are given."""
    return datetime.now(UTC)
