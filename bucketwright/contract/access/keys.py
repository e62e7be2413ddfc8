"""What a role needs of KMS: the keys of its buckets alone, and only through S3."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bucketwright.contract.access.statement import Condition, Statement, allow, sid_part
from bucketwright.contract.access.verbs import buckets_of, key_actions
from bucketwright.contract.names import bucket_name, bucket_region
from bucketwright.contract.partitions import partition_of

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket
    from bucketwright.contract.model import Environment
    from bucketwright.contract.roles import Access


def key_alias(environment: "Environment", bucket_id: str) -> str:
    """The alias of the key this project makes for a bucket; KMS takes no dots in it."""
    return f"alias/{bucket_name(environment, bucket_id).replace('.', '_')}"


def has_own_key(bucket: "Bucket") -> bool:
    """Whether this project makes a KMS key for the bucket."""
    return bucket.encryption.type != "s3" and bucket.encryption.key == "managed"


def given_key(bucket: "Bucket") -> str | None:
    """The ARN of the KMS key that is somebody else's to make; None where the bucket needs none."""
    wanted = bucket.encryption
    return None if wanted.type == "s3" or wanted.key == "managed" else wanted.key


def via_s3(environment: "Environment", bucket_id: str) -> Condition:
    """The condition that S3 asks on somebody's behalf, in the bucket's region."""
    region = bucket_region(environment, environment.buckets[bucket_id])
    suffix = ".cn" if partition_of(region) == "aws-cn" else ""
    return {"StringEquals": {"kms:ViaService": f"s3.{region}.amazonaws.com{suffix}"}}


def key_statements(environment: "Environment", access: "Access") -> Iterator[Statement]:
    """What the grants of a role in all buckets need."""
    for bucket_id in buckets_of(access):
        yield from key_use(environment, bucket_id, key_actions(access, bucket_id))


def key_use(environment: "Environment", bucket_id: str, actions: tuple[str, ...]) -> Iterator[Statement]:
    """The use of a bucket's KMS key through S3; nothing for a bucket that has none."""
    if actions and environment.buckets[bucket_id].encryption.type != "s3":
        key, alias = [_key(environment, bucket_id)], _by_alias(environment, bucket_id)
        use = allow(f"{sid_part(bucket_id)}Key", actions, key, via_s3(environment, bucket_id))
        yield use.tied_to(alias)


def _key(environment: "Environment", bucket_id: str) -> str:
    """The given key's ARN; for one of ours, whose id is not known before it exists, any key by its alias."""
    bucket = environment.buckets[bucket_id]
    region = bucket_region(environment, bucket)
    return given_key(bucket) or f"arn:{partition_of(region)}:kms:{region}:{environment.account or '*'}:key/*"


def _by_alias(environment: "Environment", bucket_id: str) -> Condition:
    """The condition that means a key of ours by its alias; a given key is named already."""
    if given_key(environment.buckets[bucket_id]) is not None:
        return {}
    alias: Condition = {
        "ForAnyValue:StringEquals": {"kms:ResourceAliases": key_alias(environment, bucket_id)}
    }
    same_account: Condition = {"StringEquals": {"aws:ResourceAccount": "${aws:PrincipalAccount}"}}
    return alias if environment.account is not None else {**same_account, **alias}
