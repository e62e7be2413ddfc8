"""Do versioning, MFA delete, retention locks and old versions go together?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from bucketwright.contract.problems import Fault

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket, ObjectLock

LONGEST_LOCK: Final = 36_500


def versions(bucket: "Bucket") -> Iterator[Fault]:
    """Settings that need versions where there are none, and lifecycle where MFA delete forbids it."""
    if bucket.versioning == "disabled":
        for prefix_id, prefix in bucket.prefixes.items():
            if prefix.noncurrent is not None:
                path = ("prefixes", prefix_id, "noncurrent")
                yield Fault(path, "without versioning there are no old versions", (), "versioning: enabled")
    if bucket.mfa_delete:
        if bucket.versioning != "enabled":
            message = "MFA delete guards versions, and versioning is not enabled"
            yield Fault(("mfa_delete",), message, (), "versioning: enabled")
        yield from _lifecycle_with_mfa(bucket)
    if bucket.object_lock is not None:
        yield from _lock(bucket, bucket.object_lock)


def _lifecycle_with_mfa(bucket: "Bucket") -> Iterator[Fault]:
    message = "lifecycle rules do not work on a bucket with mfa_delete"
    remedy = "remove this or mfa_delete"
    if "abort_uploads" in bucket.model_fields_set:
        yield Fault(("abort_uploads",), message, (), remedy)
    for prefix_id, prefix in bucket.prefixes.items():
        for name in ("expire", "archive", "noncurrent"):
            if getattr(prefix, name):
                yield Fault(("prefixes", prefix_id, name), message, (), remedy)


def _lock(bucket: "Bucket", lock: "ObjectLock") -> Iterator[Fault]:
    if bucket.versioning != "enabled":
        message = "object lock needs versioning, and it is not enabled"
        yield Fault(("object_lock",), message, (), "versioning: enabled")
    if (lock.mode is None) != (lock.retain is None):
        given, lacking = ("retain", "mode") if lock.mode is None else ("mode", "retain")
        yield Fault(
            ("object_lock", given), f"default retention needs mode and retain, and {lacking} is missing"
        )
    if lock.retain is not None and not 1 <= lock.retain <= LONGEST_LOCK:
        yield Fault(("object_lock", "retain"), f"default retention is 1 to {LONGEST_LOCK} days")
