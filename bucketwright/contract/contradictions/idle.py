"""Is anything set that does nothing, beside what else is set?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bucketwright.contract.contradictions.scope import each, readable
from bucketwright.contract.problems import Fault

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket
    from bucketwright.contract.prefixes import Prefix


def idle(bucket: "Bucket") -> Iterator[Fault]:
    """Settings that another setting makes idle, where they were written."""
    yield from each(_tls(bucket), _listed(bucket))
    for prefix_id, prefix in bucket.prefixes.items():
        yield from (fault.under("prefixes", prefix_id) for fault in readable(_names(prefix)))


def _tls(bucket: "Bucket") -> Iterator[Fault]:
    if not bucket.require_tls and "tls_minimum" in bucket.model_fields_set:
        message = "plain HTTP is let in, so no TLS version is asked for"
        yield Fault(("tls_minimum",), message, (), "remove it, or require_tls: true")


def _listed(bucket: "Bucket") -> Iterator[Fault]:
    listed = bucket.inventory
    if bucket.versioning == "disabled" and listed is not None and listed.versions == "all":
        message = "without versioning there are current versions only"
        yield Fault(("inventory", "versions"), message, (), "remove it, or versioning: enabled")


def _names(prefix: "Prefix") -> Iterator[Fault]:
    if prefix.write.on_clash == "suffix" and prefix.write.mode != "create":
        message = f"a write with {prefix.write.mode} never picks another name"
        yield Fault(("write", "on_clash"), message, (), "remove it, or mode: create")
