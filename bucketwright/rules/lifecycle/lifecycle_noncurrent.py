from bucketwright.contract.lifecycle.rules import Expiration, NoncurrentExpiration, NoncurrentTransition
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.lifecycle import FRESH
from bucketwright.posture import Estate
from bucketwright.rules.example_lifecycles import below, having, off, on
from bucketwright.rules.examples import bad, good
from bucketwright.rules.lifecycle_scopes import enabled
from bucketwright.rules.rule import CHOSEN, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails, not_applicable, passes

_ENDING = NoncurrentExpiration(days=30)


@rule(
    "lifecycle-noncurrent",
    severity=MEDIUM,
    tier=CHOSEN,
    maps_to=["FSBP S3.10"],
    reads=["lifecycle", "mfa_delete", "versioning"],
    examples=lambda: [
        good(versioning="Enabled", lifecycle=having(on(noncurrent_expiration=_ENDING))),
        good(
            versioning="Suspended", lifecycle=having(on(filter=below("tmp/"), noncurrent_expiration=_ENDING))
        ),
        good(versioning="Disabled"),
        good(versioning="Enabled", lifecycle=FRESH, mfa_delete=True),
        bad(versioning="Enabled", lifecycle=FRESH, mfa_delete=False),
        bad(versioning="Suspended", lifecycle=FRESH, mfa_delete=False),
        bad(versioning="Enabled", lifecycle=having(off(noncurrent_expiration=_ENDING)), mfa_delete=False),
        bad(versioning="Enabled", lifecycle=having(on(expiration=Expiration(days=30))), mfa_delete=False),
        bad(
            versioning="Enabled",
            lifecycle=having(on(noncurrent_transitions=(NoncurrentTransition("GLACIER", 30),))),
            mfa_delete=False,
        ),
    ],
)
def lifecycle_noncurrent(bucket: BucketPosture, _: Estate) -> Verdict:
    """Old versions go away some day.

    **Why.** Under versioning nothing is ever deleted: what was overwritten or expired stays as an old version
    that no plain list shows, and is paid for like any object. An expiration of objects alone saves nothing.

    **Fix.** Say `noncurrent: {expire: 30 days}` of a prefix, with `keep_newest` where some are to stay
    whatever their age.

    **Exempt it when** every version has to be kept for ever, by law or by contract.
    """
    if bucket.versioning == "Disabled":
        return not_applicable("the bucket has no versions")
    if any(one.noncurrent_expiration for one in enabled(bucket.lifecycle)):
        return passes()
    if bucket.mfa_delete:
        return not_applicable("S3 has no lifecycle for a bucket with MFA delete")
    return fails("no rule deletes old versions", expected="a rule with NoncurrentVersionExpiration")
