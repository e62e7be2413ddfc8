from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.posture import Estate
from bucketwright.rules.examples import bad, declares, good
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails, not_applicable, passes

_ON: Final = declares(buckets={"example": {"abac": True}})
_OFF: Final = declares(buckets={"example": {}})


@rule(
    "abac-on",
    severity=MEDIUM,
    tier=BASELINE,
    reads=["abac"],
    examples=lambda: [
        good(around=_ON, abac=True),
        good(around=_OFF, abac=False),
        good(abac=True),
        bad(around=_ON, abac=False),
        bad(around=_OFF, abac=True),
    ],
)
def abac_on(bucket: BucketPosture, estate: Estate) -> Verdict:
    """Tags of the bucket decide who has access where the contract says so, and only there.

    **Why.** Where they decide and nobody knows, whoever may tag opens the bucket, and programs that tag
    buckets in S3's usual way fail. Where they should decide and do not, policies that ask for a tag let
    nobody in, or keep nobody out.

    **Fix.** Say `abac: true` of the bucket, or leave it out; then deploy again. Once it is on, tags are set
    by TagResource; PutBucketTagging is refused.

    **Exempt it when** the policies are being changed over to tags, and the contract follows.
    """
    wanted = estate.intended(bucket)
    if wanted is None:
        return not_applicable("no contract says whether tags decide")
    if bucket.abac == wanted.abac:
        return passes()
    state, meant = ("decide", "do not") if bucket.abac else ("do not decide", "do")
    return fails(f"tags {state} who has access", expected=f"that they {meant}, as declared")


@abac_on.fix(is_safe=False)
def decide_as_declared(bucket: BucketPosture, estate: Estate) -> Change:
    """Lets tags decide or not, as the contract says; who has access may change at once."""
    wanted = estate.intended(bucket) or bucket
    return change(bucket, "abac", wanted.abac)
