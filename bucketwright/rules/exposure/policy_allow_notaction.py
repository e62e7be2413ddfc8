from bucketwright.estate import BucketPosture
from bucketwright.iam.actions import spelled
from bucketwright.posture import Estate
from bucketwright.rules.example_access import CLOSED, ROLE, allow, deny, policy
from bucketwright.rules.examples import bad, good
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.rules.statements import allows, some_of
from bucketwright.verdicts import HIGH, Verdict, fails_if


@rule(
    "policy-allow-notaction",
    severity=HIGH,
    tier=BASELINE,
    reads=["policy"],
    examples=lambda: [
        good(policy=None),
        good(policy=policy(allow({"AWS": ROLE}, "s3:*"))),
        good(policy=policy(deny("*", None, NotAction="s3:GetObject"))),
        bad(
            policy=policy(allow({"AWS": ROLE}, None, NotAction="s3:DeleteObject")), public_access_block=CLOSED
        ),
        bad(policy=policy(deny(), allow({"AWS": ROLE}, None, NotAction=["s3:Put*", "s3:Delete*"]))),
    ],
)
def policy_allow_notaction(bucket: BucketPosture, _: Estate) -> Verdict:
    """No statement of the policy allows all actions but a few.

    **Why.** An Allow with NotAction allows whatever it does not list: changes of the policy and of the ACL,
    and each action that AWS adds in years to come. Whoever may change the policy may soon do what was
    excepted.

    **Fix.** List the actions that are needed. Of a contract, `read`, `list`, `write` and `delete` under
    `access` do that.

    **Exempt it when** never: the same can be said by listing what is allowed.
    """
    negated = (one for one in allows(bucket.policy) if one.actions.negated)
    faults = (
        f"{one.label} allows all but {some_of([*map(spelled, one.actions.patterns)])}" for one in negated
    )
    return fails_if(*faults, expected="Action in every Allow")
