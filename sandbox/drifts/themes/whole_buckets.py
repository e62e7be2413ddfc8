"""Somebody makes, deletes or moves whole buckets, or opens a door to one."""

from functools import partial
from typing import Final

from bucketwright.contract.partitions import partition_of
from bucketwright.facets.bucket_scope import BucketScope
from bucketwright.facets.scopes import AccountScope
from sandbox.accounts import account_of
from sandbox.drifts.drift import Injected, Live, NoRoomError, drift
from sandbox.drifts.moving import emptied, is_movable, moved
from sandbox.drifts.subjects import account, buckets
from sandbox.regions import located

_ALL_OFF: Final = dict.fromkeys(
    ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), False
)
_LONGEST_NAME: Final = 50
_REGIONS: Final = {
    "aws": ("us-east-1", "eu-west-1"),
    "aws-cn": ("cn-north-1", "cn-northwest-1"),
    "aws-us-gov": ("us-gov-west-1", "us-gov-east-1"),
}
"""Two regions of each partition: one of them is not the bucket's."""


@drift(account("an account"), "bucket.undeclared")
def bucket_undeclared(live: Live, at: AccountScope) -> Injected:
    """Somebody makes a bucket that no contract knows."""
    environment = at.environment
    name = f"{environment.project}-{environment.name}"[:_LONGEST_NAME] + "-old-copy"
    s3 = live.client("s3")
    if s3.list_buckets(Prefix=name)["Buckets"]:
        raise NoRoomError(f"{name} is there already")
    s3.create_bucket(Bucket=name, **located(environment.region))
    undo = partial(s3.delete_bucket, Bucket=name)
    return Injected(f"bucket:{name}", name, "no such bucket", "a bucket as S3 makes it", undo)


@drift(buckets("a bucket"), "access_point.undeclared")
def access_point_undeclared(live: Live, at: BucketScope) -> Injected:
    """Somebody makes a door of its own to the bucket, with all four switches off for ever."""
    control, name = live.client("s3control", at.region), at.name[:_LONGEST_NAME].rstrip("-.")
    named = {"AccountId": account_of(live.environment), "Name": name.replace(".", "-")}
    doors = control.list_access_points(AccountId=named["AccountId"], Bucket=at.name)["AccessPointList"]
    if any(one["Name"] == named["Name"] for one in doors):
        raise NoRoomError(f"the access point {named['Name']} is there already")
    made = control.create_access_point(**named, Bucket=at.name, PublicAccessBlockConfiguration=_ALL_OFF)
    undo = partial(control.delete_access_point, **named)
    arn = made["AccessPointArn"]
    return Injected(f"access_point:{named['Name']}", arn, "no access point", "one that blocks nothing", undo)


@drift(
    buckets("a bucket that does not lock its objects", lambda at: at.bucket.object_lock is None),
    "bucket.missing",
)
def bucket_deleted(live: Live, at: BucketScope) -> Injected:
    """Somebody deletes the bucket with all that is in it."""
    count = emptied(live, at)
    live.client("s3", at.region).delete_bucket(Bucket=at.name)
    return Injected(at.address, at.name, f"a bucket with {count} versions", "no such bucket")


@drift(
    buckets("an empty bucket whose settings name nothing of its region", is_movable),
    "bucket.region",
)
def bucket_in_another_region(live: Live, at: BucketScope) -> Injected:
    """Somebody deletes the bucket and makes it again in another region, with the same settings."""
    region = next(one for one in _REGIONS[partition_of(at.region)] if one != at.region)
    undo = moved(live, at, region)
    return Injected(at.address, at.name, at.region, region, undo)
