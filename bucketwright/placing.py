"""Where in the contract is what a finding is about?"""

from collections.abc import Mapping
from typing import Final

from bucketwright.contract.buckets import Bucket
from bucketwright.contract.model import Environment
from bucketwright.contract.problems import Path
from bucketwright.findings import Finding

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
    "tls-minimum-version": "tls_minimum",
    "tls-only": "require_tls",
}
"""Of the rules that go by a bucket's name or policy: which field makes what they look at."""


def path_of(finding: Finding, environment: Environment) -> Path | None:
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
    if subject.prefix in environment.buckets[subject.bucket].prefixes:
        return (*above, "prefixes", subject.prefix)
    if kind == "bucket":
        first = next(iter(finding.facts), "")
        field = _OF_RULE.get(finding.rule) or _FIELDS.get(first, first)
        return (*above, field) if field in Bucket.model_fields else above
    return (*above, _OF_KIND[kind]) if kind in _OF_KIND else above


_OF_KIND: Final[Mapping[str, str]] = {"key": "encryption", "distribution": "cloudfront"}
