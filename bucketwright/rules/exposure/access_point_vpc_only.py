from bucketwright.estate import AccessPointPosture
from bucketwright.facets.access_point.network import INTERNET
from bucketwright.posture import Estate
from bucketwright.rules.examples import bad, good
from bucketwright.rules.rule import CHOSEN, DEPLOYED, rule
from bucketwright.verdicts import LOW, Verdict, fails, passes


@rule(
    "access-point-vpc-only",
    severity=LOW,
    tier=CHOSEN,
    reads=["network"],
    lenses=DEPLOYED,
    examples=lambda: [good(network="vpc-0a1b2c3d"), good(network="vpc:main"), bad(network=INTERNET)],
)
def access_point_vpc_only(point: AccessPointPosture, _: Estate) -> Verdict:
    """The access point answers one VPC alone.

    **Why.** Stolen credentials are of no use from outside the network then, and S3 never takes the access
    point's policy for public, whatever it says.

    **Fix.** Make a new access point with the VPC it is for, move its users there, and delete the old one: the
    network of an access point cannot be changed.

    **Exempt it when** its users are outside of any VPC, such as people or a partner.
    """
    return fails("it answers the internet", expected="one VPC") if point.network == INTERNET else passes()
