from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.object_lock import FRESH, ObjectLock
from bucketwright.posture import Estate
from bucketwright.rules.examples import bad, good
from bucketwright.rules.rule import CHOSEN, Change, change, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails, passes


@rule(
    "object-lock-enabled",
    severity=MEDIUM,
    tier=CHOSEN,
    maps_to=["FSBP S3.15"],
    reads=["object_lock"],
    examples=lambda: [
        good(object_lock=ObjectLock(enabled=True)),
        good(object_lock=ObjectLock(True, "GOVERNANCE", 30)),
        bad(object_lock=FRESH),
    ],
)
def object_lock_enabled(bucket: BucketPosture, _: Estate) -> Verdict:
    """Objects can be locked against deletion before their time.

    **Why.** Whoever blackmails a company deletes what it would restore from, old versions too. A locked
    version outlives every credential: under compliance not even the root user removes it.

    **Fix.** Say `object_lock: {mode: governance, retain: 30 days}` and `versioning: enabled` of the bucket,
    or `object_lock: {}` where each upload says for how long. S3 turns it on for buckets that are there
    already, too, and never off again.

    **Exempt it when** objects have to go the moment somebody asks, or nobody would pay to get them back.
    """
    return passes() if bucket.object_lock.enabled else fails("object lock is off", expected="object lock on")


@object_lock_enabled.fix(is_safe=False)
def allow_locks(bucket: BucketPosture, _: Estate) -> Change:
    """Turns object lock on for ever, which needs versioning; no object is locked by that alone."""
    return change(bucket, "object_lock", ObjectLock(enabled=True))
