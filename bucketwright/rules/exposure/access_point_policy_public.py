from dataclasses import replace
from functools import partial
from typing import Final

from bucketwright.estate import AccessPointPosture
from bucketwright.facets.access_point.network import INTERNET
from bucketwright.iam.documents import Statement
from bucketwright.iam.public import Answer
from bucketwright.posture import Estate
from bucketwright.rules.example_access import CLOSED, ROLE, allow, deny, policy, when
from bucketwright.rules.examples import bad, good
from bucketwright.rules.partly_known import faults_of, faults_unless
from bucketwright.rules.public_statements import clause_of, publicness, ties_by_value
from bucketwright.rules.rule import BASELINE, DEPLOYED, Change, change, rule
from bucketwright.rules.statements import allows, without
from bucketwright.verdicts import HIGH, Verdict, fails_if

_THROUGH: Final = frozenset({"s3:dataaccesspointarn", "s3:dataaccesspointaccount"})
_POINT = "arn:aws:s3:us-west-2:111122223333:accesspoint"


@rule(
    "access-point-policy-public",
    severity=HIGH,
    tier=BASELINE,
    reads=["network", "policy"],
    lenses=DEPLOYED,
    examples=lambda: [
        good(network=INTERNET, policy=None),
        good(network=INTERNET, policy=policy(allow({"AWS": ROLE}), deny())),
        good(network=INTERNET, policy=policy(when("StringEquals", "aws:SourceVpc", "vpc-1"))),
        good(
            network=INTERNET,
            policy=policy(
                allow({"AWS": ROLE}, Condition={"StringLike": {"s3:DataAccessPointArn": f"{_POINT}/*"}})
            ),
        ),
        good(network="vpc-1", policy=policy(allow())),
        bad(network=INTERNET, policy=policy(allow()), public_access_block=CLOSED),
        bad(network=INTERNET, policy=policy(allow({"AWS": ROLE}), allow(), deny())),
        bad(network=INTERNET, policy=policy(when("StringLike", "s3:DataAccessPointArn", f"{_POINT}/*"))),
        bad(network=INTERNET, policy=policy(when("StringLike", "s3:DataAccessPointAccount", "1111*"))),
        bad(network=INTERNET, policy=policy(when("StringLike", "aws:SourceVpc", "vpc-*"))),
    ],
)
def access_point_policy_public(point: AccessPointPosture, _: Estate) -> Verdict:
    """The access point's policy is not public.

    **Why.** What the bucket hands on to its access points, this policy gives to everybody. S3 judges it as it
    does a bucket's, but for two things: the policy of an access point that answers one VPC alone is never
    public, and a pattern of access points in a condition, which does tie a bucket's policy, does not tie that
    of an access point. Judged is the policy as it stands, whatever the public access block makes of it.

    **Fix.** Name the principals, or tie the statement with a fixed value of `aws:SourceVpce`,
    `aws:PrincipalOrgID` or the like. A contract declares no access points: grants under `access` reach the
    bucket itself.

    **Exempt it when** everybody is meant to have just what the statement allows.
    """
    public = faults_unless(lambda: point.network != INTERNET, partial(_public, point))
    return fails_if(*public, expected="principals that are named, or a condition with fixed values")


@access_point_policy_public.fix(is_safe=False)
def drop(point: AccessPointPosture, _: Estate) -> Change:
    """Takes the public statements out of the policy, and with them whoever comes in by them now."""
    policy = point.policy and without(point.policy, lambda one: bool(_publicness(one).holds))
    return change(point, "policy", policy)


def _public(point: AccessPointPosture) -> tuple[str, ...]:
    return faults_of(*(partial(_clauses, one) for one in allows(point.policy)))


def _clauses(statement: Statement) -> tuple[str, ...]:
    because = clause_of(_publicness(statement))
    return (because,) if because else ()


def _publicness(statement: Statement) -> Answer:
    """As S3 judges it of an access point, where the access point itself ties nobody."""
    others = tuple(one for one in statement.conditions if one.key not in _THROUGH)
    through = (one for one in statement.conditions if one.key in _THROUGH)
    answer = publicness(replace(statement, conditions=others))
    if answer.holds and any(ties_by_value(one) is not False for one in through):
        return Answer(None, f"{statement.label} is tied by nothing but the access point it belongs to")
    return answer
