"""What does the contract say of a bucket?"""

from typing import TYPE_CHECKING

from bucketwright.contract.protecting import is_protected
from bucketwright.estate import BucketPosture
from bucketwright.posture import Estate

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket


def declared(bucket: BucketPosture, estate: Estate) -> "Bucket | None":
    """Its settings in the contract; None where there is no contract, or the bucket is none of its buckets."""
    return None if estate.environment is None else estate.environment.buckets.get(_id(bucket))


def protected(bucket: BucketPosture, estate: Estate) -> bool:
    """Whether the contract says that the bucket is not to be deleted."""
    known = estate.environment
    return known is not None and _id(bucket) in known.buckets and is_protected(known, _id(bucket))


def _id(bucket: BucketPosture) -> str:
    return bucket.address.removeprefix(f"{bucket.kind}:")
