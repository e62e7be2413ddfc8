"""Somebody puts objects that are less protected than the contract wants them."""

from contextlib import ExitStack
from typing import Final

from sandbox.drifts.drift import Injected, Live, drift
from sandbox.drifts.lifting import without_policy
from sandbox.drifts.opening import enable_acls, public_acls_would_show, take_customer_keys, take_public_acls
from sandbox.drifts.policies import foreign_key
from sandbox.drifts.samples import Sample, proper, put_sample, samples_of
from sandbox.drifts.settings import Undo
from sandbox.drifts.subjects import PrefixScope

_RANSOM_KEY: Final = "nobody-else-has-this-key-at-all."
_any_prefix = samples_of("a prefix of objects that are plain to make")
_under_kms = samples_of(
    "a prefix of a bucket under a KMS key", lambda at, _: at.bucket.bucket.encryption.type != "s3"
)


@drift(_under_kms, "object.encryption")
def object_weakly_encrypted(live: Live, at: PrefixScope) -> Injected:
    """Somebody puts an object under S3's own key into a bucket that has a KMS key."""
    one = proper(at, "weakly-encrypted")
    with without_policy(live, at):
        undo = put_sample(live, at, one, ServerSideEncryption="AES256")
    return Injected(at.address, at.name, "the bucket's KMS key", "a key of S3", undo, one.key)


@drift(_under_kms, "object.encryption")
def object_under_another_key(live: Live, at: PrefixScope) -> Injected:
    """Somebody puts an object under a key of another account, which may take it away."""
    one, arn = proper(at, "under-another-key"), foreign_key(at.region)
    with without_policy(live, at):
        undo = put_sample(live, at, one, ServerSideEncryption="aws:kms", SSEKMSKeyId=arn)
    return Injected(at.address, at.name, "the bucket's KMS key", arn, undo, one.key)


@drift(_any_prefix, "object.encryption")
def object_unencrypted(live: Live, at: PrefixScope) -> Injected:
    """An object lies unencrypted, as one from before January 2023 may: nothing encrypted those afterwards."""
    one = proper(at, "unencrypted")
    with ExitStack() as back:
        back.callback(put_sample(live, at, one))
        live.server.make_unencrypted(at.name, one.key)
        undo = back.pop_all().close
    return Injected(at.address, at.name, "encrypted", "not encrypted at all", undo, one.key)


@drift(
    samples_of("a prefix of a bucket that blocks SSE-C", lambda at, _: at.bucket.bucket.block_sse_c),
    "bucket.blocks_sse_c",
    "object.encryption",
)
def object_under_a_customers_key(live: Live, at: PrefixScope) -> Injected:
    """Somebody unblocks SSE-C and encrypts an object with a key that nobody else has, for a ransom."""
    one = proper(at, "under-a-customers-key")
    with ExitStack() as back, without_policy(live, at):
        back.callback(take_customer_keys(live, at))
        back.callback(put_sample(live, at, one, SSECustomerAlgorithm="AES256", SSECustomerKey=_RANSOM_KEY))
        undo = back.pop_all().close
    return Injected(at.address, at.name, "encrypted by S3", "under a key of the customer's", undo, one.key)


@drift(
    samples_of(
        "a prefix of a bucket with ACLs, in an account without a block",
        lambda at, _: at.bucket.bucket.ownership != "enforced" and public_acls_would_show(at.bucket),
    ),
    "bucket.public_access_block",
    "object.acl",
)
def object_public(live: Live, at: PrefixScope) -> Injected:
    """Somebody lets everybody read an object by ACL, and turns off the switches against that."""
    one = proper(at, "public")
    with ExitStack() as back, without_policy(live, at):
        back.callback(take_public_acls(live, at))
        back.callback(_put_public(live, at, one))
        undo = back.pop_all().close
    return Injected(at.address, at.name, "a private ACL", "public-read", undo, one.key)


@drift(
    samples_of(
        "a prefix of a bucket without ACLs, in an account without a block",
        lambda at, _: at.bucket.bucket.ownership == "enforced" and public_acls_would_show(at.bucket),
    ),
    "bucket.ownership",
    "bucket.public_access_block",
    "object.acl",
)
def acls_enabled_and_object_public(live: Live, at: PrefixScope) -> Injected:
    """Somebody turns ACLs on and the switches against public ones off, and lets everybody read an object."""
    one = proper(at, "public")
    with ExitStack() as back:
        back.callback(take_public_acls(live, at))
        back.callback(enable_acls(live, at))
        back.callback(_put_public(live, at, one))
        undo = back.pop_all().close
    return Injected(at.address, at.name, "no ACLs", "public-read", undo, one.key)


def _put_public(live: Live, at: PrefixScope, one: Sample) -> Undo:
    with ExitStack() as back:
        back.callback(put_sample(live, at, one))
        live.client("s3", at.region).put_object_acl(Bucket=at.name, Key=one.key, ACL="public-read")
        return back.pop_all().close
