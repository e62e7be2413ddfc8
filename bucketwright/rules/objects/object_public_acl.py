from typing import Final

from bucketwright.facets.grants import (
    ALL_USERS,
    AUTHENTICATED_USERS,
    OWNER,
    Grant,
)
from bucketwright.objects.postures import ObjectPosture
from bucketwright.posture import Estate
from bucketwright.rules.acl_grants import GROUPS, READING, WRITING, given_to, said
from bucketwright.rules.example_access import CLOSED, OPEN, account
from bucketwright.rules.example_objects import bad, bucket, good
from bucketwright.rules.home_bucket import home
from bucketwright.rules.partly_known import faults_unless
from bucketwright.rules.public_block import is_on
from bucketwright.rules.rule import BASELINE, DEPLOYED, Change, change, rule
from bucketwright.verdicts import HIGH, Verdict, fails_if

_PRIVATE: Final = frozenset({Grant(OWNER, "FULL_CONTROL")})
_PUBLIC: Final = _PRIVATE | {Grant(ALL_USERS, "READ")}
_WITH_ACLS: Final = bucket(ownership="ObjectWriter", public_access_block=OPEN)


@rule(
    "object-public-acl",
    severity=HIGH,
    tier=BASELINE,
    lenses=DEPLOYED,
    reads=["acl", "bucket", "bucket.ownership", "bucket.public_access_block", "account.public_access_block"],
    examples=lambda: [
        good(_WITH_ACLS, account(OPEN), acl=_PRIVATE),
        good(_WITH_ACLS, account(CLOSED), acl=_PUBLIC),
        good(bucket(ownership="BucketOwnerEnforced", public_access_block=OPEN), acl=_PUBLIC),
        good(bucket(ownership="ObjectWriter", public_access_block=CLOSED), acl=_PUBLIC),
        good(_WITH_ACLS, account(OPEN), acl=_PRIVATE | {Grant("id:abc", "READ")}),
        bad(_WITH_ACLS, account(OPEN), acl=_PUBLIC),
        bad(_WITH_ACLS, account(OPEN), acl=_PRIVATE | {Grant(ALL_USERS, "WRITE_ACP")}),
        bad(_WITH_ACLS, account(OPEN), acl=_PRIVATE | {Grant(AUTHENTICATED_USERS, "READ")}),
    ],
)
def object_public_acl(one: ObjectPosture, estate: Estate) -> Verdict:
    """No object is open to the world by an ACL of its own.

    **Why.** An object's own ACL can open it although nothing said of the bucket does: who looks at buckets
    alone does not see it. Authenticated users are everyone with any AWS account.

    **Fix.** Say `ownership: enforced` of the bucket, which turns all ACLs off; or give the object the ACL
    `private`. Until then `ignore_acls: true` under `public_access_block` makes public grants void.

    **Exempt it when** the object is meant for everyone and cannot be delivered through CloudFront.
    """
    lies_in = home(one, estate)

    def is_void() -> bool:
        return lies_in.ownership == "BucketOwnerEnforced" or is_on(lies_in, estate, "ignore_acls")

    public = faults_unless(is_void, lambda: map(said, given_to(one.acl, GROUPS, READING | WRITING)))
    return fails_if(*public, expected="no grant to everyone")


@object_public_acl.fix(is_safe=False)
def close(one: ObjectPosture, _: Estate) -> Change:
    """Takes the public grants off the object and leaves the others; whoever read it without a key is out."""
    return change(one, "acl", frozenset(grant for grant in one.acl if grant.grantee not in GROUPS))
