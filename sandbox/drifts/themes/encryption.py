"""Somebody changes how a bucket encrypts, or the key it encrypts with."""

from functools import partial
from typing import Any

from bucketwright.contract.names import bucket_region
from bucketwright.facets.bucket_scope import BucketScope
from bucketwright.facets.scopes import KeyScope
from sandbox.drifts.drift import Injected, Live, NoRoomError, drift
from sandbox.drifts.opening import encrypt_by, encrypt_by_default, encrypt_under, take_customer_keys
from sandbox.drifts.policies import adding, foreign_key, stranger
from sandbox.drifts.subjects import buckets, keys

_SOONEST_DAYS = 7
_under_kms = buckets("a bucket under a KMS key", lambda at: at.bucket.encryption.type != "s3")


@drift(_under_kms, "bucket.encryption")
def encryption_weakened(live: Live, at: BucketScope) -> Injected:
    """Somebody lets S3's own keys encrypt new objects, not the bucket's KMS key."""
    undo = encrypt_by_default(live, at, "AES256", BucketKeyEnabled=False)
    return Injected(at.address, at.name, "a KMS key", "keys of S3", undo)


@drift(_under_kms, "bucket.encryption")
def encryption_under_another_key(live: Live, at: BucketScope) -> Injected:
    """Somebody lets a key of another account encrypt new objects."""
    key = foreign_key(at.region)
    undo = encrypt_under(live, at, key)
    return Injected(at.address, at.name, "the bucket's KMS key", key, undo)


@drift(
    buckets("a bucket under keys of S3", lambda at: at.bucket.encryption.type == "s3"), "bucket.encryption"
)
def encryption_under_the_key_of_aws(live: Live, at: BucketScope) -> Injected:
    """Somebody lets AWS's own KMS key of the account encrypt new objects: no other account reads them."""
    undo = encrypt_by_default(live, at, "aws:kms")
    return Injected(at.address, at.name, "keys of S3", "the account's key of AWS", undo)


@drift(
    buckets(
        "a bucket with a bucket key",
        lambda at: at.bucket.encryption.type == "kms" and at.bucket.encryption.bucket_key,
    ),
    "bucket.encryption",
)
def bucket_key_off(live: Live, at: BucketScope) -> Injected:
    """Somebody turns the bucket key off: each object costs a call of KMS."""
    undo = encrypt_by(live, at, BucketKeyEnabled=False)
    return Injected(at.address, at.name, "bucket key on", "bucket key off", undo)


@drift(
    buckets("a bucket that blocks SSE-C", lambda at: at.bucket.block_sse_c),
    "bucket.blocks_sse_c",
)
def customer_keys_unblocked(live: Live, at: BucketScope) -> Injected:
    """Somebody unblocks SSE-C, with which an intruder can lock everybody out of their objects."""
    undo = take_customer_keys(live, at)
    return Injected(at.address, at.name, "SSE-C blocked", "SSE-C taken", undo)


@drift(keys(), "key.rotation")
def key_rotation_off(live: Live, at: KeyScope) -> Injected:
    """Somebody turns the rotation of the bucket's KMS key off."""
    kms, key = _found(live, at)
    days = kms.get_key_rotation_status(KeyId=key).get("RotationPeriodInDays")
    if days is None:
        raise NoRoomError(f"{key} does not rotate already")
    kms.disable_key_rotation(KeyId=key)
    undo = partial(kms.enable_key_rotation, KeyId=key, RotationPeriodInDays=days)
    return Injected(at.address, key, f"new material every {days} days", "never", undo)


@drift(keys(), "key.policy")
def key_policy_widened(live: Live, at: KeyScope) -> Injected:
    """Somebody lets an account that no contract names decrypt with the bucket's KMS key."""
    kms, key = _found(live, at)
    who = stranger(_region(at))
    statement = {
        "Sid": "Temporary",
        "Effect": "Allow",
        "Principal": {"AWS": who},
        "Action": "kms:Decrypt",
        "Resource": "*",
    }
    before = kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"]
    put = partial(kms.put_key_policy, KeyId=key, PolicyName="default")
    put(Policy=adding(statement)(before))
    return Injected(
        at.address, key, "a policy that does not name it", f"{who} may decrypt", partial(put, Policy=before)
    )


@drift(keys(), "key.enabled", "key.rotation")
def key_deletion_scheduled(live: Live, at: KeyScope) -> Injected:
    """Somebody schedules the bucket's KMS key for deletion: soon nobody reads the objects ever again."""
    kms, key = _enabled(live, at)
    kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=_SOONEST_DAYS)

    def undo() -> None:
        kms.cancel_key_deletion(KeyId=key)
        kms.enable_key(KeyId=key)

    return Injected(at.address, key, "enabled", f"deleted in {_SOONEST_DAYS} days", undo)


@drift(keys(), "key.enabled")
def key_disabled(live: Live, at: KeyScope) -> Injected:
    """Somebody disables the bucket's KMS key: nobody reads or writes its objects."""
    kms, key = _enabled(live, at)
    kms.disable_key(KeyId=key)
    return Injected(at.address, key, "enabled", "disabled", partial(kms.enable_key, KeyId=key))


@drift(keys(), "key.aliases")
def key_alias_deleted(live: Live, at: KeyScope) -> Injected:
    """Somebody deletes the alias by which the roles' policies mean the bucket's KMS key."""
    kms, key = _found(live, at)
    kms.delete_alias(AliasName=at.name)
    undo = partial(kms.create_alias, AliasName=at.name, TargetKeyId=key)
    return Injected(at.address, key, at.name, "no alias", undo)


def _region(at: KeyScope) -> str:
    return bucket_region(at.environment, at.environment.buckets[at.bucket_id])


def _found(live: Live, at: KeyScope) -> tuple[Any, str]:
    """A client where the key is, and its id."""
    kms = live.client("kms", _region(at))
    try:
        return kms, kms.describe_key(KeyId=at.name)["KeyMetadata"]["KeyId"]
    except kms.exceptions.NotFoundException:
        raise NoRoomError(f"no key is called {at.name} any more") from None


def _enabled(live: Live, at: KeyScope) -> tuple[Any, str]:
    """The same of a key that can be used."""
    kms, key = _found(live, at)
    if kms.describe_key(KeyId=key)["KeyMetadata"]["KeyState"] != "Enabled":
        raise NoRoomError(f"{key} cannot be used already")
    return kms, key
