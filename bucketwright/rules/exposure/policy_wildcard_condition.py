from functools import partial

from bucketwright.estate import BucketPosture
from bucketwright.iam.documents import Statement
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.example_access import CLOSED, ROLE, allow, deny, policy, when
from bucketwright.rules.examples import bad, good
from bucketwright.rules.partly_known import faults_of
from bucketwright.rules.public_statements import loose_ties, why_public
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.rules.statements import allows, some_of
from bucketwright.verdicts import CRITICAL, Verdict, fails_if

_ANY_VPC = {"StringLike": {"aws:SourceVpc": "vpc-*"}}
_POINTS = "arn:aws:s3:us-west-2:111122223333:accesspoint/*"


@rule(
    "policy-wildcard-condition",
    severity=CRITICAL,
    tier=BASELINE,
    reads=["policy"],
    examples=lambda: [
        good(policy=None),
        good(policy=policy(when("StringEquals", "aws:SourceVpc", "vpc-1", "vpc-2"))),
        good(policy=policy(when("StringLike", "s3:DataAccessPointArn", _POINTS))),
        good(policy=policy(allow({"AWS": ROLE}, Condition=_ANY_VPC))),
        good(policy=policy(allow(Condition={**_ANY_VPC, "StringEquals": {"aws:PrincipalOrgID": "o-1"}}))),
        good(policy=policy(deny(Condition=_ANY_VPC), allow({"AWS": ROLE}))),
        good(policy=policy(when("StringLike", "aws:Referer", "https://example.com/*"))),
        good(policy=policy(when("StringNotLike", "aws:SourceVpc", "vpc-*"))),
        good(policy=policy(when("IpAddress", "aws:SourceIp", "0.0.0.0/0"))),
        good(policy=policy(allow())),
        good(policy=policy(when("StringEqualsIfExists", "aws:SourceVpc", "vpc-1"))),
        bad(policy=policy(allow(Condition=_ANY_VPC)), public_access_block=CLOSED),
        bad(policy=policy(when("StringEquals", "aws:SourceVpc", "vpc-1", "vpc-?"))),
        bad(policy=policy(when("StringEquals", "aws:SourceAccount", "${aws:PrincipalAccount}"))),
        bad(policy=policy(when("StringLike", "aws:SourceIp", "203.0.113.*"))),
        bad(policy=policy(when("StringLikeIfExists", "aws:PrincipalOrgID", "o-*"))),
        bad(policy=policy(when("ArnLike", "aws:SourceArn", "arn:aws:s3:::*"), allow({"AWS": ROLE}))),
        bad(policy=policy(allow(None, NotPrincipal={"AWS": ROLE}, Condition=_ANY_VPC))),
    ],
)
def policy_wildcard_condition(bucket: BucketPosture, _: Estate) -> Verdict:
    """No statement of the policy is tied to its callers only by a wildcard or a policy variable.

    **Why.** `vpc-*` is every VPC of every customer of AWS, and `${aws:PrincipalAccount}` whatever the caller
    brings along. S3 counts such a condition as none at all: the policy is public.

    **Fix.** Write out the values: each VPC, endpoint, account or organisation by its id. Or give the callers
    a line under `access`.

    **Exempt it when** everybody is meant to have what the statement allows.
    """
    faults = faults_of(*(partial(_faults, one) for one in allows(bucket.policy)))
    return fails_if(*faults, expected="conditions with fixed values")


def _faults(statement: Statement) -> tuple[str, ...]:
    ties = [tie for tie in loose_ties(statement) if tie.wildcards]
    if not ties or why_public(statement) is None:
        return ()
    return tuple(
        f"{statement.label} is tied by {tie.condition.spelled} of {shown(tie.condition.key)} to"
        f" {some_of(tie.wildcards)} only"
        for tie in ties
    )
