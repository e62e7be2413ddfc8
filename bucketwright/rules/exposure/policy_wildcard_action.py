from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.iam.documents import Names
from bucketwright.iam.patterns import contains, without_variables
from bucketwright.posture import Estate
from bucketwright.rules.example_access import CLOSED, ROLE, allow, deny, policy
from bucketwright.rules.examples import bad, good
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.rules.statements import allows, some_of
from bucketwright.verdicts import HIGH, Verdict, fails_if

_EVERY_ACTION: Final = without_variables("s3:?*")
_READER = {"AWS": ROLE}


@rule(
    "policy-wildcard-action",
    severity=HIGH,
    tier=BASELINE,
    reads=["policy"],
    examples=lambda: [
        good(policy=None),
        good(policy=policy(allow(_READER, ["s3:Get*", "s3:List*", "s3:*Object"]))),
        good(policy=policy(allow(_READER, "ec2:*"))),
        good(policy=policy(deny("*", "s3:*"), deny("*", "*"))),
        good(policy=policy(allow(_READER, None, NotAction="s3:*"))),
        good(policy=policy(allow(_READER, "s3:??*"))),
        bad(policy=policy(allow(_READER, "s3:*")), public_access_block=CLOSED),
        bad(policy=policy(allow(_READER, ["s3:GetObject", "*"]))),
        bad(policy=policy(deny(), allow(_READER, "S3:**"))),
        bad(policy=policy(allow(_READER, "s*:*"))),
        bad(policy=policy(allow(_READER, "s3:?*"))),
    ],
)
def policy_wildcard_action(bucket: BucketPosture, _: Estate) -> Verdict:
    """No statement of the policy allows every action of S3.

    **Why.** `s3:*` holds the right to change the policy, the ACL and the lifecycle, to delete the bucket, and
    whatever AWS adds in years to come. Whoever has it decides who else has what.

    **Fix.** List the actions that are needed. Of a contract, `read`, `list`, `write` and `delete` under
    `access` do that.

    **Exempt it when** the statement only hands decisions on to access points of your own account, as AWS
    advises, with a condition on `s3:DataAccessPointAccount`.
    """
    found = ((one.label, _wildcards(one.actions)) for one in allows(bucket.policy))
    faults = (f"{label} allows {some_of(names)}" for label, names in found if names)
    return fails_if(*faults, expected="actions by name, or by patterns narrower than s3:*")


def _wildcards(actions: Names) -> tuple[str, ...]:
    if actions.negated:
        return ()
    return tuple(one for one in actions.patterns if contains(without_variables(one), _EVERY_ACTION))
