"""How does a bucket come to be in another region? It is deleted, and made again with the same settings."""

from dataclasses import dataclass
from typing import Any, Final

from bucketwright.facets.bucket_scope import BucketScope
from sandbox.drifts.drift import Live, NoRoomError
from sandbox.drifts.settings import (
    BLOCK,
    CORS,
    ENCRYPTION,
    LIFECYCLE,
    OWNERSHIP,
    PAYMENT,
    POLICY,
    TAGGING,
    VERSIONING,
    AnyBucket,
    Undo,
)
from sandbox.regions import located

_SETTINGS: Final = (OWNERSHIP, BLOCK, ENCRYPTION, VERSIONING, LIFECYCLE, CORS, PAYMENT, TAGGING, POLICY)


@dataclass(frozen=True, slots=True)
class _There:
    """A bucket of that name in that region."""

    name: str
    region: str


def is_movable(at: BucketScope) -> bool:
    """Whether none of what is declared of a bucket is tied to its region, or lost with it."""
    bucket = at.bucket
    tied = (
        bucket.encryption.type != "s3", bucket.access_logs, bucket.inventory, bucket.notifications.targets,
        bucket.notifications.eventbridge, bucket.replication, bucket.object_lock, bucket.intelligent_tiering,
        bucket.acceleration, bucket.abac, bucket.acl, bucket.mfa_delete, bucket.cloudfront,
        bucket.namespace == "account-regional",
        any(prefix.quarantine for prefix in bucket.prefixes.values()),
    )  # fmt: skip
    return not any(tied)


def moved(live: Live, at: AnyBucket, region: str) -> Undo:
    """Make a bucket again elsewhere; gives the way back. NoRoomError where something is in it."""
    s3 = live.client("s3", at.region)
    if at.region != _region_of(s3, at.name):  # any other call would teach the client to ask there from now on
        raise NoRoomError(f"{at.name} is in another region already")
    if s3.list_object_versions(Bucket=at.name, MaxKeys=1).keys() & {"Versions", "DeleteMarkers"}:
        raise NoRoomError(f"{at.name} is not empty")
    kept = [(setting, setting.read(live, at)) for setting in _SETTINGS]
    s3.delete_bucket(Bucket=at.name)
    there = _There(at.name, region)
    live.client("s3", region).create_bucket(Bucket=at.name, **located(region))
    for setting, content in kept:
        if content is None or content[setting.member]:
            setting.write(live, there, content)
    return lambda: moved(live, there, at.region)


def _region_of(s3: Any, name: str) -> str | None:
    listed = s3.list_buckets(Prefix=name, MaxBuckets=1000)["Buckets"]
    return next((one["BucketRegion"] for one in listed if one["Name"] == name), None)


def emptied(live: Live, at: AnyBucket) -> int:
    """Delete all versions and uploads in a bucket; how many versions there were."""
    s3, count = live.client("s3", at.region), 0
    for page in s3.get_paginator("list_object_versions").paginate(Bucket=at.name):
        for one in (*page.get("Versions", ()), *page.get("DeleteMarkers", ())):
            s3.delete_object(Bucket=at.name, Key=one["Key"], VersionId=one["VersionId"])
            count += 1
    for page in s3.get_paginator("list_multipart_uploads").paginate(Bucket=at.name):
        for one in page.get("Uploads", ()):
            s3.abort_multipart_upload(Bucket=at.name, Key=one["Key"], UploadId=one["UploadId"])
    return count
