from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.acl import CANNED, FRESH
from bucketwright.facets.grants import AUTHENTICATED_USERS, Grant
from bucketwright.posture import Estate
from bucketwright.rules.acl_grants import READING, WRITING, given_to, said
from bucketwright.rules.example_access import CLOSED
from bucketwright.rules.examples import bad, good
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.verdicts import CRITICAL, Verdict, fails_if

_ANY = READING | WRITING


@rule(
    "acl-authenticated-users",
    severity=CRITICAL,
    tier=BASELINE,
    reads=["acl"],
    examples=lambda: [
        good(acl=FRESH),
        good(acl=CANNED["public-read-write"]),
        good(acl=CANNED["log-delivery-write"]),
        good(acl=frozenset({Grant("id:" + "ab" * 32, "FULL_CONTROL")})),
        bad(acl=CANNED["authenticated-read"], public_access_block=CLOSED),
        bad(acl=frozenset({Grant(AUTHENTICATED_USERS, "WRITE")})),
        bad(acl=frozenset({Grant(AUTHENTICATED_USERS, "READ_ACP")})),
        bad(acl=frozenset({Grant(AUTHENTICATED_USERS, "WRITE_ACP")})),
        bad(acl=frozenset({Grant(AUTHENTICATED_USERS, "FULL_CONTROL")})),
    ],
)
def acl_authenticated_users(bucket: BucketPosture, _: Estate) -> Verdict:
    """The ACL gives nothing to everyone who has any AWS account.

    **Why.** The group is called AuthenticatedUsers, and is not that of your users: whoever opens an AWS
    account of their own belongs to it. Judged is the ACL as it is read, whatever the public access block
    makes of it.

    **Fix.** Say `ownership: enforced` of the bucket, which turns ACLs off, or `acl: private` where they are
    needed. Who is to have access gets a line under `access`.

    **Exempt it when** what the bucket holds is meant for everybody.
    """
    open_to = given_to(bucket.acl, {AUTHENTICATED_USERS}, _ANY)
    return fails_if(*map(said, open_to), expected="no grant to AuthenticatedUsers")


@acl_authenticated_users.fix(is_safe=False)
def withdraw(bucket: BucketPosture, _: Estate) -> Change:
    """Takes the grants to that group out of the ACL; all others stay."""
    return change(bucket, "acl", bucket.acl - {*given_to(bucket.acl, {AUTHENTICATED_USERS}, _ANY)})
