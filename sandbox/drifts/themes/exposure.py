"""Somebody opens a bucket by its policy or its ACL."""

from contextlib import ExitStack
from functools import partial

from bucketwright.facets.bucket_scope import BucketScope
from sandbox.drifts.drift import Injected, Live, NoRoomError, drift
from sandbox.drifts.lifting import account_unblocked, unblocked
from sandbox.drifts.opening import enable_acls, public_acls_would_show, take_public_acls, take_public_policies
from sandbox.drifts.policies import adding, asks_for, changing, dropping, objects_of, stranger
from sandbox.drifts.settings import ACL, OWNERSHIP, POLICY, Undo
from sandbox.drifts.subjects import buckets

_TLS = "s3:TlsVersion"
_OLD_TLS = "1.1"


def _has_acls(at: BucketScope) -> bool:
    return at.bucket.ownership != "enforced"


def _is_restricted(at: BucketScope) -> bool:
    return at.bucket.public_access_block.restrict_buckets


@drift(buckets("a bucket"), "bucket.policy")
def policy_deleted(live: Live, at: BucketScope) -> Injected:
    """Somebody deletes the bucket's policy, and all that it refused is allowed again."""
    undo = POLICY.change(live, at, lambda _: None)
    return Injected(at.address, at.name, "a bucket policy", "none", undo)


@drift(
    buckets(
        "a bucket that blocks public policies, or restricts what they open",
        lambda at: at.bucket.public_access_block.block_policy or _is_restricted(at),
    ),
    "bucket.policy",
    "bucket.public_access_block",
)
def policy_public(live: Live, at: BucketScope) -> Injected:
    """Somebody lets everybody on earth read the objects, and turns off the switches against that."""
    with ExitStack() as back, account_unblocked(live):
        back.callback(take_public_policies(live, at))
        back.callback(POLICY.change(live, at, adding(_reading(at, "*"))))
        undo = back.pop_all().close
    return Injected(at.address, at.name, "a closed policy", "everybody may read the objects", undo)


@drift(buckets("a bucket that restricts what a public policy opens", _is_restricted), "bucket.policy")
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
    undo = POLICY.change(live, at, dropping(asks_for(_TLS)))
    return Injected(at.address, at.name, f"TLS {at.bucket.tls_minimum} at least", "any TLS", undo)


@drift(buckets("a bucket that refuses plain HTTP", lambda at: at.bucket.require_tls), "bucket.policy")
def tls_minimum_lowered(live: Live, at: BucketScope) -> Injected:
    """Somebody changes the statement of the policy that says which version of TLS is the oldest taken."""
    old = {"Condition": {"NumericLessThan": {_TLS: _OLD_TLS}}}
    undo = POLICY.change(live, at, changing(asks_for(_TLS), lambda one: {**one, **old}))
    return Injected(at.address, at.name, f"TLS {at.bucket.tls_minimum} at least", f"TLS {_OLD_TLS}", undo)


@drift(
    buckets("a bucket whose owner is enforced", lambda at: at.bucket.ownership == "enforced"),
    "bucket.ownership",
)
def acls_enabled(live: Live, at: BucketScope) -> Injected:
    """Somebody lets uploaders own their objects, so that ACLs mean something again."""
    undo = enable_acls(live, at)
    return Injected(at.address, at.name, "BucketOwnerEnforced", "ObjectWriter", undo)


@drift(
    buckets("a bucket with private ACLs", lambda at: _has_acls(at) and at.bucket.acl in {None, "private"}),
    "bucket.ownership",
)
def acls_disabled(live: Live, at: BucketScope) -> Injected:
    """Somebody lets the bucket's owner own all in it: uploads that name an ACL of their own are refused."""
    enforced = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    undo = OWNERSHIP.change(live, at, lambda _: enforced)
    return Injected(at.address, at.name, f"ownership {at.bucket.ownership}", "BucketOwnerEnforced", undo)


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
        "a bucket with ACLs that ignores public ones, in an account without a block",
        lambda at: _has_acls(at) and public_acls_would_show(at),
    ),
    "bucket.acl",
    "bucket.public_access_block",
)
def acl_public(live: Live, at: BucketScope) -> Injected:
    """Somebody lets everybody list the bucket by ACL, and turns off the switches against that."""
    with ExitStack() as back:
        back.callback(take_public_acls(live, at))
        back.callback(_canned(live, at, "public-read"))
        undo = back.pop_all().close
    return Injected(at.address, at.name, "a private ACL", "public-read", undo)


@drift(
    buckets(
        "a bucket without ACLs, in an account without a block",
        lambda at: not _has_acls(at) and public_acls_would_show(at),
    ),
    "bucket.acl",
    "bucket.ownership",
    "bucket.public_access_block",
)
def acls_enabled_and_public(live: Live, at: BucketScope) -> Injected:
    """Somebody turns ACLs on and the switches against public ones off, and lets everybody list the bucket."""
    with ExitStack() as back:
        back.callback(take_public_acls(live, at))
        back.callback(enable_acls(live, at))
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


def _canned(live: Live, at: BucketScope, acl: str) -> Undo:
    """Put a canned ACL; gives the way back."""
    before = ACL.read(live, at)
    live.client("s3", at.region).put_bucket_acl(Bucket=at.name, ACL=acl)
    if ACL.read(live, at) == before:
        raise NoRoomError(f"{at.name} has such an ACL already")
    return partial(ACL.write, live, at, before)
