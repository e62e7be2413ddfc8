"""Somebody opens a bucket, or what keeps it closed."""

from contextlib import ExitStack
from functools import partial
from typing import Any

from bucketwright.facets.facet import BucketScope
from sandbox.drifts.drift import Injected, Live, drift
from sandbox.drifts.lifting import account_unblocked, unblocked
from sandbox.drifts.policies import adding, asks_for, dropping, objects_of, stranger
from sandbox.drifts.settings import ACL, BLOCK, OWNERSHIP, POLICY, Undo
from sandbox.drifts.subjects import buckets

_AGAINST_POLICIES = ("BlockPublicPolicy", "RestrictPublicBuckets")
_AGAINST_ACLS = ("BlockPublicAcls", "IgnorePublicAcls")


def _has_acls(at: BucketScope) -> bool:
    return at.bucket.ownership != "enforced"


def _can_show_acls(at: BucketScope) -> bool:
    """The account's own block would hide them."""
    return not at.environment.account_block


@drift(buckets("a bucket"), "bucket.public_access_block")
def block_removed(live: Live, at: BucketScope) -> Injected:
    """Somebody deletes the bucket's public access block: all four switches are off."""
    undo = BLOCK.change(live, at, lambda _: None)
    return Injected(at.address, at.name, "a public access block", "none", undo)


@drift(
    buckets("a bucket that blocks public policies", lambda at: at.bucket.public_access_block.block_policy),
    "bucket.public_access_block",
)
def block_policy_off(live: Live, at: BucketScope) -> Injected:
    """Somebody turns one switch of the bucket off, so that public policies are taken again."""
    undo = BLOCK.change(live, at, lambda block: {**block, "BlockPublicPolicy": False})
    return Injected(at.address, at.name, "BlockPublicPolicy on", "BlockPublicPolicy off", undo)


@drift(buckets("a bucket"), "bucket.policy")
def policy_deleted(live: Live, at: BucketScope) -> Injected:
    """Somebody deletes the bucket's policy, and all that it refused is allowed again."""
    undo = POLICY.change(live, at, lambda _: None)
    return Injected(at.address, at.name, "a bucket policy", "none", undo)


@drift(buckets("a bucket"), "bucket.policy", "bucket.public_access_block")
def policy_public(live: Live, at: BucketScope) -> Injected:
    """Somebody lets everybody on earth read the objects, and turns off the switches against that."""
    off = dict.fromkeys(_AGAINST_POLICIES, False)
    with ExitStack() as back, account_unblocked(live):
        back.callback(BLOCK.change(live, at, lambda block: {**block, **off}))
        back.callback(POLICY.change(live, at, adding(_reading(at, "*"))))
        undo = back.pop_all().close
    return Injected(at.address, at.name, "a closed policy", "everybody may read the objects", undo)


@drift(buckets("a bucket"), "bucket.policy")
def policy_public_behind_the_block(live: Live, at: BucketScope) -> Injected:
    """Somebody makes the policy public and turns the switches on again: one of them is all that holds."""
    with unblocked(live, at):
        undo = POLICY.change(live, at, adding(_reading(at, "*")))
    return Injected(at.address, at.name, "a closed policy", "a public one that the block neutralises", undo)


@drift(buckets("a bucket"), "bucket.policy")
def policy_for_a_stranger(live: Live, at: BucketScope) -> Injected:
    """Somebody lets an account that no contract names read the objects."""
    who = stranger(at.region)
    undo = POLICY.change(live, at, adding(_reading(at, {"AWS": who})))
    return Injected(at.address, at.name, "a policy that does not name it", f"{who} may read", undo)


@drift(buckets("a bucket that refuses plain HTTP", lambda at: at.bucket.require_tls), "bucket.policy")
def plain_http_allowed(live: Live, at: BucketScope) -> Injected:
    """Somebody takes the statement out of the policy that refuses plain HTTP."""
    undo = POLICY.change(live, at, dropping(asks_for("aws:SecureTransport")))
    return Injected(at.address, at.name, "plain HTTP refused", "plain HTTP taken", undo)


@drift(buckets("a bucket that refuses plain HTTP", lambda at: at.bucket.require_tls), "bucket.policy")
def old_tls_allowed(live: Live, at: BucketScope) -> Injected:
    """Somebody takes the statement out of the policy that refuses old versions of TLS."""
    undo = POLICY.change(live, at, dropping(asks_for("s3:TlsVersion")))
    return Injected(at.address, at.name, f"TLS {at.bucket.tls_minimum} at least", "any TLS", undo)


@drift(
    buckets("a bucket whose owner is enforced", lambda at: at.bucket.ownership == "enforced"),
    "bucket.ownership",
)
def acls_enabled(live: Live, at: BucketScope) -> Injected:
    """Somebody lets uploaders own their objects, so that ACLs mean something again."""
    undo = OWNERSHIP.change(live, at, _owned_by_writers)
    return Injected(at.address, at.name, "BucketOwnerEnforced", "ObjectWriter", undo)


@drift(
    buckets("a bucket with ACLs", lambda at: _has_acls(at) and at.bucket.acl != "log-delivery-write"),
    "bucket.acl",
)
def acl_for_log_delivery(live: Live, at: BucketScope) -> Injected:
    """Somebody lets S3's log delivery group write by ACL."""
    undo = _canned(live, at, "log-delivery-write")
    return Injected(at.address, at.name, "a private ACL", "log-delivery-write", undo)


@drift(
    buckets(
        "a bucket with ACLs, in an account without a block", lambda at: _has_acls(at) and _can_show_acls(at)
    ),
    "bucket.acl",
    "bucket.public_access_block",
)
def acl_public(live: Live, at: BucketScope) -> Injected:
    """Somebody lets everybody list the bucket by ACL, and turns off the switches against that."""
    with ExitStack() as back:
        back.callback(BLOCK.change(live, at, _taking_acls))
        back.callback(_canned(live, at, "public-read"))
        undo = back.pop_all().close
    return Injected(at.address, at.name, "a private ACL", "public-read", undo)


@drift(
    buckets(
        "a bucket without ACLs, in an account without a block",
        lambda at: not _has_acls(at) and _can_show_acls(at),
    ),
    "bucket.acl",
    "bucket.ownership",
    "bucket.public_access_block",
)
def acls_enabled_and_public(live: Live, at: BucketScope) -> Injected:
    """Somebody turns ACLs on and the switches against public ones off, and lets everybody list the bucket."""
    with ExitStack() as back:
        back.callback(BLOCK.change(live, at, _taking_acls))
        back.callback(OWNERSHIP.change(live, at, _owned_by_writers))
        back.callback(_canned(live, at, "public-read"))
        undo = back.pop_all().close
    return Injected(at.address, at.name, "no ACLs", "public-read", undo)


def _reading(at: BucketScope, principal: object) -> dict[str, object]:
    return {
        "Sid": "Temporary",
        "Effect": "Allow",
        "Principal": principal,
        "Action": "s3:GetObject",
        "Resource": objects_of(at),
    }


def _owned_by_writers(_: object) -> object:
    return {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}


def _taking_acls(block: dict[str, Any]) -> object:
    return {**block, **dict.fromkeys(_AGAINST_ACLS, False)}


def _canned(live: Live, at: BucketScope, acl: str) -> Undo:
    """Put a canned ACL; gives the way back."""
    before = ACL.read(live, at)
    live.client("s3", at.region).put_bucket_acl(Bucket=at.name, ACL=acl)
    return partial(ACL.write, live, at, before)
