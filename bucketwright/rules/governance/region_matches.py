from typing import TYPE_CHECKING, Final

from bucketwright.contract.words import VERBS
from bucketwright.estate import BucketPosture
from bucketwright.plain_text import clipped
from bucketwright.posture import Estate, reference
from bucketwright.rules.examples import bad, declares, good
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.verdicts import LOW, MEDIUM, Verdict, fails, not_applicable, passes

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment

_HERE: Final = "us-west-2"
_BUCKETS: Final = {"example": {"prefixes": {"files": {"path": "files/"}}}, "other": {"region": "eu-west-1"}}
_DECLARED: Final = declares(region=_HERE, buckets=_BUCKETS)
_READER: Final = {"trusts": "lambda.amazonaws.com", "read": "example/files"}
_AFAR: Final = declares(
    region=_HERE, compute_region="eu-west-1", buckets=_BUCKETS, access={"reader": _READER}
)


@rule(
    "region-matches",
    severity=MEDIUM,
    tier=BASELINE,
    reads=["region"],
    examples=lambda: [
        good(around=_DECLARED, region=_HERE),
        good(around=declares(region=_HERE, buckets=_BUCKETS, access={"reader": _READER}), region=_HERE),
        good(around=declares(region="eu-west-1", buckets={"example": {"region": _HERE}}), region=_HERE),
        good(
            around=declares(region=_HERE, compute_region=_HERE, buckets=_BUCKETS, access={"reader": _READER}),
            region=_HERE,
        ),
        good(around=declares(region=_HERE, compute_region="eu-west-1", buckets=_BUCKETS), region=_HERE),
        good(
            around=declares(
                region=_HERE,
                compute_region="eu-west-1",
                buckets=_BUCKETS,
                access={"reader": {**_READER, "read": "other/*"}},
            ),
            region=_HERE,
        ),
        good(around=declares(region=_HERE, buckets={}), region="eu-west-1"),
        good(region="eu-west-1"),
        bad(around=_DECLARED, region="eu-west-1"),
        bad(around=declares(buckets={"example": {"region": "eu-west-1"}}), region=_HERE),
        bad(around=_AFAR, region=_HERE),
        bad(around=_AFAR, region="eu-west-1"),
    ],
)
def region_matches(bucket: BucketPosture, estate: Estate) -> Verdict:
    """The bucket lies where the contract says, beside the programs that use it.

    **Why.** Programs ask in the region they were told, and are refused or sent on. Elsewhere other laws hold
    and other prices, and every byte between two regions is paid for.

    **Fix.** Correct `region`, of the environment or the bucket, or `compute_region`, if it is the contract
    that errs. S3 moves no bucket: else make one in the right region, and copy the objects. `bucketwright
    cost` says what reading from afar comes to.

    **Exempt it when** the bucket is being moved, or its readers sit elsewhere on purpose.
    """
    wanted, environment = estate.intended(bucket), estate.environment
    if wanted is None or environment is None:
        return not_applicable("no contract says where the bucket is to be")
    here = clipped(bucket.region)
    if bucket.region != wanted.region:
        return fails(f"the bucket is in {here}", expected=f"the region {wanted.region}")
    afar = environment.compute_region
    if afar in {None, bucket.region} or not _is_used(bucket, environment):
        return passes()
    crossing = f"the bucket is in {here}, and the programs that use it run in {afar}"
    return fails(crossing, expected="bucket and programs in one region", severity=LOW)


def _is_used(bucket: BucketPosture, environment: "Environment") -> bool:
    """Whether anybody is granted anything in it."""
    granted = (ref for one in environment.access.values() for verb in VERBS for ref in one.refs(verb))
    return any(reference("bucket", ref.partition("/")[0]) == bucket.address for ref in granted)
