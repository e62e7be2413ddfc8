"""How does what a run learned get into the ledger, so that it is there whatever happens to the run?

Rows are collected and written as parts; after each part the run's journal names it. To close moves the
journal into the manifest. A run that was killed leaves its journal: what it wrote is known to every later
run, and a run that begins again under its name goes on from there.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from time import monotonic
from types import TracebackType
from typing import Final, Self

from audits.ledger.columns import Columns
from audits.ledger.compacting import Kind, put_together
from audits.ledger.identity import LedgerError, run_named
from audits.ledger.manifest import Journal, Manifest, Part, Run, UploadsSeen
from audits.ledger.merging import ordered
from audits.ledger.parts import PartReader, PartWriter
from audits.ledger.pending import Pending
from audits.ledger.shelf import Shelf, utc_now
from audits.ledger.spans import EVERYTHING, Range, Span, covers, joined
from audits.ledger.view import View

PART_ROWS: Final = 8_192
"""So many rows are held in memory until a part is written."""
MOST_SMALL: Final = 64
"""So many parts of about that size are put together while the run goes on: a journal names few."""
_PATIENCE_SECONDS: Final = 30.0
"""So much of a run is lost at most when it is killed."""


class Writer:
    """Takes what one run learns of one bucket. One thread at a time."""

    def __init__(self, shelf: Shelf, reader: PartReader, run: str, closed: Callable[[], None]) -> None:
        self._shelf: Final = shelf
        self._reader: Final = reader
        self._closed: Final = closed
        before = shelf.journal_of(run_named(run))
        if before is None and any(one.name == run for one in shelf.manifest().runs):
            raise LedgerError(f"run {run} of {shelf.bucket} is finished; begin one of another name")
        self._journal = before.journal if before else Journal(shelf.bucket, run, utc_now())
        self._token = shelf.write_journal(self._journal, before.token if before else None)
        self._pending = Pending()
        self._flushed = monotonic()
        self.left_out = 0
        """Rows that cannot be kept: of a key that UTF-8 cannot spell, or outside of their range."""
        self.uploads: UploadsSeen | None = None
        """The unfinished uploads, where this run listed them to their end."""

    @property
    def finished(self) -> tuple[Range, ...]:
        """The ranges of keys that are written, by this process or one that was killed: they need no second
        look."""
        return self._journal.finished

    def add(self, span: Span, columns: Columns, gone: Iterable[tuple[str, str]] = ()) -> None:
        """What is new or otherwise than `known` said in a range that was listed to its end: whole rows, also
        of what was asked again, and the keys and versions that are gone. What is as it was is left out."""
        self._take(span, columns, gone)

    def replace(self, span: Span, columns: Columns) -> None:
        """All that there is in a range that was listed to its end; what is not told is gone."""
        self._pending.whole.append(span.range)
        self._take(span, columns, ())

    def flush(self) -> None:
        """Write what was told so far: from now on it outlives this process."""
        pending, self._pending = self._pending, Pending()
        self._flushed = monotonic()
        if not pending.spans:
            return
        part = self._written(pending)
        self._journal = replace(
            self._journal,
            parts=self._fewer((*self._journal.parts, *([part] if part else ()))),
            finished=joined((*self._journal.finished, *pending.spans)),
        )
        self._token = self._shelf.write_journal(self._journal, self._token)
        self.left_out += pending.left_out

    def close(self) -> Run:
        """All of it counts from now on, beside what other runs have written meanwhile.

        LedgerError where it was given up: another process ended a run of which nothing was heard for a day.
        """
        self.flush()
        journal = self._journal
        self._token = self._shelf.write_journal(journal, self._token)
        run = Run(
            name=journal.run,
            begun=journal.begun,
            ended=utc_now(),
            rows=sum(part.rows - part.gone for part in journal.parts),
            gone=sum(part.gone for part in journal.parts),
            looked_at_all=covers(journal.finished, EVERYTHING),
        )
        self._shelf.change(lambda one: _tidied(one.with_run(run, journal.parts, self.uploads), run))
        self._shelf.drop_journal(run.name)
        self._closed()
        return run

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """A run that breaks off keeps what it has learned, and is not finished."""
        if kind is None:
            self.close()
        else:
            self.flush()

    def _take(self, span: Span, columns: Columns, gone: Iterable[tuple[str, str]]) -> None:
        self._pending.take(span, columns, gone)
        if self._pending.rows >= PART_ROWS or monotonic() - self._flushed > _PATIENCE_SECONDS:
            self.flush()

    def _fewer(self, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        small = [part for part in parts if part.rows < 2 * PART_ROWS]
        if len(small) < MOST_SMALL:
            return parts
        together = put_together(self._shelf, self._reader, small, Kind(is_all=False, is_complete=False))
        return (*(part for part in parts if part not in small), *together)

    def _written(self, pending: Pending) -> Part | None:
        table = ordered(pending.table())
        whole = joined(pending.whole)
        writer = PartWriter(self._shelf.store, table.schema.names)
        try:
            writer.add(table)
            times = (min(pending.times), max(pending.times))
            return writer.published(self._shelf.folder, self._journal.run, whole, times)
        except BaseException:
            writer.drop()
            raise


def _tidied(manifest: Manifest, run: Run) -> Manifest:
    """Without the parts for which newer ones stand."""
    seen = View(manifest.parts).seen
    return manifest.without_parts((one.name for one in manifest.parts if one.name not in seen), run.ended)
