from functools import partial

from bucketwright.estate import BucketPosture, DistributionPosture
from bucketwright.facets.distribution.origins import Origin
from bucketwright.facets.references import is_address
from bucketwright.plain_text import shown
from bucketwright.posture import Estate, Undetermined, Unknown
from bucketwright.rules.examples import bad, good
from bucketwright.rules.partly_known import faults_of
from bucketwright.rules.rule import BASELINE, DEPLOYED, rule
from bucketwright.rules.s3_hosts import bucket_of_objects, bucket_of_pages
from bucketwright.verdicts import HIGH, Verdict, fails_if

_FILES = BucketPosture("bucket:files", "files", {})
_OURS = Origin("bucket:files", "control")
_GONE = Origin("bucket:gone", "control")


@rule(
    "cloudfront-origin-missing",
    severity=HIGH,
    tier=BASELINE,
    maps_to=["FSBP CloudFront.12"],
    reads=["origins"],
    lenses=DEPLOYED,
    examples=lambda: [
        good(origins=frozenset()),
        good(_FILES, origins=frozenset({_OURS, Origin("api.example.com")})),
        good(_FILES, origins=frozenset({Origin("files.s3.eu-west-1.amazonaws.com")})),
        good(_FILES, origins=frozenset({Origin("files.s3-website-us-east-1.amazonaws.com")})),
        bad(origins=frozenset({_GONE})),
        bad(_FILES, origins=frozenset({_OURS, _GONE, Origin("other.s3.amazonaws.com")})),
    ],
)
def cloudfront_origin_missing(distribution: DistributionPosture, estate: Estate) -> Verdict:
    """Every bucket that the distribution fetches from exists.

    **Why.** Anybody can make a bucket under a name that is free. Whoever takes this one serves what they like
    from your host name, under your certificate and with your readers' cookies.

    **Fix.** Take the origin out of the distribution, and then whatever points to it. A contract's
    distribution goes with its bucket: remove `cloudfront` and the prefixes delivered by it, and deploy.

    **Exempt it when** never; make a bucket of that name, if the origin has to stay.
    """
    faults = (partial(_missing, one, estate) for one in sorted(distribution.origins, key=str))
    return fails_if(*faults_of(*faults), expected="origins that exist")


def _missing(origin: Origin, estate: Estate) -> tuple[str, ...]:
    """A lens names what it did not read; what it refers to besides, and does not show, is not there."""
    if is_address(origin.target):
        if origin.target in estate.postures:
            return ()
        if origin.target in estate.missing:
            raise Undetermined(origin.target, Unknown(estate.missing[origin.target]))
        return (f"there is no {shown(origin.target)}",)
    bucket = bucket_of_objects(origin.target) or bucket_of_pages(origin.target)
    if bucket is not None and all(one.name != bucket for one in estate.every(BucketPosture)):
        raise Undetermined(origin.target, Unknown("whether there is such a bucket is not told"))
    return ()
