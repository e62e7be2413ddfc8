"""What does S3 need to copy a bucket's objects: the role it takes on, and what that role may do?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bucketwright.contract.access.grantees import on_behalf, own_account
from bucketwright.contract.access.keys import key_use
from bucketwright.contract.access.size import MANAGED_POLICY, VERSION, fitting, policy
from bucketwright.contract.access.statement import Json, Statement, allow, one_or_list
from bucketwright.contract.names import derived_name
from bucketwright.contract.placement import bucket_arn

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Replication
    from bucketwright.contract.model import Environment

_READ = ("s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging")
_LOCKS = ("s3:GetObjectLegalHold", "s3:GetObjectRetention")
_COPY = ("s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags")
_GIVE_AWAY = "s3:ObjectOwnerOverrideToBucketOwner"


def replication_role_name(environment: "Environment", bucket_id: str) -> str:
    """The name of the role that S3 copies a bucket's objects with."""
    return derived_name(environment, f"{bucket_id}.replication")


def replication_trust(environment: "Environment", bucket_id: str) -> Json:
    """S3 may take the role on for this bucket alone."""
    tie = on_behalf(own_account(environment), (bucket_arn(environment, bucket_id),))
    condition = {
        operator: {key: one_or_list(values) for key, values in keys.items()} for operator, keys in tie.items()
    }
    trust = {"Principal": {"Service": "s3.amazonaws.com"}, "Action": "sts:AssumeRole", "Condition": condition}
    return {"Version": VERSION, "Statement": [{"Effect": "Allow", **trust}]}


def replication_policy(environment: "Environment", bucket_id: str) -> Json:
    """Read here, write there, and use the keys of both; nothing else."""
    written = policy(_statements(environment, bucket_id))
    return fitting(written, MANAGED_POLICY, f"the replication role of buckets.{bucket_id}")


def _statements(environment: "Environment", bucket_id: str) -> Iterator[Statement]:
    bucket, arn = environment.buckets[bucket_id], bucket_arn(environment, bucket_id)
    yield allow("Source", ("s3:GetReplicationConfiguration", "s3:ListBucket"), (arn,))
    yield allow("Objects", (*_READ, *(_LOCKS if bucket.object_lock else ())), (f"{arn}/*",))
    for number, target in enumerate(bucket.replication, start=1):
        given = (_GIVE_AWAY,) if target.account is not None else ()
        yield allow(f"Copies{number}", (*given, *_COPY), (f"{target_arn(environment, target)}/*",))
        if target.key is not None:
            yield allow(f"CopiesKey{number}", ("kms:Encrypt",), (target.key,))
        elif target.to in environment.buckets:
            yield from key_use(environment, target.to, ("kms:Encrypt",))
    yield from key_use(environment, bucket_id, ("kms:Decrypt",))


def target_arn(environment: "Environment", target: "Replication") -> str:
    """The ARN of the bucket that receives copies."""
    return bucket_arn(environment, target.to) if target.to in environment.buckets else target.to
