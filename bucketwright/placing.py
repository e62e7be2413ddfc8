"""Where in the contract is what a finding is about?"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from bucketwright.contract.buckets import Bucket
from bucketwright.contract.placement import places
from bucketwright.contract.problems import Path
from bucketwright.findings import Finding, Subject

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment

_FIELDS: Final[Mapping[str, str]] = {
    "blocks_sse_c": "block_sse_c",
    "force_destroy": "destroy_objects",
    "lifecycle": "prefixes",
    "logging": "access_logs",
}
"""What the contract calls a fact of a bucket that it does not call by the fact's name."""
_OF_RULE: Final[Mapping[str, str]] = {
    "name-convention": "name",
    "name-has-dots": "name",
    "object-outside-layout": "prefixes",
    "tls-minimum-version": "tls_minimum",
    "tls-only": "require_tls",
}
"""Of the rules that go by a bucket's name, policy or layout: which field makes what they look at."""
_OF_CONTENT: Final[Mapping[str, str]] = {
    "bucket_key": "encryption",
    "customer_key": "block_sse_c",
    "encryption": "encryption",
    "encryption_key": "encryption",
    "initiated": "abort_uploads",
    "replication_status": "replication",
    "retain_until": "object_lock",
}
"""Which field of a bucket makes a fact of what lies in it."""
_OF_PREFIX: Final[Mapping[str, str]] = {
    "cache_control": "delivery",
    "content_disposition": "delivery",
    "content_encoding": "delivery",
    "content_type": "types",
    "modified": "expire",
    "newer_noncurrent": "noncurrent",
    "storage_class": "archive",
    "tags": "tags",
}
"""Which field of a prefix does."""


def path_of(finding: Finding, environment: "Environment") -> Path | None:
    """The smallest part of the contract that speaks of it; None where it speaks of nothing of the kind."""
    subject = finding.subject
    kind, _, identifier = subject.address.partition(":")
    if kind == "account":
        return ("account_block",)
    if kind == "role":
        return ("access", identifier) if identifier in environment.access else None
    if subject.bucket not in environment.buckets:
        return None
    above = ("buckets", subject.bucket)
    if subject.key or subject.prefix:
        return (*above, *_within(finding, environment))
    if kind == "bucket":
        first = next(iter(finding.facts), "")
        field = _OF_RULE.get(finding.rule) or _FIELDS.get(first, first)
        return (*above, field) if field in Bucket.model_fields else above
    return (*above, _OF_KIND[kind]) if kind in _OF_KIND else above


_OF_KIND: Final[Mapping[str, str]] = {"key": "encryption", "distribution": "cloudfront"}


def _within(finding: Finding, environment: "Environment") -> Path:
    """Below the bucket: where it speaks of what lies in it, or of one prefix."""
    subject, first = finding.subject, next(iter(finding.facts), "")
    if subject.key and first in _OF_CONTENT:
        return (_OF_CONTENT[first],)
    prefix_id = subject.prefix or _owner(subject, environment)
    prefix = environment.buckets[subject.bucket].prefixes.get(prefix_id)
    if prefix is None:
        return (_OF_RULE[finding.rule],) if finding.rule in _OF_RULE else ()
    field = _OF_PREFIX.get(first, "")
    is_said = field in prefix.model_fields_set
    return ("prefixes", prefix_id, field) if is_said else ("prefixes", prefix_id)


def _owner(subject: Subject, environment: "Environment") -> str:
    """The declared prefix in which a key lies; empty where it lies in none, or in several."""
    key = subject.key
    several = (one for one in places(environment, subject.bucket) if key.startswith(one.path.literal_head))
    owners = [one.prefix_id for one in several if one.keys.owns(key)]
    return owners[0] if len(owners) == 1 else ""
