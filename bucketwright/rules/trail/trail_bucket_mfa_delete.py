from bucketwright.contract.lifecycle.rules import Expiration
from bucketwright.estate import BucketPosture, TrailPosture
from bucketwright.facets.bucket.lifecycle import FRESH, Lifecycle
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.example_lifecycles import having, off, on
from bucketwright.rules.example_trails import ABROAD
from bucketwright.rules.examples import bad, good
from bucketwright.rules.other_buckets import ELSEWHERE, lies_elsewhere, named_bucket
from bucketwright.rules.rule import CHOSEN, LIVE, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails, not_applicable, passes


def _bucket(lifecycle: Lifecycle, *, mfa_delete: bool = False) -> BucketPosture:
    return BucketPosture("bucket:audit", "audit", {"lifecycle": lifecycle, "mfa_delete": mfa_delete})


@rule(
    "trail-bucket-mfa-delete",
    severity=MEDIUM,
    tier=CHOSEN,
    reads=["bucket", "bucket.lifecycle", "bucket.mfa_delete"],
    lenses=LIVE,
    examples=lambda: [
        good(_bucket(FRESH, mfa_delete=True), bucket="bucket:audit"),
        good(_bucket(having(on(expiration=Expiration(days=400)))), bucket="audit"),
        good(_bucket(having(off(expiration=Expiration(days=400)))), bucket="audit"),
        good(_bucket(FRESH), bucket="bucket:gone"),
        good(bucket="archive", foreign=ABROAD),
        bad(_bucket(FRESH), bucket="bucket:audit"),
        bad(_bucket(FRESH), bucket="audit"),
    ],
)
def trail_bucket_mfa_delete(trail: TrailPosture, estate: Estate) -> Verdict:
    """Records of a trail are deleted for good only with the root user's second factor.

    **Why.** Whoever has taken an administrator's key removes the records of it. With MFA delete even an
    administrator removes no version without the device of the root user.

    **Fix.** Turn on versioning and MFA delete of the bucket, as root user with the device at hand: no program
    can. S3 has no lifecycle beside it, so a bucket with one is not judged. Where the records must stay, an
    object lock does as well and needs no device: say `object_lock` in the contract.

    **Exempt it when** an object lock in compliance mode keeps the records.
    """
    if lies_elsewhere(trail.bucket, estate):
        return not_applicable(ELSEWHERE)
    bucket = named_bucket(trail.bucket, estate)
    if bucket is None:
        return not_applicable("there is no such bucket")
    if bucket.mfa_delete:
        return passes()
    if bucket.lifecycle.rules:
        return not_applicable("S3 has no MFA delete for a bucket with a lifecycle")
    return fails(f"{shown(trail.bucket)} is without MFA delete", expected="MFA delete on")
