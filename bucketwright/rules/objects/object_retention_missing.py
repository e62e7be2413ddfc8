from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.objects.postures import ObjectPosture
from bucketwright.posture import Estate
from bucketwright.rules.example_objects import ago, bad, bucket, good, says_of_bucket
from bucketwright.rules.home_bucket import meant_home
from bucketwright.rules.rule import BASELINE, LIVE, rule
from bucketwright.verdicts import HIGH, Verdict, fails_if, not_applicable, passes

_DAYS_OF_A_YEAR: Final = 365
_LONGEST_UPLOAD: Final = timedelta(days=1)
"""S3 counts from the upload's end, others from its beginning, and it is dated by either."""
_FREE: Final = bucket(object_lock=ObjectLock())
_MONTH: Final = bucket(object_lock=ObjectLock(enabled=True, mode="GOVERNANCE", days=30))
_YEARS: Final = bucket(object_lock=ObjectLock(enabled=True, mode="COMPLIANCE", years=2))
_MEANS_A_MONTH: Final = says_of_bucket(object_lock={"mode": "compliance", "retain": "30 days"})
_NONE: Final = {"lock_mode": None, "retain_until": None}


@rule(
    "object-retention-missing",
    severity=HIGH,
    tier=BASELINE,
    lenses=LIVE,
    reads=["retain_until", "bucket", "lock_mode", "modified", "bucket.object_lock"],
    examples=lambda: [
        good(_MONTH, modified=ago(days=5), lock_mode="GOVERNANCE", retain_until=ago(days=-25)),
        good(_MONTH, modified=ago(days=5), lock_mode="COMPLIANCE", retain_until=ago(days=-24)),
        good(_MONTH, modified=ago(days=30), **_NONE),
        good(_YEARS, modified=ago(), lock_mode="COMPLIANCE", retain_until=ago(days=-729)),
        good(_FREE, modified=ago(days=5), **_NONE),
        good(bucket(object_lock=ObjectLock(enabled=True)), modified=ago(days=5), **_NONE),
        good(_MONTH, around=says_of_bucket(), modified=ago(days=5), **_NONE),
        bad(_MONTH, modified=ago(days=5), **_NONE),
        bad(_MONTH, modified=ago(days=30, seconds=-1), **_NONE),
        bad(_MONTH, modified=ago(days=5), lock_mode="GOVERNANCE", retain_until=None),
        bad(_MONTH, modified=ago(days=5), lock_mode=None, retain_until=ago(days=-25)),
        bad(
            _MONTH,
            modified=ago(days=5),
            lock_mode="GOVERNANCE",
            retain_until=ago(days=-24, seconds=1),
        ),
        bad(_YEARS, modified=ago(), lock_mode="COMPLIANCE", retain_until=ago(days=-728)),
        bad(_YEARS, modified=ago(), lock_mode="GOVERNANCE", retain_until=ago(days=-730)),
        bad(_FREE, around=_MEANS_A_MONTH, modified=ago(days=5), **_NONE),
    ],
)
def object_retention_missing(one: ObjectPosture, estate: Estate) -> Verdict:
    """Objects that have to be kept are locked for as long.

    **Why.** The default of a bucket locks new objects only. What was there before, or was put with a shorter
    retention of its own, can be deleted today by anybody who may delete.

    **Fix.** Set the retention of each version with PutObjectRetention; for many, by S3 Batch Operations.
    `object_lock` of the bucket says how long and how firmly.

    **Exempt it when** the object was put there by mistake and may go.
    """
    lock = meant_home(one, estate).object_lock
    if lock.mode is None:
        return not_applicable("the bucket is not meant to lock what is put there")
    length = timedelta(days=(lock.days or 0) + (lock.years or 0) * _DAYS_OF_A_YEAR)
    if estate.now - one.modified >= length:
        return passes("its time to be kept is over")
    return fails_if(*_faults(one, lock, length), expected=f"{lock.mode} for {length.days} days")


def _faults(one: ObjectPosture, lock: ObjectLock, length: timedelta) -> Iterator[str]:
    if one.lock_mode is None or one.retain_until is None:
        yield "it is not locked"
        return
    if lock.mode == "COMPLIANCE" and one.lock_mode != lock.mode:
        yield f"it is locked in {one.lock_mode}, which privileged roles may lift"
    if one.retain_until - one.modified < length - _LONGEST_UPLOAD:
        yield f"it is locked for {(one.retain_until - one.modified).days} days only"
