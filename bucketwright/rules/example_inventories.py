"""What do inventories, and the buckets they list, look like in the examples of rules?"""

from dataclasses import replace
from typing import Final

from bucketwright.facets.bucket.encryption import FRESH as UNDER_S3
from bucketwright.facets.bucket.inventory import Inventory
from bucketwright.facets.bucket.object_lock import FRESH as NO_LOCK
from bucketwright.rules.example_replications import other
from bucketwright.rules.examples import Declares, Example

REPORTS: Final = other("reports")
USUAL: Final = frozenset({"Size", "LastModifiedDate", "StorageClass", "ETag", "EncryptionStatus"})
WEEKLY: Final = Inventory("objects", "bucket:reports", fields=USUAL)
"""As a contract declares it that says no more."""
FULL: Final = replace(
    WEEKLY,
    name="full",
    versions="All",
    fields=USUAL
    | {"BucketKeyStatus", "ReplicationStatus", "ObjectAccessControlList", "ObjectOwner"}
    | {"ObjectLockMode", "ObjectLockRetainUntilDate", "ObjectLockLegalHoldStatus"},
)


def of_plain_bucket(
    *several: Inventory, is_good: bool, around: Declares | None = None, **otherwise: object
) -> Example:
    """The inventories of a bucket in which nothing is special but this."""
    plain = {
        "encryption": UNDER_S3,
        "object_lock": NO_LOCK,
        "ownership": "BucketOwnerEnforced",
        "replication": None,
        "versioning": "Disabled",
    }
    return Example(is_good, {**plain, **otherwise, "inventory": several}, (REPORTS,), around)
