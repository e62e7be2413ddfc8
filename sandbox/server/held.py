"""What does moto hold? The one place that reaches into its state, and what the layer keeps beside it.

The state is the process's: every server of a process shows the same buckets. What is kept beside a bucket or
an object lives as long as that bucket or object does.
"""

from collections.abc import Iterator, MutableMapping
from datetime import UTC, datetime
from typing import Final
from weakref import WeakKeyDictionary

from moto.s3.models import FakeBucket, FakeKey, FakeMultipart, S3Backend, s3_backends
from moto.s3control.models import S3ControlBackend, s3control_backends
from moto.utilities.utils import get_partition

from sandbox.server.elements import Element

ENFORCED: Final = "BucketOwnerEnforced"
_DOCUMENTS: Final[MutableMapping[FakeBucket, dict[tuple[str, str], Element]]] = WeakKeyDictionary()
_INITIATED: Final[MutableMapping[FakeMultipart, datetime]] = WeakKeyDictionary()
_NOTES: Final[MutableMapping[FakeKey | FakeMultipart, dict[str, str]]] = WeakKeyDictionary()


def bucket_named(name: str) -> FakeBucket | None:
    """The bucket of that name, whoever owns it."""
    home = s3_backends.bucket_accounts.get(name)
    if home is None:
        return None
    partition, account = home
    return s3_backends[account][partition].buckets.get(name)


def buckets() -> Iterator[FakeBucket]:
    """All buckets of all accounts, by name."""
    found = map(bucket_named, sorted(s3_backends.bucket_accounts))
    return (bucket for bucket in found if bucket is not None)


def buckets_of(account: str, region: str) -> dict[str, FakeBucket]:
    """The buckets of one account, in the partition of a region."""
    return storage_of(account, region).buckets


def storage_of(account: str, region: str) -> S3Backend:
    """What moto holds of S3 for an account."""
    return s3_backends[account][get_partition(region)]


def control_of(account: str, region: str) -> S3ControlBackend:
    """What moto holds of S3 Control for an account."""
    return s3control_backends[account][get_partition(region)]


def documents_of(bucket: FakeBucket) -> dict[tuple[str, str], Element]:
    """What was put beside a bucket: (subresource, id) to document; the id is empty where there is but one."""
    return _DOCUMENTS.setdefault(bucket, {})


def notes_on(stored: FakeKey | FakeMultipart) -> dict[str, str]:
    """What the layer knows of one version of an object, or of an upload, and moto does not."""
    return _NOTES.setdefault(stored, {})


def initiated(upload: FakeMultipart) -> datetime:
    """When an upload was begun; if nobody noted it, now."""
    return _INITIATED.setdefault(upload, datetime.now(UTC))


def set_initiated(upload: FakeMultipart, moment: datetime) -> None:
    """Note when an upload was begun."""
    _INITIATED[upload] = moment


def version_of(bucket: FakeBucket, key: str, version: str | None = None) -> FakeKey | None:
    """One version of an object, the newest unless another is named; None where it is a delete marker."""
    versions = [stored for stored in bucket.keys.getlist(key) or () if isinstance(stored, FakeKey)]
    if version is None:
        newest = bucket.keys.get(key)
        return newest if isinstance(newest, FakeKey) else None
    return next((stored for stored in versions if stored.version_id == version), None)


def is_owner_enforced(bucket: FakeBucket) -> bool:
    """Whether the bucket's owner owns all in it and ACLs mean nothing."""
    return ownership_of(bucket) == ENFORCED


def ownership_of(bucket: FakeBucket) -> str | None:
    """The bucket's object ownership; moto declares it as something it is not."""
    rule: object = bucket.ownership_rule
    return rule if isinstance(rule, str) else None


def set_ownership(bucket: FakeBucket, rule: str) -> None:
    """Set the bucket's object ownership."""
    vars(bucket)["ownership_rule"] = rule
