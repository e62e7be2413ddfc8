from dataclasses import replace

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.posture import Estate
from bucketwright.rules.example_access import CLOSED, OPEN, account
from bucketwright.rules.examples import bad, good
from bucketwright.rules.public_block import ALL_ON, SWITCHES, Switch, is_on_for_account, off_in
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.verdicts import LOW, Verdict, fails_if


@rule(
    "block-by-account-only",
    severity=LOW,
    tier=BASELINE,
    reads=["public_access_block", "account.public_access_block"],
    examples=lambda: [
        good(public_access_block=CLOSED),
        good(account(CLOSED), public_access_block=CLOSED),
        good(account(OPEN), public_access_block=OPEN),
        good(
            account(PublicAccessBlock(restrict_buckets=False)),
            public_access_block=PublicAccessBlock(restrict_buckets=False),
        ),
        bad(account(CLOSED), public_access_block=OPEN),
        bad(account(CLOSED), public_access_block=PublicAccessBlock(restrict_buckets=False)),
        bad(account(PublicAccessBlock(block_acls=False)), public_access_block=OPEN),
    ],
)
def block_by_account_only(bucket: BucketPosture, estate: Estate) -> Verdict:
    """The bucket is closed to the public by itself, not by its account alone.

    **Why.** A switch of the account holds for all its buckets, and whoever turns it off for the sake of one
    bucket opens this one as well.

    **Fix.** Leave `public_access_block` out of the contract, or say `true` of each of its four parts, also
    where the contract says `account_block: true`. Nothing changes for anybody: the account refuses already
    what the bucket will refuse.

    **Exempt it when** an organisation's policy holds the account's block, so that nobody in the account can
    turn it off.
    """
    saved = _saved(bucket, estate)
    return fails_if(*(f"{SWITCHES[one]} is on for the account only" for one in saved), expected=ALL_ON)


@block_by_account_only.fix()
def close_by_itself(bucket: BucketPosture, estate: Estate) -> Change:
    """Turns on those switches of the bucket that its account has on; any other stays off."""
    saved = dict.fromkeys(_saved(bucket, estate), True)
    return change(bucket, "public_access_block", replace(bucket.public_access_block, **saved))


def _saved(bucket: BucketPosture, estate: Estate) -> tuple[Switch, ...]:
    return tuple(one for one in off_in(bucket.public_access_block) if is_on_for_account(estate, one))
