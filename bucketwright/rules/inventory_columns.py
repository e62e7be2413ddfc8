"""Which columns does an inventory need, so that rules on objects can be judged by it?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.inventory import Inventory
from bucketwright.facets.bucket.ownership import FRESH as ENFORCED
from bucketwright.rules.partly_known import faults_of


@dataclass(frozen=True, slots=True)
class Column:
    """One column, in S3's words."""

    name: str
    tells: str
    """The fact of an object that is learned from it."""
    matters: Callable[[BucketPosture], bool] = lambda _: True
    """Whether some rule asks for that in such a bucket."""


def _is_locked(bucket: BucketPosture) -> bool:
    return bucket.object_lock.enabled


def _has_acls(bucket: BucketPosture) -> bool:
    return bucket.ownership != ENFORCED


COLUMNS: Final = (
    Column("EncryptionStatus", "encryption"),
    Column("LastModifiedDate", "modified"),
    Column("StorageClass", "storage_class"),
    Column("BucketKeyStatus", "bucket_key", lambda bucket: bucket.encryption.bucket_key),
    Column("ObjectAccessControlList", "acl", _has_acls),
    Column("ObjectLockLegalHoldStatus", "legal_hold", _is_locked),
    Column("ObjectLockMode", "lock_mode", _is_locked),
    Column("ObjectLockRetainUntilDate", "retain_until", _is_locked),
    Column("ObjectOwner", "owner", _has_acls),
    Column("ReplicationStatus", "replication_status", lambda bucket: bucket.replication is not None),
)


def lacking(one: Inventory, bucket: BucketPosture) -> tuple[str, ...]:
    """The columns that an inventory of the bucket should have and has not."""
    absent = (column for column in COLUMNS if column.name not in one.fields)
    return faults_of(*(partial(_asked, column, bucket) for column in absent))


def _asked(column: Column, bucket: BucketPosture) -> Iterator[str]:
    if column.matters(bucket):
        yield column.name
