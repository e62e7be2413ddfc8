from bucketwright.estate import BucketPosture, TrailPosture
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.example_trails import ABROAD
from bucketwright.rules.examples import bad, good
from bucketwright.rules.other_buckets import lies_elsewhere, named_bucket
from bucketwright.rules.rule import BASELINE, DEPLOYED, rule
from bucketwright.verdicts import HIGH, Verdict, fails_if, passes

_AUDIT = BucketPosture("bucket:audit", "audit")


@rule(
    "trail-bucket-exists",
    severity=HIGH,
    tier=BASELINE,
    reads=["bucket"],
    lenses=DEPLOYED,
    examples=lambda: [
        good(_AUDIT, bucket="bucket:audit"),
        good(_AUDIT, BucketPosture("bucket:other", "other"), bucket="audit"),
        good(bucket="archive", foreign=ABROAD),
        bad(bucket="bucket:audit"),
        bad(_AUDIT, bucket="bucket:gone"),
    ],
)
def trail_bucket_exists(trail: TrailPosture, estate: Estate) -> Verdict:
    """The bucket that a trail delivers into is there, in this account or in another.

    **Why.** A trail whose bucket is gone records nothing, and nobody is told. Anybody may make a bucket of
    that name, and is then sent who does what in this account.

    **Fix.** Make the bucket again, in this account, or let the trail deliver into another one. What was not
    delivered is kept in CloudTrail's own history for 90 days, events of objects excepted.

    **Exempt it when** never; delete the trail if nobody needs it.
    """
    if lies_elsewhere(trail.bucket, estate):
        return passes()
    gone = named_bucket(trail.bucket, estate) is None
    return fails_if(gone and f"there is no {shown(trail.bucket)}", expected="a bucket that is there")
