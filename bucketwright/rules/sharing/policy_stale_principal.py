import re
from collections.abc import Iterator
from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.iam.documents import Statement
from bucketwright.posture import Estate
from bucketwright.rules.example_access import ROLE, allow, deny, policy, when
from bucketwright.rules.examples import bad, good
from bucketwright.rules.policy_faults import policy_faults
from bucketwright.rules.rule import BASELINE, LIVE, rule
from bucketwright.rules.statements import some_of
from bucketwright.verdicts import LOW, Verdict, fails_if

_DELETED: Final = re.compile(r"A(?:RO|ID)A[A-Z0-9]{12,124}")


@rule(
    "policy-stale-principal",
    severity=LOW,
    tier=BASELINE,
    reads=["policy"],
    lenses=LIVE,
    examples=lambda: [
        good(policy=None),
        good(policy=policy(deny(None))),
        good(policy=policy(allow({"AWS": [ROLE, "arn:aws:iam::111122223333:user/AIDAEXAMPLEEXAMPLEEXA"]}))),
        good(policy=policy(when("StringLike", "aws:userid", "AROAEXAMPLEEXAMPLEEXA:*"))),
        bad(policy=policy(allow({"AWS": [ROLE, "AROAEXAMPLEEXAMPLEEXA"]}))),
        bad(policy=policy(allow({"AWS": ROLE}), deny({"AWS": "AIDAEXAMPLEEXAMPLEEXA"}))),
        bad(policy=policy(deny(None, NotPrincipal={"AWS": ["AIDAEXAMPLE01234", ROLE]}))),
    ],
)
def policy_stale_principal(bucket: BucketPosture, _: Estate) -> Verdict:
    """Every role and user that the bucket's policy names is still there.

    **Why.** S3 shows a role or user by a bare id once it is deleted. Its grant is lost: a role that is made
    again under the same name is another one, which the policy does not let in, or does not keep out.

    **Fix.** Deploy again where the role was made again, so that the policy names the new one. Else take it
    out of the policy, and with `principals` under `access` out of the contract.

    **Exempt it when** the role is about to be made again, by a deployment that also writes this policy.
    """
    stale = policy_faults(bucket.policy, _stale)
    return fails_if(*stale, expected="roles and users that exist")


def _stale(statement: Statement) -> Iterator[str]:
    members = statement.principals.members if statement.principals else ()
    ids = [name for _, name in members if _DELETED.fullmatch(name)]
    if ids:
        yield f"{statement.label} names {some_of(ids)}"
