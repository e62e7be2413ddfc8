from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.acl import CANNED, FRESH
from bucketwright.facets.grants import (
    ALL_USERS,
    AUTHENTICATED_USERS,
    OWNER,
    Grant,
)
from bucketwright.posture import Estate
from bucketwright.rules.example_access import ROLE, allow, deny, policy, when
from bucketwright.rules.example_public_uses import each_way, opened
from bucketwright.rules.examples import good
from bucketwright.rules.public_uses import WRITE, close_to_everybody, public_uses
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.verdicts import CRITICAL, Verdict, fails_if


@rule(
    "bucket-public-write",
    severity=CRITICAL,
    tier=BASELINE,
    maps_to=["FSBP S3.3"],
    reads=["acl", "policy", "public_access_block", "account.public_access_block"],
    examples=lambda: [
        *each_way(CANNED["public-read-write"], policy(allow(action="s3:PutObject"))),
        good(acl=CANNED["public-read"], policy=policy(allow(), allow(action=["s3:List*", "s3:GetWhatever"]))),
        good(
            acl=FRESH | {Grant(OWNER, "WRITE")},
            policy=policy(allow({"AWS": ROLE}, "s3:*"), deny("*", "s3:*")),
        ),
        good(acl=FRESH, policy=policy(allow({"Service": "logging.s3.amazonaws.com"}, "s3:PutObject"))),
        opened(None, frozenset({Grant(ALL_USERS, "WRITE_ACP")})),
        opened(None, frozenset({Grant(AUTHENTICATED_USERS, "FULL_CONTROL")})),
        opened(policy(allow(action="s3:DeleteBucketPolicy"))),
        opened(policy(allow(action="s3:Frobnicate"))),
        opened(policy(allow(action=None, NotAction="s3:Get*"))),
        opened(policy(when("StringLike", "aws:PrincipalOrgID", "o-*", action="s3:?*Acl"))),
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


close = bucket_public_write.fix(is_safe=False)(close_to_everybody)
