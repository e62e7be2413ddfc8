from bucketwright.estate import BucketPosture
from bucketwright.posture import Estate
from bucketwright.rules.examples import bad, declares, good
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails, not_applicable, passes

_CALLERS_PAY = declares(buckets={"example": {"requester_pays": True}})
_WE_PAY = declares(buckets={"example": {}})


@rule(
    "requester-pays",
    severity=MEDIUM,
    tier=BASELINE,
    reads=["requester_pays"],
    examples=lambda: [
        good(around=_CALLERS_PAY, requester_pays=True),
        good(around=_WE_PAY, requester_pays=False),
        good(requester_pays=True),
        bad(around=_CALLERS_PAY, requester_pays=False),
        bad(around=_WE_PAY, requester_pays=True),
    ],
)
def requester_pays(bucket: BucketPosture, estate: Estate) -> Verdict:
    """Callers pay for what they ask for where the contract says so, and only there.

    **Why.** Where callers pay, every request that does not say so is refused: programs, browsers and S3's own
    delivery of logs fail. Where they should pay and do not, strangers download at the owner's cost.

    **Fix.** Say `requester_pays: true` of the bucket, with the reason under `unsafe`, or leave it out; then
    deploy again.

    **Exempt it when** the change was agreed with those who read, and the contract follows.
    """
    wanted = estate.intended(bucket)
    if wanted is None:
        return not_applicable("no contract says who is to pay")
    if bucket.requester_pays == wanted.requester_pays:
        return passes()
    state, meant = (
        ("callers pay", "the owner pays") if bucket.requester_pays else ("the owner pays", "callers pay")
    )
    return fails(state, expected=f"{meant}, as declared")


@requester_pays.fix(is_safe=False)
def charge_as_declared(bucket: BucketPosture, estate: Estate) -> Change:
    """Sets who pays as the contract says; callers that do not agree to pay are refused where they are to."""
    wanted = estate.intended(bucket) or bucket
    return change(bucket, "requester_pays", wanted.requester_pays)
