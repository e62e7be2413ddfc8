"""Can S3 copy objects from here to there?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bucketwright.contract.contradictions.arns import key_faults, parts
from bucketwright.contract.contradictions.scope import Scope
from bucketwright.contract.problems import Fault

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket, Replication


def replication(scope: Scope) -> Iterator[Fault]:
    """Copies that S3 would refuse or never make."""
    for bucket_id, bucket in scope.environment.buckets.items():
        if bucket.replication and bucket.versioning != "enabled":
            message = "S3 copies versions, and versioning is not enabled"
            yield Fault(("buckets", bucket_id, "replication"), message, (), "versioning: enabled")
        for index, rule in enumerate(bucket.replication):
            for place, prefix_id in enumerate(rule.prefixes):
                yield from scope.unknown_prefix(
                    ("buckets", bucket_id, "replication", index, "prefixes", place), bucket_id, prefix_id
                )
            faults = _abroad(scope, bucket, rule) if ":" in rule.to else _at_home(scope, bucket_id, rule)
            yield from (fault.under("buckets", bucket_id, "replication", index) for fault in faults)


def _at_home(scope: Scope, bucket_id: str, rule: "Replication") -> Iterator[Fault]:
    source, target = scope.environment.buckets[bucket_id], scope.environment.buckets.get(rule.to)
    yield from scope.unknown_bucket(("to",), rule.to)
    if rule.to == bucket_id:
        yield Fault(("to",), "a bucket cannot be copied to itself")
    elif target is not None and target.versioning != "enabled":
        message = f"S3 copies only to versioned buckets, and versioning of {rule.to} is {target.versioning}"
        yield Fault(("to",), message, (), f"{rule.to}: {{versioning: enabled}}")
    elif target is not None and target.encryption.type == "s3" and source.encryption.type != "s3":
        message = f"objects under a KMS key are copied only under another, and {rule.to} has none"
        yield Fault(("to",), message, (), f"{rule.to}: {{encryption: kms}}")
    if target is not None and source.object_lock is not None and target.object_lock is None:
        message = f"S3 copies from a bucket with object lock only to another, and {rule.to} has none"
        yield Fault(("to",), message, (), f"{rule.to}: {{versioning: enabled, object_lock: {{}}}}")
    if rule.account is not None:
        yield Fault(("account",), f"{rule.to} is of this contract, so its account is known", (), "remove it")
    if rule.key is not None:
        message = f"{rule.to} is of this contract, so its key is known"
        yield Fault(("key",), message, (), "remove it")


def _abroad(scope: Scope, bucket: "Bucket", rule: "Replication") -> Iterator[Fault]:
    found = parts(rule.to)
    if found.service != "s3" or found.region or found.account or "/" in found.resource:
        yield Fault(("to",), "the ARN of a bucket is needed", (), "such as arn:aws:s3:::copies-of-files")
    elif found.partition != scope.environment.partition:
        yield Fault(("to",), f"S3 does not copy from {scope.environment.partition} to {found.partition}")
    if rule.key is not None:
        yield from (
            Fault(("key",), message) for message in key_faults(rule.key, scope.environment.partition, None)
        )
    elif bucket.encryption.type != "s3":
        message = "objects under a KMS key are copied only if the key of the copies is given"
        yield Fault(("to",), message, (), "key: the ARN of a key in the target's region")
