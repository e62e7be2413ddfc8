"""Somebody makes, deletes or moves whole buckets, or opens the account they are in."""

from functools import partial
from typing import Final

from bucketwright.contract.model import partition_of
from bucketwright.facets.facet import BucketScope
from bucketwright.facets.scopes import AccountScope
from sandbox.accounts import account_of
from sandbox.drifts.drift import Injected, Live, drift
from sandbox.drifts.moving import emptied, is_movable, located, moved
from sandbox.drifts.subjects import account, buckets

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


@drift(
    account("an environment that blocks its whole account", lambda environment: environment.account_block),
    "account.public_access_block",
)
def account_block_removed(live: Live, at: AccountScope) -> Injected:
    """Somebody deletes the account's public access block, which held for every bucket of it."""
    control, named = live.client("s3control"), {"AccountId": account_of(live.environment)}
    block = control.get_public_access_block(**named)["PublicAccessBlockConfiguration"]
    control.delete_public_access_block(**named)
    undo = partial(control.put_public_access_block, **named, PublicAccessBlockConfiguration=block)
    return Injected(at.address, named["AccountId"], "all four switches on", "none", undo)


@drift(account("an account"), "bucket.undeclared")
def bucket_undeclared(live: Live, at: AccountScope) -> Injected:
    """Somebody makes a bucket that no contract knows."""
    environment = at.environment
    name = f"{environment.project}-{environment.name}"[:_LONGEST_NAME] + "-old-copy"
    s3 = live.client("s3")
    s3.create_bucket(Bucket=name, **located(environment.region))
    undo = partial(s3.delete_bucket, Bucket=name)
    return Injected(f"bucket:{name}", name, "no such bucket", "a bucket as S3 makes it", undo)


@drift(buckets("a bucket"), "access_point.undeclared")
def access_point_made(live: Live, at: BucketScope) -> Injected:
    """Somebody makes a door of its own to the bucket, with all four switches off for ever."""
    control, name = live.client("s3control", at.region), at.name[:_LONGEST_NAME].rstrip("-.")
    named = {"AccountId": account_of(live.environment), "Name": name.replace(".", "-")}
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
def bucket_elsewhere(live: Live, at: BucketScope) -> Injected:
    """Somebody deletes the bucket and makes it again in another region, with the same settings."""
    region = next(one for one in _REGIONS[partition_of(at.region)] if one != at.region)
    undo = moved(live, at, region)
    return Injected(at.address, at.name, at.region, region, undo)
