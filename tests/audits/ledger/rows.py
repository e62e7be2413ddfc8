"""Rows for ledgers, and what a ledger ought to know after them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from audits.ledger import BucketIdentity, Span, open_ledger
from audits.ledger.ledger import Ledger

BUCKET: Final = BucketIdentity("files")
BEGIN: Final = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOSTILE: Final = (
    "../../etc/passwd",
    "a",
    "a/",
    "a//b",
    "a\x00b",
    "\x01\x1b[31m\x7f",
    "=cmd|' /C calc'!A0",
    "<script>&amp;]]>",
    "caf\u00e9",
    "cafe\u0301",
    "\ufeff\u202e",
    "\uffff",
    "\U0001f600",
    "\ue000",
    "k" * 1024,
    "\u20ac" * 341,
    " ",
    "a b+c%2F",
    "line\nbreak\r\t",
    '"quoted",;',
)
"""Each is a key of S3; both spellings of the accent are two keys."""
Id = tuple[str, str]
State = Mapping[Id, Mapping[str, object]]


def day(number: int) -> datetime:
    """So many days later."""
    return BEGIN + timedelta(days=number)


def columns_of(rows: Iterable[Mapping[str, object]]) -> dict[str, list[object]]:
    """Rows as columns; a row that lacks one has nothing there."""
    several = list(rows)
    names = dict.fromkeys(name for row in several for name in row)
    return {name: [row.get(name) for row in several] for name in names}


def row(key: str, etag: str = "1", version: str = "", **more: object) -> dict[str, object]:
    """A row as a list tells it."""
    usual = {"modified": "2026-02-01T00:00:00.000Z", "size": len(key), "storage_class": "STANDARD"}
    listed = {"checksum_algorithms": "", "restoring": False, "is_latest": True, "owner": None}
    return {"key": key, "version_id": version, "etag": etag, **usual, **listed, **more}


def keep(ledger: Ledger, run: str, rows: Iterable[Mapping[str, object]], number: int = 0) -> None:
    """A run that saw exactly these rows."""
    with ledger.writing(BUCKET, run) as writer:
        writer.replace(Span("", None, day(number)), columns_of(rows))


def scanned(
    ledger: Ledger, columns: Sequence[str] = ("key", "version_id", "etag")
) -> list[tuple[object, ...]]:
    """All rows that count, in the order in which they come."""
    batches = ledger.scan(BUCKET, columns)
    return [
        one for batch in batches for one in zip(*(batch[name].to_pylist() for name in columns), strict=True)
    ]


def opened(folder: Path) -> Ledger:
    """A ledger in a folder."""
    return open_ledger(str(folder))
