from bucketwright.estate import BucketPosture, TrailPosture
from bucketwright.facets.bucket.logging import Logging
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.example_trails import ABROAD
from bucketwright.rules.examples import bad, good
from bucketwright.rules.other_buckets import ELSEWHERE, lies_elsewhere, named_bucket
from bucketwright.rules.rule import CHOSEN, DEPLOYED, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails_if, not_applicable

_LOGGED = BucketPosture("bucket:audit", "audit", {"logging": Logging("bucket:logs", "audit/")})
_SILENT = BucketPosture("bucket:audit", "audit", {"logging": None})
_OTHER = BucketPosture("bucket:other", "other", {"logging": None})


@rule(
    "trail-bucket-logging",
    severity=MEDIUM,
    tier=CHOSEN,
    maps_to=["FSBP CloudTrail.7"],
    reads=["bucket", "bucket.logging"],
    lenses=DEPLOYED,
    examples=lambda: [
        good(_LOGGED, _OTHER, bucket="bucket:audit"),
        good(_OTHER, _LOGGED, bucket="audit"),
        good(_OTHER, bucket="bucket:gone"),
        good(bucket="archive", foreign=ABROAD),
        bad(_SILENT, bucket="bucket:audit"),
        bad(_SILENT, bucket="audit"),
    ],
)
def trail_bucket_logging(trail: TrailPosture, estate: Estate) -> Verdict:
    """Requests to the bucket of a trail are logged.

    **Why.** Whoever wants to cover their tracks looks at this bucket first. Its own access log, in another
    bucket, shows who read the records and who tried to remove them.

    **Fix.** Say `access_logs` of the bucket, with another bucket of purpose `access-logs`; of a bucket that
    no contract declares, make a bucket logging for it.

    **Exempt it when** another trail records all that is done to objects of this bucket.
    """
    if lies_elsewhere(trail.bucket, estate):
        return not_applicable(ELSEWHERE)
    bucket = named_bucket(trail.bucket, estate)
    if bucket is None:
        return not_applicable("there is no such bucket")
    fault = f"{shown(trail.bucket)} keeps no access log"
    return fails_if(bucket.logging is None and fault, expected="access logging to another bucket")
