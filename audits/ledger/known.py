"""Rows that are known: what a column says of all of them stands beside, and only the others are a table.

Most columns of most rows say the same. What stands beside is neither cut nor laid over each other row by row.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import pyarrow as pa

from audits.ledger.columns import GONE, IDENTITY, schema_of
from audits.ledger.spans import Range, reaches

APART: Final = (*IDENTITY, "list_read_at", GONE)
"""What tells rows apart, and which of them holds: it is always in the table."""
_OTHER: Final = object()


class Known(NamedTuple):
    """Rows in some columns."""

    table: pa.Table
    """Sorted by key and version, each column in one piece."""
    same: Mapping[str, object]
    """Columns that hold one value in all rows."""

    def cut(self, span: Range) -> "Known":
        """The rows of a range."""
        return Known(_cut(self.table, span), self.same)

    def whole(self, columns: Sequence[str]) -> pa.Table:
        """All rows in these columns, in that order."""
        schema, table = schema_of(tuple(columns)), self.table
        made = [
            _repeated(self.same[one.name], one.type, table.num_rows)
            if one.name in self.same
            else in_one_piece(table[one.name])
            for one in schema
        ]
        return pa.Table.from_arrays(made, schema=schema)


def shared(several: Sequence[Known]) -> Mapping[str, object]:
    """The columns that hold one value in all rows of several."""
    first, *others = several
    return {
        name: value
        for name, value in first.same.items()
        if all(one.same.get(name, _OTHER) == value for one in others)
    }


def apart(columns: Sequence[str], same: Mapping[str, object]) -> list[str]:
    """The columns that have to stand in a table."""
    return [name for name in columns if name in APART or name not in same]


def joined(several: Sequence[Known], columns: Sequence[str]) -> Known:
    """Rows that lie one behind the other."""
    if len(several) == 1:
        return several[0]
    same = shared(several)
    names = apart(columns, same)
    return Known(pa.concat_tables([one.whole(names) for one in several]).combine_chunks(), same)


def in_one_piece(column: pa.ChunkedArray) -> pa.Array:
    """A column without the seams of what it was made of."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _repeated(value: object, kind: pa.DataType, times: int) -> pa.Array:
    return pa.nulls(times, kind) if value is None else pa.repeat(pa.scalar(value, kind), times)


def _cut(table: pa.Table, span: Range) -> pa.Table:
    if not table.num_rows:
        return table
    low, high = span
    keys = table["key"].chunk(0)
    start = 0 if keys[0].as_py() > low else _behind(keys, low)
    end = len(keys) if reaches(high, keys[-1].as_py()) else _behind(keys, high or "")
    return table if end - start == len(keys) else table.slice(start, max(0, end - start))


def _behind(keys: pa.StringArray, bound: str) -> int:
    """How many keys are not behind it."""
    return bisect_right(keys, bound, key=lambda one: one.as_py())
