"""Rows of a bucket, kept in a ledger as an audit keeps them."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from audits.ledger.identity import BucketIdentity
from audits.ledger.opening import open_ledger
from audits.ledger.spans import Span
from bucketwright.objects.lying import Lying

LISTED = datetime(2026, 11, 20, 12, tzinfo=UTC)


def keep(folder: Path, bucket: BucketIdentity, rows: Sequence[Lying], *, whole: bool = True) -> None:
    """A run that listed them; where it is not whole, one that another run is still to finish."""
    several = sorted(rows, key=lambda one: (one.key, one.version_id))
    read = [None if one.tags is None else LISTED for one in several]
    columns = {
        "key": [one.key for one in several],
        "version_id": [one.version_id for one in several],
        "kind": ["delete_marker" if one.is_marker else "object" for one in several],
        "modified": [_spelled(one.modified) for one in several],
        "size": [one.size for one in several],
        "storage_class": [one.storage_class for one in several],
        "is_latest": [one.is_latest for one in several],
        "newer_noncurrent": [one.newer_noncurrent for one in several],
        "noncurrent_since": [_spelled(one.noncurrent_since) for one in several],
        "tags": [None if one.tags is None else json.dumps(dict(one.tags)) for one in several],
        "tagging_read_at": read,
    }
    with open_ledger(str(folder)) as ledger:
        writer = ledger.writing(bucket, "first")
        span = Span("", None if whole else several[-1].key, LISTED)
        writer.replace(span, {**columns, "list_read_at": [LISTED] * len(several)})
        writer.close()


def _spelled(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")
