"""How much is kept of a bucket, how old is it, and what was asked?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import pyarrow.compute as pc

from audits.ledger.identity import BucketIdentity
from audits.ledger.ledger import Ledger
from audits.ledger.manifest import Run, UploadsSeen
from audits.ledger.shelf import Shelf

_SOURCES: Final = ("head_read_at", "acl_read_at", "tagging_read_at", "lock_read_at")
_LOOKED_AT: Final = ("kind", "size", *_SOURCES)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a ledger keeps of one bucket."""

    bucket: BucketIdentity
    objects: int
    """Versions, where there are several of a key."""
    size: int
    """Their bytes."""
    markers: int
    """Delete markers."""
    asked: dict[str, int]
    """Of how many rows each source was asked: head, acl, tagging, lock."""
    oldest_head: datetime | None
    uploads: UploadsSeen | None
    """The unfinished uploads; None where no run has told of them."""
    parts: int
    disk: int
    """Bytes of the parts."""
    runs: tuple[Run, ...]
    unfinished: tuple[str, ...]
    """Runs that go on, or were killed."""
    is_complete: bool
    """Whether every key was once seen."""


def counted(ledger: Ledger, bucket: BucketIdentity) -> Counts:
    """As the last finished run left it."""
    rows = size = markers = 0
    asked = dict.fromkeys(_SOURCES, 0)
    heads: list[datetime] = []
    for batch in ledger.scan(bucket, _LOOKED_AT):
        rows += batch.num_rows
        size += pc.sum(batch["size"]).as_py() or 0
        markers += pc.sum(pc.equal(batch["kind"], "delete_marker")).as_py() or 0
        for source in _SOURCES:
            asked[source] += batch.num_rows - batch[source].null_count
        oldest = pc.min(batch["head_read_at"]).as_py()
        heads += [] if oldest is None else [oldest]
    manifest = ledger.manifest(bucket)
    return Counts(
        bucket=bucket,
        objects=rows - markers,
        size=size,
        markers=markers,
        asked={name.removesuffix("_read_at"): number for name, number in asked.items()},
        oldest_head=min(heads, default=None),
        uploads=manifest.uploads,
        parts=len(manifest.parts),
        disk=sum(part.size for part in manifest.parts),
        runs=manifest.runs,
        unfinished=tuple(one.journal.run for one in Shelf(ledger.store, bucket).unfinished()),
        is_complete=manifest.is_complete,
    )
