from bucketwright.estate import AccessPointPosture
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.posture import Estate
from bucketwright.rules.example_access import CLOSED, OPEN
from bucketwright.rules.examples import bad, good
from bucketwright.rules.public_block import ALL_ON, SWITCHES, off_in
from bucketwright.rules.rule import BASELINE, DEPLOYED, rule
from bucketwright.verdicts import CRITICAL, Verdict, fails_if


@rule(
    "access-point-public-access-block",
    severity=CRITICAL,
    tier=BASELINE,
    maps_to=["FSBP S3.19"],
    reads=["public_access_block"],
    lenses=DEPLOYED,
    examples=lambda: [
        good(public_access_block=CLOSED),
        bad(public_access_block=OPEN),
        bad(public_access_block=PublicAccessBlock(block_acls=False)),
        bad(public_access_block=PublicAccessBlock(ignore_acls=False)),
        bad(public_access_block=PublicAccessBlock(block_policy=False)),
        bad(public_access_block=PublicAccessBlock(restrict_buckets=False)),
    ],
)
def access_point_public_access_block(point: AccessPointPosture, _: Estate) -> Verdict:
    """All four switches against public access are on at the access point.

    **Why.** An access point is a door of its own into the bucket, with a policy of its own. Its switches are
    set when it is made and never again, so that a door that was made open stays so when the bucket is opened
    one day.

    **Fix.** Make a new access point with all four switches on, move its users there, and delete the old one.
    A contract declares no access points: grants under `access` reach the bucket itself.

    **Exempt it when** the bucket behind it is meant for everybody.
    """
    return fails_if(
        *(f"{SWITCHES[one]} is off" for one in off_in(point.public_access_block)), expected=ALL_ON
    )
