from bucketwright.contract.lifecycle.rules import Abort
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.lifecycle import FRESH
from bucketwright.posture import Estate
from bucketwright.rules.example_lifecycles import having, off, on
from bucketwright.rules.examples import bad, good
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails, passes

_SOME = having(on(abort=Abort(7)))


@rule(
    "lifecycle-with-mfa-delete",
    severity=MEDIUM,
    tier=BASELINE,
    reads=["mfa_delete", "lifecycle"],
    examples=lambda: [
        good(lifecycle=_SOME, mfa_delete=False),
        good(lifecycle=FRESH, mfa_delete=True),
        good(lifecycle=FRESH),
        good(mfa_delete=False),
        bad(lifecycle=_SOME, mfa_delete=True),
        bad(lifecycle=having(off(abort=Abort(7))), mfa_delete=True),
    ],
)
def lifecycle_with_mfa_delete(bucket: BucketPosture, _: Estate) -> Verdict:
    """A bucket has a lifecycle or MFA delete, not both.

    **Why.** S3 supports no lifecycle where deleting needs the root user's device: it refuses one setting
    while the other is there, so that what was declared last never comes about.

    **Fix.** Choose. For data that has to go some day, take `mfa_delete` out and protect it by `object_lock`;
    where nothing ever goes, take `expire`, `archive`, `noncurrent` and `abort_uploads` out of the bucket. MFA
    delete itself is turned off by the root user, by hand.

    **Exempt it when** never; S3 does not take both.
    """
    if bucket.told("mfa_delete") is False or not bucket.lifecycle.rules or not bucket.mfa_delete:
        return passes()
    return fails("there are lifecycle rules, and MFA delete is on", expected="one of the two")
