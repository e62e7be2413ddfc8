from functools import partial

from bucketwright.estate import BucketPosture
from bucketwright.iam.documents import Statement
from bucketwright.posture import Estate
from bucketwright.rules.example_access import CLOSED, ROLE, allow, deny, policy, when
from bucketwright.rules.examples import bad, good
from bucketwright.rules.partly_known import faults_of
from bucketwright.rules.public_statements import loose_ties, why_public
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.rules.statements import allows, some_of
from bucketwright.verdicts import CRITICAL, Verdict, fails_if

_ANYWHERE = {"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}


@rule(
    "policy-broad-source-ip",
    severity=CRITICAL,
    tier=BASELINE,
    reads=["policy"],
    examples=lambda: [
        good(policy=None),
        good(policy=policy(when("IpAddress", "aws:SourceIp", "203.0.113.0/24", "11.0.0.0/8"))),
        good(policy=policy(when("IpAddress", "aws:SourceIp", "2001:db8::/32", "10.0.0.0/8"))),
        good(policy=policy(allow({"AWS": ROLE}, Condition=_ANYWHERE))),
        good(policy=policy(allow(Condition={**_ANYWHERE, "StringEquals": {"aws:SourceVpc": "vpc-1"}}))),
        good(policy=policy(deny(Condition=_ANYWHERE), allow({"AWS": ROLE}))),
        good(policy=policy(when("StringLike", "aws:SourceIp", "203.0.113.*"))),
        good(policy=policy(allow())),
        bad(policy=policy(allow(Condition=_ANYWHERE)), public_access_block=CLOSED),
        bad(policy=policy(when("IpAddress", "aws:SourceIp", "10.0.0.0/7"))),
        bad(policy=policy(when("IpAddress", "aws:SourceIp", "2001:db8::/31"))),
        bad(policy=policy(when("IpAddress", "aws:SourceIp", "203.0.113.0/24", "64.0.0.0/2"))),
        bad(policy=policy(when("IpAddress", "aws:VpcSourceIp", "0.0.0.0/1"))),
        bad(policy=policy(allow({"Federated": "accounts.google.com"}, Condition=_ANYWHERE))),
        bad(policy=policy(allow(None, NotPrincipal={"AWS": ROLE}, Condition=_ANYWHERE))),
    ],
)
def policy_broad_source_ip(bucket: BucketPosture, _: Estate) -> Verdict:
    """No statement of the policy lets in everybody from ranges as wide as the internet.

    **Why.** A condition on `aws:SourceIp` looks like a lock, but S3 counts a range wider than /8, or /32 of
    IPv6, as no condition at all: the policy is public. Such ranges mostly come of a slip, as in two halves
    that make up the whole.

    **Fix.** Name the ranges your callers really have; a /24 is usual. Better, give the callers a line under
    `access`, and it does not matter where they come from.

    **Exempt it when** everybody is meant to have what the statement allows.
    """
    faults = faults_of(*(partial(_faults, one) for one in allows(bucket.policy)))
    return fails_if(*faults, expected="ranges of /8 or narrower, of /32 or narrower for IPv6")


def _faults(statement: Statement) -> tuple[str, ...]:
    ranges = [one for tie in loose_ties(statement) for one in tie.ranges]
    if not ranges or why_public(statement) is None:
        return ()
    return (f"{statement.label} lets in all of {some_of(ranges)}",)
