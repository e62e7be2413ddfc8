from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.acl import CANNED, FRESH
from bucketwright.facets.grants import (
    ALL_USERS,
    AUTHENTICATED_USERS,
    LOG_DELIVERY,
    Grant,
)
from bucketwright.posture import Estate
from bucketwright.rules.acl_grants import WRITING, given_to, said
from bucketwright.rules.example_access import CLOSED
from bucketwright.rules.examples import bad, good
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.verdicts import CRITICAL, Verdict, fails_if


@rule(
    "acl-public-write",
    severity=CRITICAL,
    tier=BASELINE,
    reads=["acl"],
    examples=lambda: [
        good(acl=FRESH),
        good(acl=CANNED["public-read"]),
        good(acl=frozenset({Grant(LOG_DELIVERY, "WRITE")})),
        good(acl=frozenset({Grant(ALL_USERS, "READ_ACP")})),
        good(acl=frozenset({Grant(AUTHENTICATED_USERS, "WRITE")})),
        bad(acl=CANNED["public-read-write"], public_access_block=CLOSED),
        bad(acl=frozenset({Grant(ALL_USERS, "WRITE_ACP")})),
        bad(acl=frozenset({Grant(ALL_USERS, "FULL_CONTROL")})),
    ],
)
def acl_public_write(bucket: BucketPosture, _: Estate) -> Verdict:
    """The ACL lets nobody put objects or change the ACL without being named.

    **Why.** With WRITE everybody on earth puts objects into the bucket and replaces those that are there;
    with WRITE_ACP everybody gives themselves the rest. Judged is the ACL as it is read, whatever the public
    access block makes of it.

    **Fix.** Say `ownership: enforced` of the bucket, which turns ACLs off, or `acl: private` where they are
    needed. Who is to write gets a line under `access`.

    **Exempt it when** never: strangers who are to upload get presigned links.
    """
    open_to = given_to(bucket.acl, {ALL_USERS}, WRITING)
    return fails_if(*map(said, open_to), expected="no grant of writing to everyone")


@acl_public_write.fix(is_safe=False)
def withdraw(bucket: BucketPosture, _: Estate) -> Change:
    """Takes the grants of writing to everyone out of the ACL; all others stay."""
    return change(bucket, "acl", bucket.acl - {*given_to(bucket.acl, {ALL_USERS}, WRITING)})
