"""Lifecycle: when do objects, versions and unfinished uploads move or go away by themselves?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bucketwright.contract.lifecycle import Rule, parse_rules
from bucketwright.contract.lifecycle.classes import MINIMUM_SIZES, MinimumSize
from bucketwright.contract.lifecycle.compile import lifecycle_rules, minimum_size
from bucketwright.facets.facet import BucketScope, Declared, Planned, Resolve, agreed
from bucketwright.facets.lifecycle_rules import inline_rule, normal, planned_rule, rule_args
from bucketwright.facets.said import Said
from bucketwright.posture import UNSET, Unset


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """All rules in normal form, and what transitions do with small objects."""

    rules: tuple[Rule, ...] = ()
    minimum_size: MinimumSize = "all_storage_classes_128K"


SMALLEST: Final = "transitionDefaultMinimumObjectSize"
KIND: Final = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
FRESH: Final = Lifecycle()


def wanted(scope: BucketScope) -> Lifecycle:
    rules = normal(parse_rules(lifecycle_rules(scope.environment, scope.bucket_id)))
    return Lifecycle(rules, minimum_size(scope.bucket)) if rules else FRESH


def to_args(value: Lifecycle, _: Resolve) -> tuple[Declared, ...]:
    if not value.rules:
        return ()
    rules = [rule_args(rule) for rule in value.rules]
    args = {"rules": rules, "transition_default_minimum_object_size": value.minimum_size}
    return (Declared(KIND, args),)


def from_plan(planned: Planned) -> Lifecycle | Unset:
    said, inline = planned.one(KIND), planned.said.parts("lifecycleRules")
    separate: Lifecycle | Unset = UNSET
    if said is not None:
        separate = _whole(said, map(planned_rule, said.parts("rules")))
    return agreed("lifecycle", separate, _whole(planned.said, map(inline_rule, inline)) if inline else UNSET)


def _whole(said: Said, rules: Iterable[Rule]) -> Lifecycle:
    """Where there are no rules, nothing moves and no size matters."""
    found = normal(rules)
    if not found:
        return FRESH
    return Lifecycle(found, said.word(SMALLEST, MINIMUM_SIZES.values()) or FRESH.minimum_size)
