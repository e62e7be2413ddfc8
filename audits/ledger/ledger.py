"""What is already known about the objects of many buckets?"""

from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Final, Self

import pyarrow as pa

from audits.ledger.columns import LISTED
from audits.ledger.compacting import compact
from audits.ledger.comparing import Compared, compared
from audits.ledger.identity import BucketIdentity
from audits.ledger.manifest import Manifest
from audits.ledger.parts import PartReader
from audits.ledger.reading import Reading, wanted_columns
from audits.ledger.shelf import Shelf, forget_folder
from audits.ledger.shelves import Shelves, shelves
from audits.ledger.spans import Range
from audits.ledger.stores import Store
from audits.ledger.view import View
from audits.ledger.writing import Writer


class Ledger:
    """One ledger. For one thread at a time; any number of processes may have it open."""

    def __init__(self, store: Store) -> None:
        self.store: Final = store
        self._reader: Final = PartReader(store)
        self._readings: Final[dict[BucketIdentity, Reading]] = {}

    def known(
        self,
        bucket: BucketIdentity,
        low: str = "",
        high: str | None = None,
        columns: Sequence[str] | None = None,
    ) -> pa.Table:
        """What is known of the keys behind `low` up to `high`, sorted by key and version.

        What unfinished runs have written is among it. Ask always for the same few columns: the rows around
        are then at hand for the next page. To find what changed in a page there is `compared`.
        """
        wanted = wanted_columns(columns)
        return self._reading(bucket).known(low, high, wanted).whole(wanted)

    def compared(
        self,
        bucket: BucketIdentity,
        span: Range,
        listed: Sequence[Sequence[object]],
        more: Sequence[str] = (),
    ) -> Compared:
        """A page that was listed, in the order of the list, held against what is known of its range: which of
        its rows are new or changed, what is gone, and where the others stand in the table of what was known.

        The columns are those of `bucketwright.s3.wire.rows.Row`. What is known has what a list says, and the
        columns named in `more`: the fewer, the faster. This is the quickest way to find what changed.
        """
        columns = tuple(dict.fromkeys((*LISTED, *more)))
        return compared(self._reading(bucket).known(*span, columns), listed)

    def writing(self, bucket: BucketIdentity, run: str) -> Writer:
        """Where a run tells what it learns of a bucket; under the name of one that was killed it goes on."""
        return Writer(Shelf(self.store, bucket), self._reader, run, lambda: self._closed(bucket))

    def scan(self, bucket: BucketIdentity, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """All rows as the last finished run left them, sorted by key and version, thousands at a time."""
        shelf = Shelf(self.store, bucket)
        reading = Reading(self._reader, shelf.folder, View(shelf.manifest().parts))
        for table in reading.scan(columns):
            yield from table.to_batches()

    @property
    def place(self) -> str:
        """Where it lies."""
        return self.store.place

    def shelves(self) -> Shelves:
        """The buckets of which anything is kept, and what of it cannot be read."""
        return shelves(self.store)

    def buckets(self) -> tuple[BucketIdentity, ...]:
        """Those of which anything is kept that can be read."""
        return self.shelves().buckets

    def manifest(self, bucket: BucketIdentity) -> Manifest:
        """Which parts and runs count; `is_complete` says whether every key was once seen."""
        return Shelf(self.store, bucket).manifest()

    def forget(self, bucket: BucketIdentity) -> None:
        """Nothing is known of the bucket any more."""
        self._readings.pop(bucket, None)
        Shelf(self.store, bucket).forget()

    def forget_folder(self, folder: str) -> None:
        """The same of a bucket whose files cannot be read."""
        self._readings.clear()
        forget_folder(self.store, folder)

    def refresh(self) -> None:
        """Let `known` see what other processes have written since it was first asked."""
        self._readings.clear()

    def close(self) -> None:
        """Nothing more is asked of it."""
        self._readings.clear()
        self._reader.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _reading(self, bucket: BucketIdentity) -> Reading:
        if bucket not in self._readings:
            shelf = Shelf(self.store, bucket)
            self._readings[bucket] = Reading(self._reader, shelf.folder, View(shelf.parts()))
        return self._readings[bucket]

    def _closed(self, bucket: BucketIdentity) -> None:
        self._readings.pop(bucket, None)
        compact(Shelf(self.store, bucket), self._reader)
