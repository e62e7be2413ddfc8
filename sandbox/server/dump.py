"""A bucket as plain data: whose it is, what was put beside it, what it holds."""

from collections.abc import Iterator
from datetime import UTC, datetime

from moto.s3.models import FakeBucket, FakeDeleteMarker, FakeKey, FakeMultipart

from sandbox.server.held import documents_of, initiated


def dumped(bucket: FakeBucket) -> dict[str, object]:
    """All that can be said of a bucket in JSON; documents as the XML or JSON that GET returns."""
    return {
        "name": bucket.name,
        "account": bucket.account_id,
        "region": bucket.region_name,
        "versioning": bucket.versioning_status,
        "documents": {_named(place): kept.written() for place, kept in sorted(documents_of(bucket).items())},
        "objects": list(_versions(bucket)),
        "uploads": [_upload(one) for one in bucket.multiparts.values()],
    }


def _named(place: tuple[str, str]) -> str:
    subresource, name = place
    return f"{subresource}/{name}" if name else subresource


def _versions(bucket: FakeBucket) -> Iterator[dict[str, object]]:
    for key in sorted(bucket.keys):
        versions: list[FakeKey | FakeDeleteMarker] = bucket.keys.getlist(key)
        for one in versions:
            yield {
                "key": key,
                "version": one.version_id,
                "latest": one is versions[-1],
                "delete_marker": isinstance(one, FakeDeleteMarker),
                "modified": _written(one.last_modified),
                "size": one.size if isinstance(one, FakeKey) else None,
            }


def _upload(one: FakeMultipart) -> dict[str, object]:
    return {"key": one.key_name, "id": one.id, "initiated": _written(initiated(one)), "parts": len(one.parts)}


def _written(moment: datetime) -> str:
    aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return aware.isoformat()
