"""Which of the four public access settings are in force for a bucket: its own, or its account's."""

from dataclasses import dataclass

from moto.s3.models import FakeBucket, PublicAccessBlock

from sandbox.server.held import control_of


@dataclass(frozen=True, slots=True)
class Blocks:
    """The four settings."""

    public_acls: bool = False
    ignored_acls: bool = False
    public_policy: bool = False
    restricted: bool = False

    def __or__(self, other: "Blocks") -> "Blocks":
        return Blocks(
            self.public_acls or other.public_acls,
            self.ignored_acls or other.ignored_acls,
            self.public_policy or other.public_policy,
            self.restricted or other.restricted,
        )


def blocks_on(bucket: FakeBucket) -> Blocks:
    """The most restrictive of what the bucket and its account say."""
    return _read(bucket.public_access_block) | blocks_of(bucket.account_id, bucket.region_name)


def blocks_of(account: str, region: str) -> Blocks:
    """What an account says for all its buckets."""
    return _read(control_of(account, region).public_access_block)


def _read(block: PublicAccessBlock | None) -> Blocks:
    if block is None:
        return Blocks()
    return Blocks(
        block.block_public_acls,
        block.ignore_public_acls,
        block.block_public_policy,
        block.restrict_public_buckets,
    )
