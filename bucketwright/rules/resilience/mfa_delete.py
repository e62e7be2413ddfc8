from typing import Final

from bucketwright.contract.lifecycle.rules import Abort
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.lifecycle import FRESH as NO_LIFECYCLE
from bucketwright.posture import Estate
from bucketwright.rules.example_lifecycles import having, off
from bucketwright.rules.examples import bad, good
from bucketwright.rules.rule import CHOSEN, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails, not_applicable, passes

_SOME: Final = having(off(abort=Abort(7)))


@rule(
    "mfa-delete",
    severity=MEDIUM,
    tier=CHOSEN,
    maps_to=["FSBP S3.20"],
    reads=["mfa_delete", "lifecycle", "versioning"],
    examples=lambda: [
        good(mfa_delete=True),
        good(mfa_delete=True, versioning="Enabled", lifecycle=_SOME),
        good(mfa_delete=False, versioning="Enabled", lifecycle=_SOME),
        good(mfa_delete=False, versioning="Disabled"),
        bad(mfa_delete=False, versioning="Enabled", lifecycle=NO_LIFECYCLE),
        bad(mfa_delete=False, versioning="Suspended", lifecycle=NO_LIFECYCLE),
    ],
)
def mfa_delete(bucket: BucketPosture, _: Estate) -> Verdict:
    """Nobody deletes a version for good without the root user's second factor.

    **Why.** Versions protect against mistakes; whoever has stolen a role's credentials deletes the versions
    one by one. With MFA delete that takes a code of a device that no program holds.

    **Fix.** The root user turns it on by hand, with its device: no program and no role can. Then say
    `mfa_delete: true` of the bucket. Where lifecycle has to delete something, S3 does not allow it; take
    `object_lock`, which needs no root user.

    **Exempt it when** the bucket has an object lock, or its account has no root credentials any more.
    """
    if bucket.mfa_delete:
        return passes()
    if bucket.versioning == "Disabled":
        return not_applicable("the bucket has no versions")
    if bucket.lifecycle.rules:
        return not_applicable("S3 has no MFA delete for a bucket with a lifecycle")
    return fails("MFA delete is off", expected="MFA delete on")
