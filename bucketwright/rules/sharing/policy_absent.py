from bucketwright.estate import BucketPosture
from bucketwright.posture import Estate
from bucketwright.rules.added_statements import refusing
from bucketwright.rules.example_access import deny, policy
from bucketwright.rules.examples import bad, good
from bucketwright.rules.rule import CHOSEN, Change, change, rule
from bucketwright.verdicts import LOW, Verdict, fails, passes


@rule(
    "policy-absent",
    severity=LOW,
    tier=CHOSEN,
    reads=["policy"],
    examples=lambda: [good(policy=policy(deny())), bad(policy=None)],
)
def policy_absent(bucket: BucketPosture, _: Estate) -> Verdict:
    """The bucket has a policy of its own.

    **Why.** Without one, whatever any role of the account is granted holds: nothing at the bucket itself
    refuses plain HTTP, a wrong encryption or a role that was given too much.

    **Fix.** Declare the bucket in the contract: each gets a policy from its settings, with what it refuses
    everybody and what it grants others. By hand, begin with a Deny of everything over plain HTTP.

    **Exempt it when** policies of the organisation refuse all that for every bucket.
    """
    return passes() if bucket.policy is not None else fails("there is no policy", expected="a bucket policy")


@policy_absent.fix(is_safe=False)
def refuse_plain_http(bucket: BucketPosture, _: Estate) -> Change:
    """Adds a policy that refuses everybody plain HTTP, and grants nobody anything."""
    return change(bucket, "policy", refusing(bucket, {"Bool": {"aws:SecureTransport": "false"}}))
