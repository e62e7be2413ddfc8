"""What is not to be deleted?"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment


def is_protected(environment: "Environment", bucket_id: str) -> bool:
    """Whether a bucket is not to be deleted: as it says itself, else as its environment says."""
    stated = environment.buckets[bucket_id].protect
    return environment.protect if stated is None else stated
