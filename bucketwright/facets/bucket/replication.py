"""Replication: which new objects does S3 copy, where, and as what?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Final

from bucketwright.contract.lifecycle.classes import s3_class
from bucketwright.facets.api_spelling import as_sent
from bucketwright.facets.facet import (
    Args,
    Declared,
    Planned,
    Resolve,
    agreed,
)
from bucketwright.facets.filters import ALL
from bucketwright.facets.handles import BUCKET
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.references import resolved
from bucketwright.facets.replication_rules import ReplicationRule, answered_rule, planned_rule, rule_args
from bucketwright.facets.said import Said
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import UNSET, Unset, reference

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Replication as Stated
    from bucketwright.facets.bucket_scope import BucketScope


@dataclass(frozen=True, slots=True)
class Replication:
    """All rules, by priority, and the role with which S3 copies."""

    role: str
    """An address, or a stranger's ARN."""
    rules: tuple[ReplicationRule, ...]


KIND: Final = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"
FRESH: Final[Replication | None] = None
_CONFIGURATION: Final = Read(
    "s3",
    "GetBucketReplication",
    "s3:GetReplicationConfiguration",
    BUCKET,
    frozenset({"ReplicationConfigurationNotFoundError"}),
)
READS: Final = (_CONFIGURATION,)
_SET: Final = "s3:PutReplicationConfiguration"


def role_address(bucket_id: str) -> str:
    """The role with which S3 copies a bucket; no grantee's id has a slash."""
    return reference("role", f"{bucket_id}/replication")


def wanted(scope: "BucketScope") -> Replication | None:
    rules = tuple(_rules(scope))
    return Replication(role_address(scope.bucket_id), rules) if rules else None


def to_args(value: Replication | None, resolve: Resolve) -> tuple[Declared, ...]:
    if value is None:
        return ()
    return (Declared(KIND, _args(value, resolve)),)


def from_plan(planned: Planned) -> Replication | Unset | None:
    inline = planned.said.part("replicationConfiguration")
    return agreed("replication", _replication(planned.one(KIND)), _replication(inline))


def from_api(asked: Asked) -> Replication | None:
    said = asked.said(_CONFIGURATION)
    if said is None:
        return None
    found = said.needed("ReplicationConfiguration", said.part("ReplicationConfiguration"))
    rules = _in_order(map(answered_rule, found.parts("Rules")))
    return Replication(found.needed("Role", found.reference("role", "Role")), rules)


def keeping(before: Replication | None, after: Replication | None) -> Replication | None:
    """Rules are known by their ids; S3 copies with one role for all."""
    if before is None or after is None:
        return after or before
    ids = {rule.id for rule in after.rules}
    theirs = (rule for rule in before.rules if rule.id not in ids)
    return replace(after, rules=_in_order((*after.rules, *_below(after.rules, theirs))))


def to_api(before: Replication | None, after: Replication | None, site: Site) -> tuple[Write, ...]:
    """All rules at once, as S3 takes them; who sets them has to be let pass the role on, too."""
    if before == after:
        return ()
    if after is None:
        return (site.write("DeleteBucketReplication", _SET, {}),)
    ranked = replace(after, rules=_in_order(_below((), after.rules)))
    rules = {"ReplicationConfiguration": as_sent(_args(ranked, site.resolve))}
    return (site.write("PutBucketReplication", _SET, rules),)


def _below(own: Iterable[ReplicationRule], theirs: Iterable[ReplicationRule]) -> Iterator[ReplicationRule]:
    """Each with a priority of its own: S3 takes no two rules of one."""
    taken = {rule.priority for rule in own}
    for rule in theirs:
        free = rule.priority not in {None, *taken}
        priority = rule.priority if free else next(one for one in count() if one not in taken)
        taken.add(priority)
        yield rule if free else replace(rule, priority=priority)


def _args(value: Replication, resolve: Resolve) -> Args:
    rules = [rule_args(rule, resolve) for rule in value.rules]
    return {"role": resolved(value.role, "arn", resolve), "rules": rules}


def _rules(scope: "BucketScope") -> Iterator[ReplicationRule]:
    """A rule for each prefix, since S3's rules know one; what stands first has the highest priority."""
    stated = [
        (f"{number}-{prefix_id or 'bucket'}", one, prefix_id)
        for number, one in enumerate(scope.bucket.replication, start=1)
        for prefix_id in one.prefixes or (None,)
    ]
    for priority, (rule_id, one, prefix_id) in zip(count(len(stated), -1), stated, strict=False):
        yield _rule(scope, one, prefix_id, (rule_id, priority))


def _rule(
    scope: "BucketScope", stated: "Stated", prefix_id: str | None, rank: tuple[str, int]
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
        filter=ALL if prefix_id is None else scope.objects_of(prefix_id, by_tag=by_tag),
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
    rules = _in_order(map(planned_rule, said.parts("rules")))
    return Replication(said.needed("role", said.reference("role", "role")), rules)


def _in_order(rules: Iterable[ReplicationRule]) -> tuple[ReplicationRule, ...]:
    return tuple(sorted(rules, key=lambda rule: (-(rule.priority or 0), rule.id or "")))
