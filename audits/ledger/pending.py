"""Which rows has a run learned that are not written yet?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import repeat
from typing import Final

import pyarrow as pa

from audits.ledger.columns import GONE, PART_SCHEMA, USUAL, Columns, sound_rows, table_of, used_columns
from audits.ledger.identity import LedgerError
from audits.ledger.spans import Range, Span, reaches

_AT_ONCE: Final = 4_096
"""To make columns of a page alone costs more than its rows; of so many it costs little for each."""
_LONGEST: Final = 4_096
"""In bytes. No key of S3 is half as long, and of a longer one Parquet keeps no statistics."""
_SHORT: Final = _LONGEST // 4
"""In characters: none that are so few have more bytes."""


class Pending:
    """Rows in the order in which they came."""

    def __init__(self) -> None:
        self._tables: list[pa.Table] = []
        self._values: dict[str, list[object]] = {}
        self._waiting = 0
        self.rows = 0
        self.left_out = 0
        self.whole: list[Range] = []
        self.spans: list[Range] = []
        self.times: list[datetime] = []

    def take(self, span: Span, columns: Columns, gone: Iterable[tuple[str, str]]) -> None:
        """Of a range that was listed; rows that lie elsewhere are left out."""
        values = columns.to_pydict() if isinstance(columns, pa.Table) else columns
        keys = values.get("key", ())
        if keys and not (
            max(map(len, keys)) <= _SHORT and min(keys) > span.low and reaches(span.high, max(keys))
        ):
            values = self._kept(values, [n for n, key in enumerate(keys) if _fits(str(key), span)])
        if values:
            self._extend(values, span.listed_at, gone=False)
        ended = tuple(gone)
        if ended:
            named = {"key": [key for key, _ in ended], "version_id": [version for _, version in ended]}
            self._extend(named, span.listed_at, gone=True)
        self.spans.append(span.range)
        self.times.append(span.listed_at)
        if self._waiting >= _AT_ONCE:
            self._settle()

    def table(self) -> pa.Table:
        """All of them, in the columns that hold anything; they are handed out once."""
        self._settle()
        if not self._tables:
            return table_of({"key": []})
        tables, self._tables = self._tables, []
        used = {name for table in tables for name in used_columns(table)}
        names = [name for name in PART_SCHEMA.names if name in used]
        return pa.concat_tables([table.select(names) for table in tables])

    def _extend(self, values: Mapping[str, Sequence[object]], at: datetime, *, gone: bool) -> None:
        length = len(values.get("key", ()))
        more = {**values, "list_read_at": [at] * length, GONE: [gone] * length}
        for name, column in more.items():
            if len(column) != length:
                raise LedgerError(f"the column {name} has {len(column)} values, and there are {length} keys")
            held = self._values.setdefault(name, [])
            held.extend(repeat(USUAL.get(name), self._waiting - len(held)))
            held.extend(column)
        self._waiting += length
        self.rows += length

    def _settle(self) -> None:
        if not self._waiting:
            return
        for name, held in self._values.items():
            held.extend(repeat(USUAL.get(name), self._waiting - len(held)))
        values, self._values, self._waiting = self._values, {}, 0
        try:
            self._tables.append(table_of(values))
        except UnicodeEncodeError:
            self._tables.append(table_of(self._kept(values, sound_rows(values))))

    def _kept(self, values: Mapping[str, Sequence[object]], numbers: list[int]) -> dict[str, list[object]]:
        """Only these rows; the others are counted."""
        left_out = len(values["key"]) - len(numbers)
        self.left_out += left_out
        return {name: [column[number] for number in numbers] for name, column in values.items()}


def _fits(key: str, span: Span) -> bool:
    is_short = len(key.encode("utf-8", "surrogatepass")) <= _LONGEST
    return is_short and key > span.low and reaches(span.high, key)
