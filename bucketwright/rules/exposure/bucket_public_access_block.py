from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.posture import Estate
from bucketwright.rules.example_access import CLOSED, OPEN, account
from bucketwright.rules.examples import bad, good
from bucketwright.rules.public_block import ALL_ON, SWITCHES, is_on
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.verdicts import HIGH, Verdict, fails_if


@rule(
    "bucket-public-access-block",
    severity=HIGH,
    tier=BASELINE,
    maps_to=["FSBP S3.8"],
    reads=["public_access_block", "account.public_access_block"],
    examples=lambda: [
        good(public_access_block=CLOSED),
        good(account(OPEN), public_access_block=CLOSED),
        good(account(CLOSED), public_access_block=OPEN),
        good(
            account(PublicAccessBlock(block_acls=False, ignore_acls=False)),
            public_access_block=PublicAccessBlock(block_policy=False, restrict_buckets=False),
        ),
        bad(account(OPEN), public_access_block=OPEN),
        bad(account(OPEN), public_access_block=PublicAccessBlock(block_acls=False)),
        bad(account(OPEN), public_access_block=PublicAccessBlock(ignore_acls=False)),
        bad(account(OPEN), public_access_block=PublicAccessBlock(block_policy=False)),
        bad(account(OPEN), public_access_block=PublicAccessBlock(restrict_buckets=False)),
        bad(
            account(PublicAccessBlock(ignore_acls=False)),
            public_access_block=PublicAccessBlock(ignore_acls=False, restrict_buckets=False),
        ),
    ],
)
def bucket_public_access_block(bucket: BucketPosture, estate: Estate) -> Verdict:
    """All four switches against public access are on, in the bucket or in its account.

    **Why.** With the switches on, a policy or an ACL that lets everybody in does no harm: S3 refuses new ones
    and takes no notice of old ones. With one off, a single mistaken line of a policy is enough.

    **Fix.** Leave `public_access_block` out of the contract, or say `true` of each of its four parts. What
    outsiders may read goes through CloudFront: say `delivery: cloudfront` of the prefix. Programs that read
    without credentials today stop working.

    **Exempt it when** the bucket is meant to be read by everybody straight from S3, and holds nothing else.
    """
    off = [name for switch, name in SWITCHES.items() if not is_on(bucket, estate, switch)]
    return fails_if(*(f"{name} is off, in the bucket and in the account" for name in off), expected=ALL_ON)


@bucket_public_access_block.fix(is_safe=False)
def close(bucket: BucketPosture, _: Estate) -> Change:
    """Turns on all four switches of the bucket; whoever reads or writes it without being named loses that."""
    return change(bucket, "public_access_block", CLOSED)
