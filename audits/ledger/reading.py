"""What is known of a range of keys, and of all of a bucket?"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

import pyarrow as pa

from audits.ledger.columns import GONE, IDENTITY, LISTED, SCHEMA, schema_of
from audits.ledger.comparing import Known, same_values
from audits.ledger.identity import LedgerError
from audits.ledger.merging import merged, standing
from audits.ledger.parts import PartReader, sliced
from audits.ledger.recent import Recent
from audits.ledger.spans import EVERYTHING, Range, is_empty, lesser, reaches
from audits.ledger.view import View

STEP_BYTES: Final = 24 << 20
_OTHER: Final = object()
_NEEDED: Final = (*IDENTITY, "list_read_at", GONE)
"""Without these rows of several parts cannot be laid over each other."""


class Reading:
    """The rows of one bucket as they stood at one moment.

    They are read step by step: a step is the range of keys of one group of rows, with all that changed in it.
    The last steps are kept, for the pages that are asked for next lie in them.
    """

    def __init__(self, reader: PartReader, folder: str, view: View) -> None:
        self.view: Final = view
        self._reader: Final = reader
        self._folder: Final = folder
        self._steps: Final = Recent[tuple[Range, tuple[str, ...]], Known](STEP_BYTES)

    def known(self, low: str, high: str | None, columns: Sequence[str] | None = None) -> Known:
        """The rows of a range, sorted by key and version."""
        wanted = wanted_columns(columns)
        found = [one for one in self._steps_in((low, high), _with(wanted)) if one.table.num_rows]
        if not found:
            return Known(schema_of(tuple(wanted)).empty_table(), {})
        tables = [one.table.select(wanted) for one in found]
        return Known(_one(tables), _in_all([one.same for one in found]))

    def scan(self, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """All rows, in order."""
        wanted = wanted_columns(columns)
        for one in self._steps_in(EVERYTHING, _with(wanted)):
            if one.table.num_rows:
                yield one.table.select(wanted)

    def steps(self) -> Iterator[Range]:
        """All keys, in ranges of which each holds few rows."""
        low: str | None = ""
        while low is not None:
            step = self._step(low)
            yield low, step[1]
            low = step[1]

    def rows(self, span: Range, columns: tuple[str, ...]) -> pa.Table:
        """The rows of a range with those that are gone, in columns among which those needed stand."""
        tables = [
            _one(found)
            for piece in self.view.of(*span)
            if (found := self._reader.read(self._folder, piece.part, (piece.low, piece.high), columns))
        ]
        if not tables:
            return schema_of(columns).empty_table()
        together = _disjoint(tables)
        return merged(tables) if together is None else together

    def _steps_in(self, span: Range, columns: tuple[str, ...]) -> Iterator[Known]:
        """Each step of a range, with its rows that are still there."""
        low, high = span
        at: str | None = low
        while at is not None and not is_empty((at, high)):
            step = self._step(at)
            known = self._steps.get((step, columns))
            if known is None:
                table = standing(self.rows(step, columns))
                known = Known(table, same_values(table, [name for name in columns if name in LISTED]))
                self._steps.put((step, columns), known, table.nbytes)
            yield Known(sliced(known.table, (at, high)), known.same)
            at = step[1]

    def _step(self, low: str) -> Range:
        """The range around the keys right behind this one: a group of the largest part that has them."""
        pieces = self.view.at(low)
        if not pieces:
            return low, self.view.behind(low)
        largest = max(pieces, key=lambda one: one.part.rows)
        ends = self._reader.ends(self._folder, largest.part)
        number = bisect_right(ends, low)
        begin = ends[number - 1] if number else ""
        end = ends[number] if number < len(ends) else None
        return max(begin, largest.low), lesser(end, largest.high)


def wanted_columns(columns: Sequence[str] | None) -> list[str]:
    """The columns asked for, by default all; LedgerError where there is none of such a name."""
    if columns is None:
        return list(SCHEMA.names)
    unknown = sorted(set(columns) - set(SCHEMA.names))
    if unknown:
        raise LedgerError(f"the ledger has no column {', '.join(unknown)}")
    return list(columns)


def _with(wanted: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*wanted, *_NEEDED)))


def _in_all(several: Sequence[Mapping[str, object]]) -> Mapping[str, object]:
    """The columns that hold one value in all rows of several tables."""
    first, *others = several
    return {
        name: value for name, value in first.items() if all(one.get(name, _OTHER) == value for one in others)
    }


def _one(tables: list[pa.Table]) -> pa.Table:
    return tables[0] if len(tables) == 1 else pa.concat_tables(tables).combine_chunks()


def _disjoint(tables: list[pa.Table]) -> pa.Table | None:
    """Tables that lie one behind the other, put together; None where they do not."""
    if len(tables) == 1:
        return tables[0]
    tables.sort(key=lambda one: str(one["key"][0].as_py()))
    lie_apart = all(
        not reaches(one["key"][-1].as_py(), other["key"][0].as_py()) for one, other in pairwise(tables)
    )
    return pa.concat_tables(tables).combine_chunks() if lie_apart else None
