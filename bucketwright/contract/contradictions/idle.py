"""Is anything set that does nothing, beside what else is set?"""

from collections.abc import Iterator

from bucketwright.contract.buckets import Bucket
from bucketwright.contract.problems import Fault


def idle(bucket: Bucket) -> Iterator[Fault]:
    """Settings that another setting makes idle, where they were written."""
    if not bucket.require_tls and "tls_minimum" in bucket.model_fields_set:
        message = "plain HTTP is let in, so no TLS version is asked for"
        yield Fault(("tls_minimum",), message, (), "remove it, or require_tls: true")
    if (
        bucket.versioning == "disabled"
        and bucket.inventory is not None
        and bucket.inventory.versions == "all"
    ):
        message = "without versioning there are current versions only"
        yield Fault(("inventory", "versions"), message, (), "remove it, or versioning: enabled")
    for prefix_id, prefix in bucket.prefixes.items():
        if prefix.write.on_clash == "suffix" and prefix.write.mode != "create":
            message = f"a write with {prefix.write.mode} never picks another name"
            path = ("prefixes", prefix_id, "write", "on_clash")
            yield Fault(path, message, (), "remove it, or mode: create")
