"""How is a part written, and how are the rows of a range of keys read from it?"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest
from itertools import count
from pathlib import Path
from secrets import token_hex
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from audits.ledger.columns import GONE, PART_SCHEMA
from audits.ledger.identity import BrokenError, LedgerError
from audits.ledger.known import Known, apart
from audits.ledger.manifest import Part
from audits.ledger.recent import Recent
from audits.ledger.spans import Range, reaches
from audits.ledger.stores import Store

GROUP_ROWS: Final = 4_096
"""So many rows are read at once: each lane of a listing holds about as many in memory."""
_GROUP_BYTES: Final = 4 << 20
_OPEN: Final = 64
_PLAIN: Final = frozenset({"key", "etag"})
"""Columns in which hardly a value stands twice."""
_DICTIONARY: Final = [name for name in PART_SCHEMA.names if name not in _PLAIN]


class PartWriter:
    """A draft of a part, to which sorted rows are added."""

    def __init__(self, store: Store, columns: Sequence[str]) -> None:
        self._store: Final = store
        self._schema: Final = pa.schema(
            [one for one in PART_SCHEMA if one.name in columns or not one.nullable]
        )
        self._draft: Final[Path] = store.draft()
        self._writer: Final = _begun(self._draft, self._schema)
        self.rows = 0
        self._gone = 0
        self._keys: list[str] = []

    def add(self, table: pa.Table) -> None:
        """Further rows, behind those before; each call begins a group of its own."""
        if not table.num_rows:
            return
        self._keys = [*self._keys[:1], table["key"][0].as_py(), table["key"][-1].as_py()]
        self._gone += pc.sum(table[GONE]).as_py() or 0
        self.rows += table.num_rows
        with _written(self._draft):
            self._writer.write_table(table.select(self._schema.names), row_group_size=GROUP_ROWS)

    def published(
        self, folder: str, run: str, whole: tuple[Range, ...], times: tuple[datetime, datetime]
    ) -> Part | None:
        """The part in its place, listed between these times; None where there is nothing to say."""
        with _written(self._draft):
            self._writer.close()
        if not self.rows and not whole:
            self.drop()
            return None
        with _written(self._draft), self._draft.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        part = Part(
            name=f"{run}-{token_hex(8)}.parquet",
            rows=self.rows,
            gone=self._gone,
            size=self._draft.stat().st_size,
            digest=digest,
            first=self._keys[0] if self._keys else "",
            last=self._keys[-1] if self._keys else "",
            oldest=times[0],
            newest=times[1],
            whole=whole,
        )
        self._store.publish(self._draft, part_name(folder, part.name))
        return part

    def drop(self) -> None:
        """Nothing is left of it, whatever kept it from being written."""
        with suppress(pa.ArrowException, OSError):
            self._writer.close()
        self._writer.is_open = False  # else it tries once more when it is collected, and complains on stderr
        with suppress(OSError):
            self._draft.unlink(missing_ok=True)


def _begun(draft: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """What writes a draft; where nothing can be written, none is left."""
    try:
        with _written(draft):
            return _parquet(draft, schema)
    except LedgerError:
        draft.unlink(missing_ok=True)
        raise


def _parquet(draft: Path, schema: pa.Schema) -> pq.ParquetWriter:
    return pq.ParquetWriter(
        draft,
        schema,
        compression="zstd",
        compression_level=1,
        use_dictionary=[one for one in _DICTIONARY if one in schema.names],
        write_page_checksum=True,
        sorting_columns=pq.SortingColumn.from_ordering(
            schema, [("key", "ascending"), ("version_id", "ascending")]
        ),
    )


@contextmanager
def _written(draft: Path) -> Iterator[None]:
    """What keeps a draft from being written, with its place."""
    try:
        yield
    except (pa.ArrowException, OSError) as wrong:
        why = (wrong.strerror if isinstance(wrong, OSError) else None) or str(wrong)
        raise LedgerError(f"{draft}: {why}") from None


def part_name(folder: str, name: str) -> str:
    """Where a part lies in a store."""
    return f"{folder}/parts/{name}"


@dataclass(slots=True)
class _Opened:
    file: pq.ParquetFile
    columns: dict[str, int]
    """By name, where each stands in the file."""
    firsts: list[str]
    lasts: list[str]
    """The first and the last key of each group."""


class PartReader:
    """Reads parts group by group, and keeps the last groups for the ranges that come next."""

    def __init__(self, store: Store) -> None:
        self._store: Final = store
        self._opened: Final[OrderedDict[str, _Opened]] = OrderedDict()
        self._groups: Final = Recent[tuple[str, int, tuple[str, ...]], Known](_GROUP_BYTES)

    def ends(self, folder: str, part: Part) -> list[str]:
        """The last key of each group."""
        return self._open(folder, part).lasts if part.rows else []

    def columns(self, folder: str, part: Part) -> list[str]:
        """The columns that were written."""
        there = self._open(folder, part).columns
        return [name for name in PART_SCHEMA.names if name in there]

    def read(self, folder: str, part: Part, span: Range, columns: tuple[str, ...]) -> list[Known]:
        """The rows of a range, in order."""
        if not part.rows:
            return []
        opened = self._open(folder, part)
        found: list[Known] = []
        for number in range(bisect_right(opened.lasts, span[0]), len(opened.lasts)):
            if not reaches(span[1], opened.firsts[number]):
                break
            found.append(self._group(folder, part, number, columns).cut(span))
        return [one for one in found if one.table.num_rows]

    def _open(self, folder: str, part: Part) -> _Opened:
        if part.name in self._opened:
            self._opened.move_to_end(part.name)
            return self._opened[part.name]
        path = self._store.local(part_name(folder, part.name), part.size)
        try:
            file = pq.ParquetFile(path, page_checksum_verification=True, pre_buffer=False)
            names = file.schema_arrow.names
            opened = _Opened(file, dict(zip(names, count())), *_ends(file, names.index("key")))
        except (pa.ArrowException, OSError, ValueError, AttributeError) as wrong:  # also: no statistics
            raise damaged(part, wrong) from None
        self._opened[part.name] = opened
        if len(self._opened) > _OPEN:
            self._opened.popitem(last=False)[1].file.close()
        return opened

    def _group(self, folder: str, part: Part, number: int, columns: tuple[str, ...]) -> Known:
        at = (part.name, number, columns)
        kept = self._groups.get(at)
        if kept is not None:
            return kept
        opened = self._open(folder, part)
        same = self.same(folder, part, number, columns)
        needed = [name for name in columns if name not in same]
        try:
            table = opened.file.read_row_group(number, columns=needed, use_threads=False)
        except (pa.ArrowException, OSError) as wrong:
            raise damaged(part, wrong) from None
        group = Known(Known(table, same).whole(apart(columns, same)), same)
        self._groups.put(at, group, group.table.nbytes)
        return group

    def same(self, folder: str, part: Part, number: int, columns: tuple[str, ...]) -> dict[str, object]:
        """The columns that hold one value in all rows of a group, by what the file says of the group."""
        opened = self._open(folder, part)
        about = opened.file.metadata.row_group(number)
        found: dict[str, object] = dict.fromkeys(name for name in columns if name not in opened.columns)
        for name in columns:
            if name in opened.columns and name not in _PLAIN:
                said = about.column(opened.columns[name]).statistics
                if said is not None and said.null_count == about.num_rows:
                    found[name] = None
                elif said is not None and said.has_min_max and not said.null_count and said.min == said.max:
                    found[name] = said.min
        return found

    def close(self) -> None:
        """Nothing more is read."""
        for opened in self._opened.values():
            opened.file.close()
        self._opened.clear()
        self._groups.clear()


def damaged(part: Part, wrong: Exception) -> LedgerError:
    """What is said of a part that cannot be read."""
    return BrokenError(f"the part {part.name} is damaged: {wrong}; `ledger verify` lists what else is")


def _ends(file: pq.ParquetFile, key: int) -> tuple[list[str], list[str]]:
    groups = (file.metadata.row_group(number) for number in range(file.num_row_groups))
    about = [group.column(key).statistics for group in groups]
    return [str(one.min) for one in about], [str(one.max) for one in about]
