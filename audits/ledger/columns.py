"""Which columns has a ledger? A row for each version of an object, a column for each fact as S3 answered it.

References are kept as they were answered, never as addresses of a contract: that may call them otherwise
tomorrow. A source that was never asked leaves its columns empty, and so its time: `head_read_at` of a row
that was not headed is null. Null in a column whose source was asked says that the answer had nothing there.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from audits.ledger.identity import LedgerError
from bucketwright.objects.sources import Source

_MOMENT: Final = pa.timestamp("us", tz="UTC")
_TEXT: Final = pa.string()

LISTED: Final = (
    "key",
    "etag",
    "modified",
    "size",
    "storage_class",
    "owner",
    "checksum_algorithms",
    "restoring",
    "version_id",
    "is_latest",
)
"""What a list says of each row, in the order of `bucketwright.s3.wire.rows.Row`."""

SCHEMA: Final = pa.schema(
    [
        pa.field("key", _TEXT, nullable=False),
        pa.field("version_id", _TEXT, nullable=False),  # as calls name it; empty where the bucket keeps none
        pa.field("kind", _TEXT, nullable=False),  # object or delete_marker
        ("etag", _TEXT),
        ("modified", _TEXT),  # as listed: it is compared, and servers spell it unlike
        ("size", pa.int64()),
        ("storage_class", _TEXT),
        ("owner", _TEXT),  # the canonical id
        ("checksum_algorithms", _TEXT),  # as the row has them
        ("restoring", pa.bool_()),
        ("is_latest", pa.bool_()),
        ("newer_noncurrent", pa.int64()),
        ("noncurrent_since", _TEXT),
        ("versions", pa.int64()),  # of a delete marker: how many versions of the key are left
        pa.field("list_read_at", _MOMENT, nullable=False),
        ("content_type", _TEXT),
        ("cache_control", _TEXT),
        ("content_disposition", _TEXT),
        ("content_encoding", _TEXT),
        ("website_redirect", _TEXT),
        ("encryption", _TEXT),
        ("encryption_key", _TEXT),  # the ARN or id as answered
        ("bucket_key", pa.bool_()),
        ("customer_key", pa.bool_()),
        ("replication_status", _TEXT),
        ("tag_count", pa.int64()),  # as a HEAD told it; empty: it tells nothing of tags
        ("head_read_at", _MOMENT),
        ("acl", _TEXT),  # JSON
        ("acl_read_at", _MOMENT),
        ("tags", _TEXT),  # JSON
        ("tagging_read_at", _MOMENT),
        ("legal_hold", pa.bool_()),
        ("lock_mode", _TEXT),
        ("retain_until", _TEXT),
        ("lock_read_at", _MOMENT),
        ("restoring_since", _MOMENT),  # the first run that saw it being restored
        ("judged_by", _TEXT),  # what the verdicts hang on besides this row: rules, contract, buckets
        ("clean_until", _MOMENT),  # until when they find nothing, if nothing changes; null: judge again
    ]
)
"""All columns. One that is empty for a whole part is not written, and read as empty."""
GONE: Final = "gone"
"""Of a part alone: that a row was there once."""
PART_SCHEMA: Final = SCHEMA.append(pa.field(GONE, pa.bool_(), nullable=False))
READ_AT: Final[Mapping[Source, str]] = {
    "list": "list_read_at",
    "list-versions": "list_read_at",
    "head": "head_read_at",
    "acl": "acl_read_at",
    "tagging": "tagging_read_at",
}
"""When each source was asked. What S3 tells of a lock it tells by a call of its own: `lock_read_at`."""
IDENTITY: Final = ("key", "version_id")
USUAL: Final[Mapping[str, object]] = {"version_id": "", "kind": "object", GONE: False}
_IN_ARROW: Final = (pa.Array, pa.ChunkedArray)
Columns: TypeAlias = Mapping[str, Sequence[object]] | pa.Table
"""Values by column, all of one length; a column that is left out is empty."""


@cache
def schema_of(names: tuple[str, ...]) -> pa.Schema:
    """Some of the columns of a part, in that order."""
    return pa.schema([PART_SCHEMA.field(name) for name in names])


def table_of(columns: Columns, **same: object) -> pa.Table:
    """The rows with all columns of a part; `same` holds values that all rows share. LedgerError where a
    column is unknown, lacks what it needs, or holds what it cannot."""
    given = {name: columns[name] for name in _names(columns)}
    unknown = sorted(set(given) - set(PART_SCHEMA.names))
    if unknown:
        raise LedgerError(f"the ledger has no column {', '.join(unknown)}")
    length = len(given["key"]) if "key" in given else 0
    shared = {**USUAL, **same}
    made = [_column(one, given.get(one.name), shared.get(one.name), length) for one in PART_SCHEMA]
    return pa.Table.from_arrays(made, schema=PART_SCHEMA)


def _names(columns: Columns) -> Sequence[str]:
    return columns.schema.names if isinstance(columns, pa.Table) else tuple(columns)


def _column(one: pa.Field, values: object, same: object, length: int) -> pa.Array | pa.ChunkedArray:
    if values is None:
        return pa.nulls(length, one.type) if same is None else pa.repeat(pa.scalar(same, one.type), length)
    try:
        made = values.cast(one.type) if isinstance(values, _IN_ARROW) else pa.array(values, one.type)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError) as wrong:
        raise LedgerError(f"the column {one.name} cannot hold that: {wrong}") from None
    if len(made) != length:
        raise LedgerError(f"the column {one.name} has {len(made)} values, and there are {length} keys")
    if not made.null_count or one.nullable:
        return made
    if one.name not in USUAL:
        raise LedgerError(f"the column {one.name} has no value in some row")
    return pc.fill_null(made, USUAL[one.name])


def used_columns(table: pa.Table) -> list[str]:
    """The columns that hold anything, and those that have to be there."""
    return [one.name for one in table.schema if not one.nullable or table[one.name].null_count < len(table)]


def sound_rows(columns: Mapping[str, Sequence[object]]) -> list[int]:
    """The rows that UTF-8 can spell: half of a surrogate pair is no character, and in no key of S3."""
    texts = [values for name, values in columns.items() if PART_SCHEMA.field(name).type == _TEXT]
    return [number for number, row in enumerate(zip(*texts, strict=True)) if all(map(_is_sound, row))]


def _is_sound(value: object) -> bool:
    try:
        str(value).encode()
    except UnicodeEncodeError:
        return False
    return True
