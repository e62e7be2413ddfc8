from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.acl import CANNED, FRESH
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.grants import OWNER, Grant
from bucketwright.posture import Estate
from bucketwright.rules.example_access import ROLE, allow, deny, policy, when
from bucketwright.rules.example_public_uses import each_way, opened
from bucketwright.rules.examples import good
from bucketwright.rules.public_uses import READ, close_to_everybody, public_uses
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.verdicts import CRITICAL, Verdict, fails_if

_POLICY = policy(allow())


@rule(
    "bucket-public-read",
    severity=CRITICAL,
    tier=BASELINE,
    maps_to=["FSBP S3.2"],
    reads=["acl", "policy", "public_access_block", "account.public_access_block"],
    examples=lambda: [
        *each_way(CANNED["public-read"], _POLICY),
        good(acl=FRESH | {Grant(OWNER, "READ")}, policy=policy(allow({"AWS": ROLE}), deny())),
        good(acl=CANNED["log-delivery-write"], policy=policy(when("StringEquals", "aws:SourceVpc", "vpc-1"))),
        good(acl=FRESH, policy=policy(allow(action=["s3:Put*", "s3:DeleteObject", "s3:Frobnicate"]))),
        good(acl=FRESH, policy=policy(allow(action=None, NotAction=["s3:*Get*", "s3:*List*", "s3:?e*"]))),
        opened(_POLICY, CANNED["authenticated-read"], PublicAccessBlock(ignore_acls=False)),
        opened(policy(allow(), deny())),
        opened(policy(allow(action="s3:GetWhatever"))),
        opened(policy(allow({"AWS": ROLE}), allow(action=None, NotAction="s3:GetObject"))),
    ],
)
def bucket_public_read(bucket: BucketPosture, estate: Estate) -> Verdict:
    """Nobody reads or lists objects without being named.

    **Why.** What everybody can read, somebody does: open buckets are found within hours, by machines that
    look for nothing else. Judged is what holds now: ACL and policy, each unless a switch of the bucket or of
    the account takes its effect away. A statement is public as S3 defines it, and a Deny beside it does not
    change that.

    **Fix.** Leave `public_access_block` out of the contract, so that all four switches are on, then take the
    grant out of the ACL and the statement out of the policy. Who is to read gets a line under `access`; what
    the public may read goes through CloudFront, with `delivery: cloudfront` of the prefix.

    **Exempt it when** everybody is meant to read all that the bucket holds, straight from S3.
    """
    return fails_if(*public_uses(bucket, estate, READ), expected="no reading without being named")


close = bucket_public_read.fix(is_safe=False)(close_to_everybody)
