"""Is the policy of an access point judged as S3 judges it there, and left open where S3 does not say?"""

from typing import Final

import pytest

from bucketwright.estate import AccessPointPosture
from bucketwright.facets.access_point.network import INTERNET
from bucketwright.posture import Estate, Unknown
from bucketwright.rules.example_access import ROLE, allow, policy, when
from bucketwright.rules.exposure.access_point_policy_public import access_point_policy_public
from bucketwright.verdicts import Fails, Passes, Undecided, Verdict

DENIED: Final = Unknown("was denied")
POINT: Final = "arn:aws:s3:us-west-2:111122223333:accesspoint/door"
OPEN: Final = policy(allow())


def _judged(network: object, policy: object) -> Verdict:
    point = AccessPointPosture("access_point:door", "door", {"network": network, "policy": policy})
    return access_point_policy_public.verdict(point, Estate("live", {point.address: point}))


@pytest.mark.parametrize(
    ("network", "document", "expected"),
    [
        pytest.param("vpc-1", DENIED, Passes(), id="of a VPC, whatever the policy"),
        pytest.param(
            DENIED, policy(allow({"AWS": ROLE})), Passes(), id="named callers, whatever the network"
        ),
        pytest.param(DENIED, None, Passes(), id="no policy, whatever the network"),
        pytest.param(DENIED, OPEN, Undecided("network", "was denied"), id="public, unless it is of a VPC"),
        pytest.param(INTERNET, DENIED, Undecided("policy", "was denied"), id="no policy to be seen"),
        pytest.param(DENIED, DENIED, Undecided("network", "was denied"), id="nothing to be seen"),
    ],
)
def test_what_decides_need_not_be_known_with_the_rest(
    network: object, document: object, expected: Verdict
) -> None:
    """A VPC closes every policy, and a closed policy every network."""
    assert _judged(network, document) == expected


@pytest.mark.parametrize(
    ("key", "value"),
    [("s3:DataAccessPointArn", POINT), ("s3:DataAccessPointAccount", "111122223333")],
    ids=["itself", "its account"],
)
def test_whether_an_access_point_ties_its_own_policy_is_open(key: str, value: str) -> None:
    """S3 speaks of sets of access points, not of a single one."""
    reason = "statement 1 is tied by nothing but the access point it belongs to"

    assert _judged(INTERNET, policy(when("StringEquals", key, value))) == Undecided(
        "policy", f"S3 does not say whether this is public: {reason}"
    )


def test_beside_its_own_name_only_other_conditions_count() -> None:
    """A network ties the statement, TLS and the name of a program do not, and a pattern of access points adds
    nothing; callers that are named need no tie.
    """
    patterns = {"s3:DataAccessPointArn": f"{POINT}*"}
    network = allow(Condition={"StringLike": patterns, "StringEquals": {"aws:SourceVpc": "vpc-1"}})
    tls = allow(Condition={"StringLike": patterns, "Bool": {"aws:SecureTransport": "true"}})

    assert isinstance(_judged(INTERNET, policy(network)), Passes)
    assert isinstance(_judged(INTERNET, policy(tls)), Fails)
    named = allow({"AWS": ROLE}, Condition={"StringEquals": {"s3:DataAccessPointArn": POINT}})
    program = allow(Condition={"StringEquals": {"aws:UserAgent": "curl"}})

    assert isinstance(_judged(INTERNET, policy(named)), Passes)
    assert isinstance(_judged(INTERNET, policy(program)), Fails)
