"""Which of S3's four switches against public access hold for a bucket: its own, and its account's?"""

from collections.abc import Mapping
from typing import Final, Literal

from bucketwright.estate import AccountPosture, BucketPosture
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.posture import Estate

Switch = Literal["block_acls", "ignore_acls", "block_policy", "restrict_buckets"]
SWITCHES: Final[Mapping[Switch, str]] = {
    "block_acls": "BlockPublicAcls",
    "ignore_acls": "IgnorePublicAcls",
    "block_policy": "BlockPublicPolicy",
    "restrict_buckets": "RestrictPublicBuckets",
}
"""Each with S3's name of it."""
ALL_ON: Final = f"{', '.join(SWITCHES.values())} on"


def off_in(block: PublicAccessBlock) -> tuple[Switch, ...]:
    """The switches that a block leaves off."""
    return tuple(switch for switch in SWITCHES if not getattr(block, switch))


def is_on(bucket: BucketPosture, estate: Estate, switch: Switch) -> bool:
    """Whether a switch holds for the bucket: S3 takes the stricter of bucket and account.

    One that is known to be on decides, whatever the other says.
    """
    own = bucket.told("public_access_block")
    if isinstance(own, PublicAccessBlock) and switch not in off_in(own):
        return True
    return is_on_for_account(estate, switch) or switch not in off_in(bucket.public_access_block)


def is_on_for_account(estate: Estate, switch: Switch) -> bool:
    """Whether the account turns a switch on for all its buckets."""
    return switch not in off_in(estate.only(AccountPosture).public_access_block)
