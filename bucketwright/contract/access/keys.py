"""What a grant needs of KMS: the keys of its buckets alone, and only through S3."""

from collections.abc import Iterator

from bucketwright.contract.access.statement import Condition, Statement, allow, sid_part
from bucketwright.contract.access.verbs import buckets_of, held
from bucketwright.contract.model import Environment, partition_of
from bucketwright.contract.names import bucket_name, bucket_region
from bucketwright.contract.roles import Access


def key_alias(environment: Environment, bucket_id: str) -> str:
    """The alias of the key this project makes for a bucket; KMS takes no dots in it."""
    return f"alias/{bucket_name(environment, bucket_id).replace('.', '_')}"


def key_statements(environment: Environment, access: Access) -> Iterator[Statement]:
    """Decrypting for readers, new data keys for writers; a multipart upload needs both."""
    for bucket_id in buckets_of(access):
        encrypted = environment.buckets[bucket_id].encryption.type != "s3"
        writes = held(access, "write", bucket_id)
        if encrypted and (writes or held(access, "read", bucket_id)):
            action = ["kms:Decrypt", "kms:GenerateDataKey"] if writes else ["kms:Decrypt"]
            key, through = [_key(environment, bucket_id)], _only(environment, bucket_id)
            yield allow(f"{sid_part(bucket_id)}Key", action, key, through)


def _key(environment: Environment, bucket_id: str) -> str:
    """The given key's ARN; for one of ours, whose id is not known before it exists, any key by its alias."""
    bucket = environment.buckets[bucket_id]
    if bucket.encryption.key != "managed":
        return bucket.encryption.key
    region = bucket_region(environment, bucket)
    return f"arn:{partition_of(region)}:kms:{region}:{environment.account or '*'}:key/*"


def _only(environment: Environment, bucket_id: str) -> Condition:
    bucket = environment.buckets[bucket_id]
    region = bucket_region(environment, bucket)
    suffix = ".cn" if partition_of(region) == "aws-cn" else ""
    equals = {"kms:ViaService": f"s3.{region}.amazonaws.com{suffix}"}
    if bucket.encryption.key != "managed":
        return {"StringEquals": equals}
    if environment.account is None:
        equals["aws:ResourceAccount"] = "${aws:PrincipalAccount}"
    alias = {"kms:ResourceAliases": key_alias(environment, bucket_id)}
    return {"StringEquals": equals, "ForAnyValue:StringEquals": alias}
