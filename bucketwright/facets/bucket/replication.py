"""Replication: which new objects does S3 copy, where, and as what?"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Final

from bucketwright.contract.buckets import Replication as Stated
from bucketwright.contract.lifecycle.classes import s3_class
from bucketwright.facets.facet import BucketScope, Declared, Planned, Resolve, agreed
from bucketwright.facets.filters import ALL, prefix_filter
from bucketwright.facets.references import resolved
from bucketwright.facets.replication_rules import ReplicationRule, planned_rule, rule_args
from bucketwright.facets.said import Said
from bucketwright.posture import UNSET, Unset, reference


@dataclass(frozen=True, slots=True)
class Replication:
    """All rules, by priority, and the role with which S3 copies."""

    role: str
    """An address, or a stranger's ARN."""
    rules: tuple[ReplicationRule, ...]


KIND: Final = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"
FRESH: Final[Replication | None] = None


def role_address(bucket_id: str) -> str:
    """The role with which S3 copies a bucket; no grantee's id has a slash."""
    return reference("role", f"{bucket_id}/replication")


def wanted(scope: BucketScope) -> Replication | None:
    rules = tuple(_rules(scope))
    return Replication(role_address(scope.bucket_id), rules) if rules else None


def to_args(value: Replication | None, resolve: Resolve) -> tuple[Declared, ...]:
    if value is None:
        return ()
    rules = [rule_args(rule, resolve) for rule in value.rules]
    return (Declared(KIND, {"role": resolved(value.role, "arn", resolve), "rules": rules}),)


def from_plan(planned: Planned) -> Replication | Unset | None:
    inline = planned.said.part("replicationConfiguration")
    return agreed("replication", _replication(planned.one(KIND)), _replication(inline))


def _rules(scope: BucketScope) -> Iterator[ReplicationRule]:
    """A rule for each prefix, since S3's rules know one; what stands first has the highest priority."""
    stated = [
        (f"{number}-{prefix_id or 'bucket'}", one, prefix_id)
        for number, one in enumerate(scope.bucket.replication, start=1)
        for prefix_id in one.prefixes or (None,)
    ]
    for priority, (rule_id, one, prefix_id) in zip(count(len(stated), -1), stated, strict=False):
        yield _rule(scope, one, prefix_id, (rule_id, priority))


def _rule(
    scope: BucketScope, stated: Stated, prefix_id: str | None, rank: tuple[str, int]
) -> ReplicationRule:
    """S3 copies no delete markers by a rule that selects by tags, so then the path alone selects.

    Where it names a key for the copies, S3 wants it said that objects under a KMS key are copied.
    """
    abroad = ":" in stated.to
    key = stated.key if abroad else scope.beside(stated.to).key
    by_tag = not stated.delete_markers
    return ReplicationRule(
        *rank,
        target=stated.to if abroad else reference("bucket", stated.to),
        filter=ALL if prefix_id is None else prefix_filter(scope, prefix_id, by_tag=by_tag),
        account=stated.account,
        owned_there=stated.account is not None,
        storage_class=s3_class(stated.storage_class),
        key=key,
        kms_objects=key is not None,
        delete_markers=stated.delete_markers,
    )


def _replication(said: Said | None) -> Replication | Unset:
    if said is None:
        return UNSET
    rules = sorted(
        map(planned_rule, said.parts("rules")), key=lambda rule: (-(rule.priority or 0), rule.id or "")
    )
    return Replication(said.needed("role", said.reference("role", "role")), tuple(rules))
