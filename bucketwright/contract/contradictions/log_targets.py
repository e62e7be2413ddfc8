"""Can S3 deliver access logs and inventories where they are sent?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bucketwright.contract.contradictions.scope import Scope
from bucketwright.contract.names import bucket_region
from bucketwright.contract.problems import Fault, Path

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket


def log_bucket(bucket: "Bucket") -> Iterator[Fault]:
    """Settings with which a bucket cannot receive access logs."""
    if bucket.purpose != "access-logs":
        return
    if bucket.encryption.type != "s3":
        path = ("encryption", "type") if bucket.encryption.model_fields_set else ("encryption",)
        message = "S3 delivers access logs only to buckets encrypted with its own keys"
        yield Fault(path, message, (), "encryption: s3")
    if bucket.object_lock is not None and bucket.object_lock.retain is not None:
        message = "S3 delivers no access logs to a bucket with default retention"
        yield Fault(("object_lock", "retain"), message, (), "remove mode and retain")
    if bucket.requester_pays:
        message = "S3 delivers no access logs to a bucket whose callers pay"
        yield Fault(("requester_pays",), message, (), "remove it")


def log_targets(scope: Scope) -> Iterator[Fault]:
    """Targets of access logs and inventories that do not exist or cannot receive them."""
    for bucket_id, bucket in scope.environment.buckets.items():
        above = ("buckets", bucket_id)
        if bucket.access_logs is not None:
            yield from _logs(scope, bucket_id, bucket.access_logs.to, (*above, "access_logs", "to"))
            yield from _below(bucket.access_logs.prefix, (*above, "access_logs", "prefix"))
        if bucket.inventory is not None:
            path = (*above, "inventory", "to")
            yield from scope.unknown_bucket(path, bucket.inventory.to)
            yield from _region(scope, bucket, bucket.inventory.to, path)


def _logs(scope: Scope, bucket_id: str, to: str, path: Path) -> Iterator[Fault]:
    yield from scope.unknown_bucket(path, to)
    target = scope.environment.buckets.get(to)
    if to == bucket_id:
        message = "a bucket that logs to itself logs its own log deliveries, for ever"
        yield Fault(path, message, (), "another bucket of purpose access-logs")
    elif bucket_id in _targets_after(scope, to):
        message = f"{bucket_id} and {to} log to each other: each delivery is logged again, for ever"
        yield Fault(path, message, (), "let one of them log nowhere")
    elif target is not None and target.purpose != "access-logs":
        message = f"the purpose of {to} is {target.purpose}, not access-logs"
        yield Fault(path, message, (), f"{to}: {{purpose: access-logs}}")
    else:
        yield from _region(scope, scope.environment.buckets[bucket_id], to, path)


def _below(prefix: str | None, path: Path) -> Iterator[Fault]:
    if prefix is not None and (not prefix.endswith("/") or prefix.startswith("/")):
        message = "the beginning of the log keys needs a slash at its end and none at its start"
        yield Fault(path, message, (), f"{prefix.strip('/')}/")


def _targets_after(scope: Scope, bucket_id: str) -> Iterator[str]:
    """The buckets to which the logs of a bucket go on: its target, the target's target, and so on."""
    seen: set[str] = set()
    while bucket_id not in seen:
        seen.add(bucket_id)
        bucket = scope.environment.buckets.get(bucket_id)
        if bucket is None or bucket.access_logs is None:
            return
        bucket_id = bucket.access_logs.to
        yield bucket_id


def _region(scope: Scope, bucket: "Bucket", to: str, path: Path) -> Iterator[Fault]:
    environment = scope.environment
    target = environment.buckets.get(to)
    if target is None:
        return
    here, there = bucket_region(environment, bucket), bucket_region(environment, target)
    if here != there:
        message = f"the bucket is in {here}, {to} in {there}; S3 delivers within a region only"
        yield Fault(path, message, (), f"a target in {here}")
