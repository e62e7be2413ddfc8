"""What is known of a range of keys, and of all of a bucket?"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import pyarrow as pa

from audits.ledger.columns import SCHEMA, schema_of
from audits.ledger.identity import LedgerError
from audits.ledger.known import APART, Known, apart, joined, shared
from audits.ledger.merging import merged, standing
from audits.ledger.parts import PartReader
from audits.ledger.recent import Recent
from audits.ledger.spans import EVERYTHING, Range, is_empty, lesser, reaches
from audits.ledger.view import View

STEP_BYTES: Final = 16 << 20


class Reading:
    """The rows of one bucket as they stood at one moment.

    They are read step by step: a step is a range of keys in which no part has more than one group of rows.
    The last steps are kept, for the pages that are asked for next lie in them.
    """

    def __init__(self, reader: PartReader, folder: str, view: View) -> None:
        self.view: Final = view
        self._reader: Final = reader
        self._folder: Final = folder
        self._steps: Final = Recent[tuple[Range, tuple[str, ...]], Known](STEP_BYTES)

    def known(self, low: str, high: str | None, columns: Sequence[str]) -> Known:
        """The rows of a range, sorted by key and version."""
        every = _with(wanted_columns(columns))
        found = [one for one in self._steps_in((low, high), every) if one.table.num_rows]
        return joined(found, every) if found else _none(every)

    def scan(self, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """All rows, in order."""
        wanted = wanted_columns(columns)
        for one in self._steps_in(EVERYTHING, _with(wanted)):
            if one.table.num_rows:
                yield one.whole(wanted)

    def steps(self) -> Iterator[Range]:
        """All keys, in ranges of which each holds few rows."""
        low: str | None = ""
        while low is not None:
            step = self._step(low)
            yield low, step[1]
            low = step[1]

    def rows(self, span: Range, columns: tuple[str, ...]) -> pa.Table:
        """The rows of a range with those that are gone, in columns of which some tell them apart."""
        return self._rows(span, columns).whole(columns)

    def _rows(self, span: Range, columns: tuple[str, ...]) -> Known:
        pieces = [
            joined(found, columns)
            for piece in self.view.of(*span)
            if (found := self._reader.read(self._folder, piece.part, (piece.low, piece.high), columns))
        ]
        if not pieces:
            return _none(columns)
        if len(pieces) == 1:
            return pieces[0]
        same = shared(pieces)
        names = apart(columns, same)
        tables = [one.whole(names) for one in pieces]
        together = _disjoint(tables)
        return Known(merged(tables) if together is None else together, same)

    def _steps_in(self, span: Range, columns: tuple[str, ...]) -> Iterator[Known]:
        """Each step of a range, with its rows that are still there."""
        low, high = span
        at: str | None = low
        while at is not None and not is_empty((at, high)):
            step = self._step(at)
            known = self._steps.get((step, columns))
            if known is None:
                rows = self._rows(step, columns)
                known = Known(standing(rows.table), rows.same)
                self._steps.put((step, columns), known, known.table.nbytes)
            yield known.cut((at, high))
            at = step[1]

    def _step(self, low: str) -> Range:
        """The range around the keys right behind this one in which each part that has them has one group: so
        few rows are laid over each other at once, however the parts lie."""
        pieces = self.view.at(low)
        if not pieces:
            return low, self.view.behind(low)
        begin, end = self.view.around(low)
        for piece in pieces:
            ends = self._reader.ends(self._folder, piece.part)
            number = bisect_right(ends, low)
            begin = max(begin, ends[number - 1] if number else "")
            end = lesser(end, ends[number] if number < len(ends) else None)
        return begin, end


def wanted_columns(columns: Sequence[str] | None) -> list[str]:
    """The columns asked for, by default all; LedgerError where there is none of such a name."""
    if columns is None:
        return list(SCHEMA.names)
    unknown = sorted(set(columns) - set(SCHEMA.names))
    if unknown:
        raise LedgerError(f"the ledger has no column {', '.join(unknown)}")
    return list(columns)


def _with(wanted: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*wanted, *APART)))


def _none(columns: tuple[str, ...]) -> Known:
    return Known(schema_of(columns).empty_table(), {})


def _disjoint(tables: list[pa.Table]) -> pa.Table | None:
    """Tables that lie one behind the other, put together; None where they do not."""
    tables.sort(key=lambda one: str(one["key"][0].as_py()))
    lie_apart = all(
        not reaches(one["key"][-1].as_py(), other["key"][0].as_py()) for one, other in pairwise(tables)
    )
    return pa.concat_tables(tables).combine_chunks() if lie_apart else None
