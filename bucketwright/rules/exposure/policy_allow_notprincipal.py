from bucketwright.estate import BucketPosture
from bucketwright.iam.documents import Statement
from bucketwright.posture import Estate
from bucketwright.rules.example_access import CLOSED, ROLE, allow, deny, policy
from bucketwright.rules.examples import bad, good
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.rules.statements import allows, some_of
from bucketwright.verdicts import HIGH, Verdict, fails_if

_OTHERS = {"AWS": ROLE}
_TIED = {"StringEquals": {"aws:SourceVpc": "vpc-1"}}


@rule(
    "policy-allow-notprincipal",
    severity=HIGH,
    tier=BASELINE,
    reads=["policy"],
    examples=lambda: [
        good(policy=None),
        good(policy=policy(allow({"AWS": ROLE}))),
        good(policy=policy(allow())),
        good(policy=policy(deny(None, NotPrincipal=_OTHERS))),
        good(policy=policy(allow(None))),
        bad(policy=policy(allow(None, NotPrincipal=_OTHERS)), public_access_block=CLOSED),
        bad(policy=policy(deny(), allow(None, NotPrincipal=_OTHERS, Condition=_TIED))),
    ],
)
def policy_allow_notprincipal(bucket: BucketPosture, _: Estate) -> Verdict:
    """No statement of the policy lets in everybody but a few.

    **Why.** An Allow with NotPrincipal reads like a lock on those it names, and is an open door for all
    others, callers without credentials among them. What was meant is nearly always a Deny.

    **Fix.** Name whom you mean: a line under `access` for each. To keep somebody out, use a Deny with
    Principal.

    **Exempt it when** never: the same can be said by naming who comes in.
    """
    spared = ((one.label, _spared(one)) for one in allows(bucket.policy))
    faults = (f"{label} lets in everybody but {some_of(names)}" for label, names in spared if names)
    return fails_if(*faults, expected="Principal in every Allow")


def _spared(statement: Statement) -> tuple[str, ...]:
    who = statement.principals
    return tuple(name for _, name in who.members) if who and who.negated else ()
