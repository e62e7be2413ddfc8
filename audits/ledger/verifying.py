"""Is all that a ledger keeps whole: each manifest and journal, each part that they name, and its rows?"""

from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from audits.ledger.columns import GONE, IDENTITY, PART_SCHEMA
from audits.ledger.identity import LedgerError
from audits.ledger.manifest import Journal, Manifest, Part, read_journal, read_manifest
from audits.ledger.parts import part_name
from audits.ledger.shelf import MANIFEST, told_of
from audits.ledger.stores import Entry, Store

_ROWS: Final = 4_096
_TYPES: Final = {one.name: one.type for one in PART_SCHEMA}


class Looked(NamedTuple):
    """A file that was looked at."""

    name: str
    trouble: str = ""
    """What is wrong with it; empty: nothing."""


def verified(store: Store) -> Iterator[Looked]:
    """Every file that says or holds something, one after the other."""
    for entry in store.entries():
        parts, trouble = _named_in(store, entry)
        if parts is None:
            continue
        yield Looked(entry.name, trouble)
        folder = entry.name.partition("/")[0]
        for part in parts:
            yield Looked(part_name(folder, part.name), _trouble(store, folder, part))


def _named_in(store: Store, entry: Entry) -> tuple[tuple[Part, ...] | None, str]:
    """The parts that a manifest or journal names, and what is wrong with it; None for any other file."""
    folder, _, name = entry.name.partition("/")
    is_journal = name.startswith("unfinished/") and name.endswith(".json")
    if name != MANIFEST and not is_journal:
        return None, ""
    try:
        kept = store.read(entry.name)
        if kept is None:
            return (), "is gone since it was listed"
        found = _read(entry.name, kept.content, is_journal=is_journal)
    except LedgerError as error:
        return (), str(error).removeprefix(f"{entry.name} ")
    if found.bucket.folder != folder:
        return found.parts, f"is of {found.bucket}, and lies with another bucket"
    return found.parts, ""


def _read(name: str, content: bytes, *, is_journal: bool) -> Manifest | Journal:
    return told_of(name, content, read_journal) if is_journal else told_of(name, content, read_manifest)


def _trouble(store: Store, folder: str, part: Part) -> str:
    try:
        path = store.local(part_name(folder, part.name), part.size)
    except LedgerError as error:
        return str(error)
    with path.open("rb") as file:
        if file_digest(file, "sha256").hexdigest() != part.digest:
            return "was changed or damaged: its digest does not fit"
    try:
        return _out_of_order(path, part)
    except (pa.ArrowException, OSError) as wrong:
        return f"cannot be read: {wrong}"


def _out_of_order(path: Path, part: Part) -> str:
    """What does not hold of the rows of a part; nothing is held of them but the last one seen."""
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        if any(one.name not in _TYPES or one.type != _TYPES[one.name] for one in file.schema_arrow):
            return "has columns that the ledger does not know"
        last, gone, rows = ("", ""), 0, 0
        for batch in file.iter_batches(_ROWS, columns=[*IDENTITY, GONE]):
            for row in zip(*(batch.column(name).to_pylist() for name in IDENTITY), strict=True):
                if not (last < row and part.first <= row[0] <= part.last):
                    return f"row {rows} is not in order"
                last, rows = row, rows + 1
            gone += batch.column(GONE).true_count
    if (rows, gone) != (part.rows, part.gone):
        return f"holds {rows} rows, and {part.rows} were written"
    return ""
