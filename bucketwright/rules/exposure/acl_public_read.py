from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.acl import CANNED, FRESH
from bucketwright.facets.grants import ALL_USERS, AUTHENTICATED_USERS, Grant
from bucketwright.posture import Estate
from bucketwright.rules.acl_grants import READING, given_to, said
from bucketwright.rules.example_access import CLOSED
from bucketwright.rules.examples import bad, good
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.verdicts import CRITICAL, Verdict, fails_if


@rule(
    "acl-public-read",
    severity=CRITICAL,
    tier=BASELINE,
    reads=["acl"],
    examples=lambda: [
        good(acl=FRESH),
        good(acl=CANNED["log-delivery-write"]),
        good(acl=CANNED["authenticated-read"]),
        good(acl=frozenset({Grant(ALL_USERS, "WRITE"), Grant(ALL_USERS, "WRITE_ACP")})),
        good(acl=frozenset({Grant(AUTHENTICATED_USERS, "READ_ACP")})),
        bad(acl=CANNED["public-read"], public_access_block=CLOSED),
        bad(acl=frozenset({Grant(ALL_USERS, "READ_ACP")})),
        bad(acl=frozenset({Grant(ALL_USERS, "FULL_CONTROL")})),
    ],
)
def acl_public_read(bucket: BucketPosture, _: Estate) -> Verdict:
    """The ACL lets nobody list the bucket or read its ACL without being named.

    **Why.** With READ everybody sees the name of every object, which is often enough to guess the rest; with
    READ_ACP who else may do what. Judged is the ACL as it is read, whatever the public access block makes of
    it; while that block ignores public ACLs, S3 does not show their grants.

    **Fix.** Say `ownership: enforced` of the bucket, which turns ACLs off, or `acl: private` where they are
    needed. Who is to list gets a line under `access`.

    **Exempt it when** the list of the objects is meant for everybody.
    """
    open_to = given_to(bucket.acl, {ALL_USERS}, READING)
    return fails_if(*map(said, open_to), expected="no grant of reading to everyone")


@acl_public_read.fix(is_safe=False)
def withdraw(bucket: BucketPosture, _: Estate) -> Change:
    """Takes the grants of reading to everyone out of the ACL; all others stay."""
    return change(bucket, "acl", bucket.acl - {*given_to(bucket.acl, {ALL_USERS}, READING)})
