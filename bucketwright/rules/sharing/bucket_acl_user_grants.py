from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.acl import CANNED, FRESH
from bucketwright.facets.grants import ALL_USERS, Grant
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.examples import bad, declares, good
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails_if

_USERS: Final = ("id:", "email:")
_THEM = "a1" * 32


@rule(
    "bucket-acl-user-grants",
    severity=MEDIUM,
    tier=BASELINE,
    maps_to=["FSBP S3.12"],
    reads=["acl"],
    examples=lambda: [
        good(acl=FRESH),
        good(acl=CANNED["log-delivery-write"]),
        good(acl=FRESH | {Grant(ALL_USERS, "READ")}),
        good(acl=FRESH | {Grant(f"id:{_THEM}", "READ")}, around=declares(rules={"trusted_users": [_THEM]})),
        bad(acl=FRESH | {Grant(f"id:{_THEM}", "READ")}),
        bad(
            acl=FRESH | {Grant(f"id:{_THEM}", "READ")}, around=declares(rules={"trusted_users": ["b2" * 32]})
        ),
        bad(acl=FRESH | {Grant("email:someone@example.com", "WRITE")}),
        bad(acl=CANNED["aws-exec-read"]),
    ],
)
def bucket_acl_user_grants(bucket: BucketPosture, estate: Estate) -> Verdict:
    """The bucket's ACL gives nothing to anybody but the owner and AWS's own groups.

    **Why.** An ACL names other accounts by ids of 64 digits that tell nobody anything, holds beside the
    policy, and is left out of most reviews.

    **Fix.** Grant what is needed under `access`, by `principals`, and say `ownership: enforced`, which turns
    ACLs off. An account that has to stay in the ACL goes under `rules: trusted_users`.

    **Exempt it when** a program of the other account cannot be changed and still asks for the ACL.
    """
    strangers = sorted(one for one in bucket.acl if _is_stranger(one, estate))
    faults = (f"the ACL gives {shown(one.grantee, 80)} {one.permission}" for one in strangers)
    return fails_if(*faults, expected="grants to the owner only")


@bucket_acl_user_grants.fix(is_safe=False)
def take_back(bucket: BucketPosture, estate: Estate) -> Change:
    """Takes these grants out of the ACL; whom they were given loses them."""
    return change(bucket, "acl", frozenset(one for one in bucket.acl if not _is_stranger(one, estate)))


def _is_stranger(grant: Grant, estate: Estate) -> bool:
    trusted = {f"id:{user}" for user in estate.terms.trusted_users}
    return grant.grantee.startswith(_USERS) and grant.grantee not in trusted
