from functools import partial
from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.iam.actions import covers
from bucketwright.iam.callers import surely_hits
from bucketwright.iam.conditions import holds
from bucketwright.iam.documents import Principals, Statement
from bucketwright.iam.languages import exactly
from bucketwright.iam.reach import WITHOUT_PREFIX
from bucketwright.posture import Estate
from bucketwright.rules.accounts import account_of, own_account
from bucketwright.rules.example_access import ROLE, allow, deny, policy
from bucketwright.rules.example_sharing import OWN
from bucketwright.rules.examples import bad, good
from bucketwright.rules.policy_faults import policy_faults
from bucketwright.rules.requests_to_bucket import bucket_arn, is_any, named
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.verdicts import HIGH, Verdict, fails_if

_CHANGE: Final = "s3:putbucketpolicy"
_DELETION: Final = "s3:deletebucketpolicy"
_BUCKET = "arn:aws:s3:::example"
_PLAIN_HTTP = {"Bool": {"aws:SecureTransport": "false"}}


@rule(
    "policy-lockout",
    severity=HIGH,
    tier=BASELINE,
    reads=["policy"],
    examples=lambda: [
        good(policy=None),
        good(policy=policy(allow("*", "s3:PutBucketPolicy", Resource=_BUCKET))),
        good(policy=policy(deny("*", "s3:*", Resource="arn:aws:s3:::example/*"))),
        good(policy=policy(deny("*", "s3:*", Resource="*", Condition=_PLAIN_HTTP))),
        good(policy=policy(deny("*", "s3:DeleteBucketPolicy", Resource=_BUCKET))),
        good(policy=policy(deny("*", Action=None, NotAction="s3:PutBucketPolicy", Resource=_BUCKET))),
        good(policy=policy(deny("*", "s3:*", Resource=None, NotResource=_BUCKET))),
        good(policy=policy(deny({"AWS": ROLE}, "s3:*", Resource=_BUCKET))),
        good(policy=policy(deny(None, "s3:*", Resource=_BUCKET), deny("*", "s3:*", Resource=None))),
        good(OWN, policy=policy(deny(None, "s3:*", Resource="*", NotPrincipal={"AWS": "111122223333"}))),
        good(OWN, policy=policy(deny({"AWS": "999988887777"}, "s3:*", Resource=_BUCKET))),
        good(policy=policy(deny({"Service": "s3.amazonaws.com"}, "s3:*", Resource=_BUCKET))),
        good(OWN, policy=policy(deny(None, "s3:*", Resource=_BUCKET, NotPrincipal={"AWS": ROLE}))),
        bad(policy=policy(deny("*", "s3:*", Resource=_BUCKET))),
        bad(policy=policy(deny({"AWS": "*"}, "S3:PutBucket*", Resource=["arn:aws:s3:::exam*"]))),
        bad(policy=policy(deny("*", Action=None, NotAction="s3:Get*", Resource="*"))),
        bad(policy=policy(allow({"AWS": ROLE}, "s3:*"), deny("*", "s3:PutBucketPolicy", Resource=_BUCKET))),
        bad(OWN, policy=policy(deny({"AWS": [ROLE, "111122223333"]}, "*", Resource="*"))),
        bad(called="cn", policy=policy(deny("*", "s3:*", Resource="arn:aws-cn:s3:::cn"))),
    ],
)
def policy_lockout(bucket: BucketPosture, estate: Estate) -> Verdict:
    """Somebody but the root user can change the bucket's policy.

    **Why.** A Deny to everybody holds for administrators, too, and for the program that deploys. Who cannot
    write the policy cannot take that Deny out of it: the root user of the account has to, by hand.

    **Fix.** Sign in as the root user, delete the policy and deploy again. Let a Deny hold under a condition,
    or spare the role that deploys by `ArnNotEquals` on `aws:PrincipalArn`. Policies of a contract do so.

    **Exempt it when** nobody is ever to change the policy again, and the root user can be reached.
    """
    locking = policy_faults(bucket.policy, partial(_locks, bucket, estate))
    return fails_if(*locking, expected="no Deny of s3:PutBucketPolicy to everybody")


def _locks(bucket: BucketPosture, estate: Estate, statement: Statement) -> tuple[str, ...]:
    certain = all(holds(test, WITHOUT_PREFIX) for test in statement.conditions)
    if statement.allows or not certain or not covers(statement.actions, _CHANGE):
        return ()
    if not (_names_bucket(statement, bucket.name) and _is_about_all_of_us(statement.principals, estate)):
        return ()
    after = "" if covers(statement.actions, _DELETION) else "; it can still be deleted as a whole"
    return (f"{statement.label} denies everybody to change the policy{after}",)


def _names_bucket(statement: Statement, bucket: str) -> bool:
    """Whether it is about the bucket itself, and not its objects alone."""
    names = statement.resources
    return names is not None and is_any("policy", exactly(bucket_arn(bucket, [statement])), named(names))


def _is_about_all_of_us(principals: Principals | None, estate: Estate) -> bool:
    """Whether it surely hits everybody of the own account; which that is, is asked only where it matters."""
    if principals is None:
        return False
    if surely_hits(principals, None):
        return True
    accounts = {name for _, name in principals.members if name == account_of(name)}
    return not principals.negated and bool(accounts) and own_account(estate) in accounts
