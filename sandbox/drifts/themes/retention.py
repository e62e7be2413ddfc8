"""Somebody changes how long objects and versions stay, or whether there is a second copy."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from bucketwright.contract.lifecycle.compile import lifecycle_rules
from bucketwright.facets.bucket_scope import BucketScope
from sandbox.drifts.drift import Injected, Live, drift
from sandbox.drifts.settings import LIFECYCLE, OBJECT_LOCK, REPLICATION, VERSIONING, Undo
from sandbox.drifts.subjects import buckets

_SWEEP = {"ID": "clean-up", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 1}}
_ABORT = "AbortIncompleteMultipartUpload"
_DEVICE = "arn:aws:iam::000000000000:mfa/root 000000"


def _days(rule: Any) -> int:
    """After how many days a rule deletes objects without moving them first; none in one that does not."""
    return 0 if "Transitions" in rule else int(rule.get("Expiration", {}).get("Days", 0))


def _last(at: BucketScope) -> int:
    """After how many days the last of its objects expire that do."""
    return max(map(_days, lifecycle_rules(at.environment, at.bucket_id)), default=0)


def _keeps(at: BucketScope) -> bool:
    return any(prefix.keep == "forever" for prefix in at.bucket.prefixes.values())


def _is_free(at: BucketScope) -> bool:
    """Neither a lock nor a replication, its own or to it, needs its versioning."""
    copied = any(
        one.to == at.bucket_id for bucket in at.environment.buckets.values() for one in bucket.replication
    )
    return at.bucket.object_lock is None and not at.bucket.replication and not copied


_versioned = buckets(
    "a bucket with versioning, without object lock and replication",
    lambda at: at.bucket.versioning == "enabled" and _is_free(at),
)
_with_lifecycle = buckets("a bucket without MFA delete", lambda at: not at.bucket.mfa_delete)


@drift(_versioned, "bucket.versioning")
def versioning_suspended(live: Live, at: BucketScope) -> Injected:
    """Somebody suspends versioning: an overwrite or a deletion is final."""
    undo = VERSIONING.change(live, at, lambda said: {**said, "Status": "Suspended"})
    return Injected(at.address, at.name, "Enabled", "Suspended", undo)


@drift(
    buckets("a bucket that never had versioning", lambda at: at.bucket.versioning == "disabled"),
    "bucket.versioning",
)
def versioning_turned_on(live: Live, at: BucketScope) -> Injected:
    """Somebody turns versioning on: what is overwritten or deleted stays, and is paid for."""
    VERSIONING.change(live, at, lambda said: {**said, "Status": "Enabled"})
    return Injected(at.address, at.name, "never on", "Enabled")


@drift(_with_lifecycle, "bucket.lifecycle")
def lifecycle_deleted(live: Live, at: BucketScope) -> Injected:
    """Somebody deletes all lifecycle rules: nothing moves or goes away any more."""
    undo = LIFECYCLE.change(live, at, lambda _: None)
    return Injected(at.address, at.name, "lifecycle rules", "none", undo)


@drift(buckets("a bucket where objects expire", lambda at: _last(at) > 0), "bucket.lifecycle")
def lifecycle_expiry_disabled(live: Live, at: BucketScope) -> Injected:
    """Somebody disables the rules that delete objects when their time is over."""
    undo = _with_rules(live, at, lambda rule: {**rule, "Status": "Disabled"} if _days(rule) else rule)
    return Injected(at.address, at.name, "objects expire", "they stay", undo)


@drift(
    buckets("a bucket where objects expire after more than a day", lambda at: _last(at) > 1),
    "bucket.lifecycle",
)
def lifecycle_expiry_shortened(live: Live, at: BucketScope) -> Injected:
    """Somebody lets objects expire after one day, long before their time."""

    def shortened(rule: Any) -> Any:
        return {**rule, "Expiration": {"Days": 1}} if _days(rule) else rule

    undo = _with_rules(live, at, shortened)
    return Injected(at.address, at.name, "objects expire as declared", "they expire after one day", undo)


@drift(_with_lifecycle, "bucket.lifecycle")
def lifecycle_abort_deleted(live: Live, at: BucketScope) -> Injected:
    """Somebody deletes the rule that removes unfinished uploads."""

    def without(document: Any) -> object:
        kept = [rule for rule in document["Rules"] if _ABORT not in rule]
        return {"Rules": kept} if kept else None

    undo = LIFECYCLE.change(live, at, without)
    return Injected(at.address, at.name, "unfinished uploads are removed", "they stay", undo)


@drift(buckets("a bucket with a prefix that is kept for ever", _keeps), "bucket.lifecycle")
def lifecycle_sweeps_all(live: Live, at: BucketScope) -> Injected:
    """Somebody adds a rule that deletes every object of the bucket after a day."""

    def swept(document: Any) -> object:
        there = any(rule["ID"] == _SWEEP["ID"] for rule in document["Rules"])
        return document if there else {"Rules": [*document["Rules"], _SWEEP]}

    undo = LIFECYCLE.change(live, at, swept)
    return Injected(at.address, at.name, "objects stay as declared", "every object expires after a day", undo)


@drift(
    buckets(
        "a bucket with versioning and without MFA delete",
        lambda at: at.bucket.versioning == "enabled" and not at.bucket.mfa_delete,
    ),
    "bucket.lifecycle",
    "bucket.mfa_delete",
)
def mfa_delete_on(live: Live, at: BucketScope) -> Injected:
    """Somebody with the root user's device turns MFA delete on, for which all lifecycle rules have to go."""
    s3 = live.client("s3", at.region)

    def put(status: str) -> None:
        said = {"Status": "Enabled", "MFADelete": status}
        s3.put_bucket_versioning(Bucket=at.name, VersioningConfiguration=said, MFA=_DEVICE)

    with ExitStack() as back:
        back.callback(LIFECYCLE.change(live, at, lambda _: None))
        put("Enabled")
        back.callback(put, "Disabled")
        undo = back.pop_all().close
    return Injected(at.address, at.name, "lifecycle rules", "MFA delete, and no lifecycle rules", undo)


@drift(
    buckets(
        "a bucket that locks new objects for more than a day",
        lambda at: at.bucket.object_lock is not None and (at.bucket.object_lock.retain or 0) > 1,
    ),
    "bucket.object_lock",
)
def object_lock_shortened(live: Live, at: BucketScope) -> Injected:
    """Somebody lets the lock of new objects end after a day."""

    def shortened(document: Any) -> object:
        default = document["Rule"]["DefaultRetention"]
        return {**document, "Rule": {"DefaultRetention": {"Mode": default["Mode"], "Days": 1}}}

    undo = OBJECT_LOCK.change(live, at, shortened)
    before = f"locked for {at.bucket.object_lock and at.bucket.object_lock.retain} days"
    return Injected(at.address, at.name, before, "locked for one day", undo)


@drift(buckets("a bucket that is replicated", lambda at: bool(at.bucket.replication)), "bucket.replication")
def replication_paused(live: Live, at: BucketScope) -> Injected:
    """Somebody disables the replication: new objects have no second copy."""

    def paused(document: Any) -> object:
        return {**document, "Rules": [{**rule, "Status": "Disabled"} for rule in document["Rules"]]}

    undo = REPLICATION.change(live, at, paused)
    return Injected(at.address, at.name, "new objects are copied", "they are not", undo)


def _with_rules(live: Live, at: BucketScope, change: Callable[[Any], Any]) -> Undo:
    return LIFECYCLE.change(live, at, lambda document: {"Rules": list(map(change, document["Rules"]))})
