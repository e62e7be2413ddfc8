from functools import partial

from bucketwright.estate import BucketPosture
from bucketwright.iam.documents import Statement
from bucketwright.posture import Estate
from bucketwright.rules.example_access import CLOSED, ROLE, allow, deny, policy, when
from bucketwright.rules.examples import bad, good
from bucketwright.rules.partly_known import faults_of
from bucketwright.rules.pruning import pruned
from bucketwright.rules.public_statements import clauses, loose_ties, unnamed
from bucketwright.rules.rule import BASELINE, Change, rule
from bucketwright.rules.statements import allows
from bucketwright.verdicts import CRITICAL, Verdict, fails_if


@rule(
    "policy-wildcard-principal",
    severity=CRITICAL,
    tier=BASELINE,
    reads=["policy"],
    examples=lambda: [
        good(policy=None),
        good(policy=policy(allow({"AWS": [ROLE, "111122223333"]}), deny())),
        good(policy=policy(when("StringEquals", "aws:SourceVpce", "vpce-1"))),
        good(policy=policy(when("IpAddress", "aws:SourceIp", "203.0.113.0/24"))),
        good(policy=policy(when("IpAddress", "aws:SourceIp", "0.0.0.0/0"))),
        good(policy=policy(when("StringLike", "aws:SourceVpc", "vpc-*"))),
        good(policy=policy(allow(None, NotPrincipal={"AWS": ROLE}))),
        good(policy=policy(allow({"Federated": "accounts.google.com"}))),
        bad(policy=policy(allow()), public_access_block=CLOSED),
        bad(policy=policy(allow({"AWS": "*"}))),
        bad(policy=policy(allow({"AWS": [ROLE, "*"]}))),
        bad(policy=policy(allow({"AWS": "arn:aws:iam::111122223333:role/*"}))),
        bad(policy=policy(allow({"AWS": ROLE}), allow(), deny("*", "s3:*"))),
        bad(policy=policy(when("Bool", "aws:SecureTransport", "true"))),
        bad(policy=policy(when("StringNotEquals", "aws:SourceVpc", "vpc-1"))),
        bad(policy=policy(when("StringLike", "aws:Referer", "https://example.com/*"))),
    ],
)
def policy_wildcard_principal(bucket: BucketPosture, _: Estate) -> Verdict:
    """No statement of the policy lets in everybody without a condition that says who.

    **Why.** `*` is everybody on earth, with credentials or without. TLS, a referer, a user agent or a tag of
    the caller does not change that: S3 counts only fixed values of a few keys, such as a network, a source
    account or an organisation. Judged is the policy as it stands, whatever the public access block makes of
    it.

    **Fix.** Give whoever needs it a line under `access`; the contract writes the statements and names the
    principals. In a policy of your own name them under Principal, or tie the statement with `aws:SourceVpce`,
    `aws:PrincipalOrgID` or the like. A Deny beside it does not help.

    **Exempt it when** everybody is meant to have just what the statement allows.
    """
    faults = faults_of(*(partial(_faults, one) for one in allows(bucket.policy)))
    return fails_if(*faults, expected="principals that are named, or a condition with fixed values")


@policy_wildcard_principal.fix(is_safe=False)
def drop(bucket: BucketPosture, _: Estate) -> Change:
    """Takes the statements that let in everybody out of the policy, and with them whoever came in by them."""
    return pruned(bucket, _faults)


def _faults(statement: Statement) -> tuple[str, ...]:
    """Principals named by wildcard, with no condition that is merely too loose."""
    is_open = unnamed(statement) and not any(loose_ties(statement))
    return clauses(statement) if is_open else ()
