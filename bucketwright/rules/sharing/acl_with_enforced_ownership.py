from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.acl import CANNED, FRESH
from bucketwright.facets.grants import ALL_USERS, Grant
from bucketwright.posture import Estate
from bucketwright.rules.examples import bad, good
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.verdicts import HIGH, Verdict, fails, passes


@rule(
    "acl-with-enforced-ownership",
    severity=HIGH,
    tier=BASELINE,
    reads=["acl", "ownership"],
    examples=lambda: [
        good(acl=FRESH, ownership="BucketOwnerEnforced"),
        good(acl=CANNED["log-delivery-write"], ownership="BucketOwnerPreferred"),
        good(acl=CANNED["log-delivery-write"], ownership="ObjectWriter"),
        bad(acl=CANNED["log-delivery-write"], ownership="BucketOwnerEnforced"),
        bad(acl=FRESH | {Grant(ALL_USERS, "READ")}, ownership="BucketOwnerEnforced"),
    ],
)
def acl_with_enforced_ownership(bucket: BucketPosture, _: Estate) -> Verdict:
    """No ACL is declared where ACLs are turned off.

    **Why.** With enforced ownership S3 refuses every ACL that gives others anything, so the deployment stops
    half-way, with a bucket that is there and settings that are not.

    **Fix.** Take `acl` out, and grant under `access` what it was for; for access logs the contract does that
    by itself. Or say `ownership: preferred`, with a reason under `unsafe`.

    **Exempt it when** never; S3 refuses it.
    """
    if bucket.told("acl") == FRESH or bucket.ownership != "BucketOwnerEnforced":
        return passes()
    return fails(f"an ACL of {len(bucket.acl)} grants, though ownership is enforced", expected="no ACL")


@acl_with_enforced_ownership.fix()
def drop_the_acl(bucket: BucketPosture, _: Estate) -> Change:
    """Leaves the owner alone in the ACL; nobody loses anything, since ACLs are off."""
    return change(bucket, "acl", FRESH)
