from functools import partial
from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.iam.documents import Statement
from bucketwright.posture import Estate
from bucketwright.rules.example_access import CLOSED, allow, deny, policy
from bucketwright.rules.examples import bad, good
from bucketwright.rules.partly_known import faults_of
from bucketwright.rules.public_statements import ties_by_value, web_providers, why_public
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.rules.statements import allows, some_of
from bucketwright.verdicts import CRITICAL, Verdict, fails_if

_CLAIMS: Final = frozenset({"aud", "oaud", "azp", "app_id", "sub", "id", "user_id"})
"""What tokens say of the application they were made for, and of the user."""
_GOOGLE = {"Federated": "accounts.google.com"}
_COGNITO = {"Federated": ["cognito-identity.amazonaws.com", "graph.facebook.com"]}


@rule(
    "policy-federated-public",
    severity=CRITICAL,
    tier=BASELINE,
    reads=["policy"],
    examples=lambda: [
        good(policy=None),
        good(policy=policy(allow({"Federated": "arn:aws:iam::111122223333:saml-provider/staff"}))),
        good(policy=policy(allow(_GOOGLE, Condition={"StringEquals": {"accounts.google.com:aud": "app-1"}}))),
        good(policy=policy(allow(_COGNITO, Condition={"StringEquals": {"graph.facebook.com:app_id": "1"}}))),
        good(policy=policy(allow(_GOOGLE, Condition={"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}))),
        good(policy=policy(deny(_GOOGLE), allow({"AWS": "111122223333"}))),
        good(policy=policy(allow())),
        good(policy=policy(allow(None, NotPrincipal=_GOOGLE))),
        bad(policy=policy(allow(_GOOGLE)), public_access_block=CLOSED),
        bad(policy=policy(allow({"AWS": "111122223333", **_COGNITO}))),
        bad(policy=policy(allow(_GOOGLE, Condition={"StringLike": {"accounts.google.com:aud": "*"}}))),
        bad(policy=policy(allow(_GOOGLE, Condition={"StringEquals": {"graph.facebook.com:app_id": "1"}}))),
        bad(policy=policy(allow(_GOOGLE, Condition={"StringNotEquals": {"accounts.google.com:sub": "1"}}))),
        bad(policy=policy(allow(_GOOGLE, Condition={"StringLike": {"aws:SourceVpc": "vpc-*"}}))),
    ],
)
def policy_federated_public(bucket: BucketPosture, _: Estate) -> Verdict:
    """Users of a web identity provider come in only for a named application or as a named subject.

    **Why.** Everybody has, or makes in a minute, an account with Google, Facebook or Amazon, or is a guest of
    somebody's Cognito pool. Without a condition on what the token says, the statement is for all of them, and
    S3 calls the policy public.

    **Fix.** Let them take on a role that trusts the provider, with a condition on its audience, and give that
    role a line under `access`. In a policy of your own add a condition with a fixed value, such as
    StringEquals of `accounts.google.com:aud`.

    **Exempt it when** everybody is meant to have what the statement allows.
    """
    faults = faults_of(*(partial(_faults, one) for one in allows(bucket.policy)))
    return fails_if(*faults, expected="a condition with a fixed audience or subject")


def _faults(statement: Statement) -> tuple[str, ...]:
    providers = web_providers(statement)
    claims = {f"{name.lower()}:{claim}" for name in providers for claim in _CLAIMS}
    tied = any(one.key in claims and ties_by_value(one) for one in statement.conditions)
    if not providers or tied or why_public(statement) is None:
        return ()
    return (f"{statement.label} lets in every user of {some_of(providers)}",)
