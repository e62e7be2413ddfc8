"""Somebody turns off switches against public access, of a bucket or of the whole account."""

from functools import partial
from typing import Any, Final

from botocore.exceptions import ClientError

from bucketwright.facets.bucket_scope import BucketScope
from bucketwright.facets.scopes import AccountScope
from sandbox.accounts import account_of
from sandbox.drifts.drift import Injected, Live, NoRoomError, drift
from sandbox.drifts.settings import BLOCK
from sandbox.drifts.subjects import account, buckets

_FACT: Final = "bucket.public_access_block"
_ACCOUNTS_FACT: Final = "account.public_access_block"
_BLOCK: Final = "PublicAccessBlockConfiguration"
_blocked = account("an environment that blocks its whole account", lambda one: one.account_block)


@drift(buckets("a bucket"), _FACT)
def block_deleted(live: Live, at: BucketScope) -> Injected:
    """Somebody deletes the bucket's public access block: all four switches are off."""
    undo = BLOCK.change(live, at, lambda _: None)
    return Injected(at.address, at.name, "a public access block", "none", undo)


@drift(
    buckets("a bucket that blocks public ACLs", lambda at: at.bucket.public_access_block.block_acls), _FACT
)
def block_public_acls_off(live: Live, at: BucketScope) -> Injected:
    """Somebody turns a switch of the bucket off: public ACLs are taken again."""
    return _switched_off(live, at, "BlockPublicAcls")


@drift(
    buckets("a bucket that ignores public ACLs", lambda at: at.bucket.public_access_block.ignore_acls), _FACT
)
def ignore_public_acls_off(live: Live, at: BucketScope) -> Injected:
    """Somebody turns a switch of the bucket off: public ACLs that are there are in force again."""
    return _switched_off(live, at, "IgnorePublicAcls")


@drift(
    buckets("a bucket that blocks public policies", lambda at: at.bucket.public_access_block.block_policy),
    _FACT,
)
def block_public_policy_off(live: Live, at: BucketScope) -> Injected:
    """Somebody turns a switch of the bucket off: public policies are taken again."""
    return _switched_off(live, at, "BlockPublicPolicy")


@drift(
    buckets(
        "a bucket that restricts what a public policy opens",
        lambda at: at.bucket.public_access_block.restrict_buckets,
    ),
    _FACT,
)
def restrict_public_buckets_off(live: Live, at: BucketScope) -> Injected:
    """Somebody turns a switch of the bucket off: what a public policy allows strangers may do again."""
    return _switched_off(live, at, "RestrictPublicBuckets")


@drift(_blocked, _ACCOUNTS_FACT)
def account_block_deleted(live: Live, at: AccountScope) -> Injected:
    """Somebody deletes the account's public access block, which held for every bucket of it."""
    control, named, block = _found(live)
    control.delete_public_access_block(**named)
    undo = partial(control.put_public_access_block, **named, **{_BLOCK: block})
    return Injected(at.address, named["AccountId"], "all four switches on", "none", undo)


@drift(_blocked, _ACCOUNTS_FACT)
def account_block_weakened(live: Live, at: AccountScope) -> Injected:
    """Somebody turns one switch of the account off: each bucket has to refuse public policies itself."""
    control, named, block = _found(live)
    if not block["BlockPublicPolicy"]:
        raise NoRoomError(f"account {named['AccountId']} takes public policies already")
    put = partial(control.put_public_access_block, **named)
    put(**{_BLOCK: {**block, "BlockPublicPolicy": False}})
    undo = partial(put, **{_BLOCK: block})
    return Injected(at.address, named["AccountId"], "BlockPublicPolicy on", "BlockPublicPolicy off", undo)


def _switched_off(live: Live, at: BucketScope, switch: str) -> Injected:
    undo = BLOCK.change(live, at, lambda block: {**block, switch: False})
    return Injected(at.address, at.name, f"{switch} on", f"{switch} off", undo)


def _found(live: Live) -> tuple[Any, dict[str, str], Any]:
    """A client for the account's block, what names the account, and the block."""
    control, named = live.client("s3control"), {"AccountId": account_of(live.environment)}
    try:
        return control, named, control.get_public_access_block(**named)[_BLOCK]
    except ClientError as refused:
        if refused.response.get("Error", {}).get("Code") != "NoSuchPublicAccessBlockConfiguration":
            raise
        raise NoRoomError(f"account {named['AccountId']} has lost its block already") from None
