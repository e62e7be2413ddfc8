from functools import partial

from bucketwright.estate import BucketPosture, TrailPosture
from bucketwright.facets.bucket.acl import CANNED, FRESH
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.example_access import CLOSED, OPEN, account, allow, policy
from bucketwright.rules.example_trails import ABROAD
from bucketwright.rules.examples import bad, good
from bucketwright.rules.other_buckets import ELSEWHERE, lies_elsewhere, named_bucket
from bucketwright.rules.partly_known import faults_of
from bucketwright.rules.public_uses import READ, WRITE, public_uses
from bucketwright.rules.rule import BASELINE, DEPLOYED, rule
from bucketwright.verdicts import CRITICAL, Verdict, fails_if, not_applicable

_READ, _WRITE = policy(allow()), policy(allow(action="s3:PutObject"))
_LISTED = CANNED["public-read"]


def _bucket(**facts: object) -> BucketPosture:
    usual = {"acl": FRESH, "policy": None, "public_access_block": OPEN}
    return BucketPosture("bucket:audit", "audit", {**usual, **facts})


@rule(
    "trail-bucket-public",
    severity=CRITICAL,
    tier=BASELINE,
    maps_to=["FSBP CloudTrail.6"],
    reads=[
        "bucket",
        "bucket.acl",
        "bucket.policy",
        "bucket.public_access_block",
        "account.public_access_block",
    ],
    lenses=DEPLOYED,
    examples=lambda: [
        good(_bucket(), account(OPEN), bucket="bucket:audit"),
        good(_bucket(policy=_READ, acl=_LISTED, public_access_block=CLOSED), bucket="bucket:audit"),
        good(_bucket(policy=_WRITE, acl=_LISTED), account(CLOSED), bucket="audit"),
        good(_bucket(policy=_READ), account(OPEN), bucket="bucket:gone"),
        good(bucket="archive", foreign=ABROAD),
        bad(_bucket(policy=_READ), account(OPEN), bucket="bucket:audit"),
        bad(_bucket(policy=_WRITE), account(OPEN), bucket="audit"),
        bad(_bucket(acl=_LISTED), account(OPEN), bucket="bucket:audit"),
        bad(
            _bucket(acl=_LISTED, public_access_block=PublicAccessBlock(ignore_acls=False)),
            account(PublicAccessBlock(ignore_acls=False)),
            bucket="bucket:audit",
        ),
    ],
)
def trail_bucket_public(trail: TrailPosture, estate: Estate) -> Verdict:
    """Nobody who is not named reads or writes the bucket of a trail.

    **Why.** The records tell every name of an account, who may do what and when somebody last looked. Whoever
    may write there forges them, and whoever may delete there removes what they did. Judged is what holds
    now: ACL and policy, each unless a switch of the bucket or of the account takes its effect away.

    **Fix.** Leave `public_access_block` out of the contract, so that all four switches are on, or turn them
    on for a bucket that no contract declares; then take the grant out of the ACL and the statement out of
    the policy. CloudTrail itself needs a statement for its service, tied to the trail by `aws:SourceArn`.

    **Exempt it when** never.
    """
    if lies_elsewhere(trail.bucket, estate):
        return not_applicable(ELSEWHERE)
    bucket = named_bucket(trail.bucket, estate)
    if bucket is None:
        return not_applicable("there is no such bucket")
    open_to = (partial(public_uses, bucket, estate, use) for use in (READ, WRITE))
    faults = (f"{shown(trail.bucket)}: {fault.text}" for fault in faults_of(*open_to))
    return fails_if(*faults, expected="no access without being named")
