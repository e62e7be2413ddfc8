from collections.abc import Iterator
from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.logging import Logging
from bucketwright.facets.bucket.object_lock import FRESH, ObjectLock
from bucketwright.posture import Estate
from bucketwright.rules.default_retention import days_locked
from bucketwright.rules.example_replications import other
from bucketwright.rules.examples import Declares, bad, declares, good
from bucketwright.rules.log_targets import is_log_target
from bucketwright.rules.rule import CHOSEN, Change, change, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails, not_applicable, passes

_BARE: Final = ObjectLock(enabled=True)
_LOGS: Final = declares(buckets={"example": {"purpose": "access-logs"}})


def _asks(mode: str, retain: str) -> Declares:
    return declares(buckets={"example": {"object_lock": {"mode": mode, "retain": retain}}})


_TWO_YEARS: Final = _asks("compliance", "730 days")


@rule(
    "object-lock-default-retention",
    severity=MEDIUM,
    tier=CHOSEN,
    reads=["object_lock", "logging", "bucket.logging"],
    examples=lambda: [
        good(object_lock=ObjectLock(True, "GOVERNANCE", 1)),
        good(object_lock=ObjectLock(True, "COMPLIANCE", None, 1)),
        good(object_lock=FRESH),
        good(object_lock=_BARE, around=_LOGS),
        good(other("files", logging=Logging("bucket:example", "")), object_lock=_BARE),
        good(object_lock=ObjectLock(True, "COMPLIANCE", 730), around=_TWO_YEARS),
        good(object_lock=ObjectLock(True, "COMPLIANCE", None, 2), around=_TWO_YEARS),
        good(object_lock=ObjectLock(True, "COMPLIANCE", 31), around=_asks("governance", "30 days")),
        bad(object_lock=_BARE),
        bad(other("files", logging=None), object_lock=_BARE),
        bad(object_lock=_BARE, around=_TWO_YEARS),
        bad(object_lock=ObjectLock(True, "GOVERNANCE", 730), around=_TWO_YEARS),
        bad(object_lock=ObjectLock(True, "COMPLIANCE", 729), around=_TWO_YEARS),
        bad(object_lock=ObjectLock(True, "COMPLIANCE", None, 1), around=_TWO_YEARS),
        bad(object_lock=ObjectLock(True, "GOVERNANCE", 29), around=_asks("governance", "30 days")),
    ],
)
def object_lock_default_retention(bucket: BucketPosture, estate: Estate) -> Verdict:
    """New objects are locked by themselves, as firmly and as long as the contract says.

    **Why.** Object lock alone locks nothing: each upload has to ask for it, and programs that never heard of
    it do not. A default is the only lock that nobody forgets.

    **Fix.** Say `object_lock: {mode: compliance, retain: 1 year}` of the bucket, with `governance` where some
    roles are still to delete. What lies there already stays as it is locked.

    **Exempt it when** every upload says for itself how long. Buckets that access logs are delivered to are
    never asked: S3 delivers none under a default.
    """
    lock, wanted = bucket.object_lock, estate.intended(bucket)
    if not lock.enabled:
        return not_applicable("object lock is off")
    faults = tuple(_shortcomings(lock, FRESH if wanted is None else wanted.object_lock))
    if not faults:
        return passes()
    if is_log_target(bucket, estate):
        return not_applicable("S3 delivers access logs to it, and none where a default locks them")
    return fails(*faults, expected="a default retention, as declared")


@object_lock_default_retention.fix(is_safe=False)
def lock_as_declared(bucket: BucketPosture, estate: Estate) -> Change:
    """Locks new objects as the contract says; without a contract nothing says how long."""
    wanted = estate.intended(bucket) or bucket
    return change(bucket, "object_lock", wanted.object_lock)


def _shortcomings(lock: ObjectLock, meant: ObjectLock) -> Iterator[str]:
    if lock.mode is None:
        yield "no default locks new objects"
        return
    if meant.mode == "COMPLIANCE" and lock.mode != meant.mode:
        yield f"new objects are locked under {lock.mode}, which some roles may lift"
    if days_locked(lock) < days_locked(meant):
        yield f"new objects are locked for {days_locked(lock)} days, and {days_locked(meant)} are declared"
