from bucketwright.estate import BucketPosture
from bucketwright.posture import Estate
from bucketwright.rules.examples import bad, good
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails, passes


@rule(
    "acls-disabled",
    severity=MEDIUM,
    tier=BASELINE,
    maps_to=["FSBP S3.12"],
    reads=["ownership"],
    examples=lambda: [
        good(ownership="BucketOwnerEnforced"),
        bad(ownership="BucketOwnerPreferred"),
        bad(ownership="ObjectWriter"),
    ],
)
def acls_disabled(bucket: BucketPosture, _: Estate) -> Verdict:
    """The bucket's account owns every object, and ACLs mean nothing.

    **Why.** While ACLs mean something, each single object can be opened to others by whoever uploads it, and
    under `ObjectWriter` what another account uploads is not even yours to read or delete.

    **Fix.** Leave `ownership` out of the contract, or say `ownership: enforced`. Look first which uploads
    send an ACL: S3 then refuses all but `bucket-owner-full-control`. Grants of the ACL go under `access`.

    **Exempt it when** a program that cannot be changed sends an ACL with its uploads, or a log comes from a
    service that asks for one.
    """
    if bucket.ownership == "BucketOwnerEnforced":
        return passes()
    return fails(f"ownership is {bucket.ownership}", expected="ownership BucketOwnerEnforced")


@acls_disabled.fix(is_safe=False)
def turn_acls_off(bucket: BucketPosture, _: Estate) -> Change:
    """Makes the account own every object; S3 refuses it while the bucket's ACL gives others something."""
    return change(bucket, "ownership", "BucketOwnerEnforced")
