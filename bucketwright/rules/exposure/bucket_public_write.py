from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.acl import ALL_USERS, AUTHENTICATED_USERS, CANNED, FRESH, OWNER, Grant
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.posture import Estate
from bucketwright.rules.example_access import CLOSED, OPEN, ROLE, account, allow, deny, policy, when
from bucketwright.rules.examples import bad, good
from bucketwright.rules.public_uses import WRITE, public_uses
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.verdicts import CRITICAL, Verdict, fails_if

_OPEN_ACL = CANNED["public-read-write"]
_POLICY = policy(allow(action="s3:PutObject"))
_ACLS = PublicAccessBlock(ignore_acls=False)
_POLICIES = PublicAccessBlock(restrict_buckets=False)


@rule(
    "bucket-public-write",
    severity=CRITICAL,
    tier=BASELINE,
    maps_to=["FSBP S3.3"],
    reads=["acl", "policy", "public_access_block", "account.public_access_block"],
    examples=[
        good(public_access_block=OPEN, acl=FRESH, policy=None),
        good(public_access_block=CLOSED, acl=_OPEN_ACL, policy=_POLICY),
        good(account(CLOSED), public_access_block=OPEN, acl=_OPEN_ACL, policy=_POLICY),
        good(account(_ACLS), public_access_block=_POLICIES, acl=_OPEN_ACL, policy=_POLICY),
        good(acl=CANNED["public-read"], policy=policy(allow(), allow(action=["s3:List*", "s3:GetWhatever"]))),
        good(
            acl=FRESH | {Grant(OWNER, "WRITE")},
            policy=policy(allow({"AWS": ROLE}, "s3:*"), deny("*", "s3:*")),
        ),
        good(acl=FRESH, policy=policy(allow({"Service": "logging.s3.amazonaws.com"}, "s3:PutObject"))),
        bad(account(OPEN), public_access_block=OPEN, acl=FRESH, policy=_POLICY),
        bad(account(OPEN), public_access_block=_POLICIES, acl=_OPEN_ACL, policy=_POLICY),
        bad(account(OPEN), public_access_block=_ACLS, acl=_OPEN_ACL, policy=None),
        bad(
            account(OPEN),
            public_access_block=OPEN,
            acl=frozenset({Grant(ALL_USERS, "WRITE_ACP")}),
            policy=None,
        ),
        bad(
            account(OPEN),
            public_access_block=OPEN,
            acl=frozenset({Grant(AUTHENTICATED_USERS, "FULL_CONTROL")}),
            policy=None,
        ),
        bad(
            account(OPEN),
            public_access_block=OPEN,
            acl=FRESH,
            policy=policy(allow(action="s3:DeleteBucketPolicy")),
        ),
        bad(account(OPEN), public_access_block=OPEN, acl=FRESH, policy=policy(allow(action="s3:Frobnicate"))),
        bad(
            account(OPEN),
            public_access_block=OPEN,
            acl=FRESH,
            policy=policy(allow(action=None, NotAction="s3:Get*")),
        ),
        bad(
            account(OPEN),
            public_access_block=OPEN,
            acl=FRESH,
            policy=policy(when("StringLike", "aws:PrincipalOrgID", "o-*", action="s3:?*Acl")),
        ),
    ],
)
def bucket_public_write(bucket: BucketPosture, estate: Estate) -> Verdict:
    """Nobody writes, deletes or changes permissions without being named.

    **Why.** Whoever may write puts what they like under your name and on your bill, and whoever may delete
    may hold your objects to ransom. Judged is what holds now: ACL and policy, each unless a switch of the
    bucket or of the account takes its effect away. Every action counts that does more than read.

    **Fix.** Leave `public_access_block` out of the contract, so that all four switches are on, then take the
    grant out of the ACL and the statement out of the policy. Who is to write gets a line under `access`;
    uploads of people without credentials go by presigned links.

    **Exempt it when** strangers are meant to upload here, and nothing else lies in the bucket.
    """
    return fails_if(*public_uses(bucket, estate, WRITE), expected="no writing without being named")


@bucket_public_write.fix(is_safe=False)
def close(bucket: BucketPosture, _: Estate) -> Change:
    """Turns on all four switches of the bucket, which ends every kind of public access; grants in the ACL and
    statements of the policy stay, without effect."""
    return change(bucket, "public_access_block", CLOSED)
