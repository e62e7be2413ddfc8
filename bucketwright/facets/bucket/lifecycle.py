"""Lifecycle: when do objects, versions and unfinished uploads move or go away by themselves?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bucketwright.contract.lifecycle.classes import MINIMUM_SIZES, MinimumSize
from bucketwright.contract.lifecycle.parsing import MalformedRules, parse_rules
from bucketwright.contract.lifecycle.rules import Rule
from bucketwright.facets.api_spelling import as_sent
from bucketwright.facets.facet import (
    Declared,
    Planned,
    Resolve,
    agreed,
)
from bucketwright.facets.handles import BUCKET
from bucketwright.facets.lifecycle_rules import inline_rule, normal, planned_rule, rule_args
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.said import Said
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset

if TYPE_CHECKING:
    from bucketwright.facets.bucket_scope import BucketScope


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """All rules in normal form, and what transitions do with small objects."""

    rules: tuple[Rule, ...] = ()
    minimum_size: MinimumSize = "all_storage_classes_128K"


SMALLEST: Final = "transitionDefaultMinimumObjectSize"
KIND: Final = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
FRESH: Final = Lifecycle()
NOT_CONFIGURED: Final = frozenset({"NoSuchLifecycleConfiguration"})
_RULES: Final = Read(
    "s3", "GetBucketLifecycleConfiguration", "s3:GetLifecycleConfiguration", BUCKET, NOT_CONFIGURED
)
READS: Final = (_RULES,)
_SET: Final = "s3:PutLifecycleConfiguration"
_SIZE_IN_ANSWERS: Final = "TransitionDefaultMinimumObjectSize"


def wanted(scope: "BucketScope") -> Lifecycle:
    rules = normal(parse_rules(scope.lifecycle_rules))
    return Lifecycle(rules, scope.minimum_size) if rules else FRESH


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


def from_api(asked: Asked) -> Lifecycle:
    return answered(asked.said(_RULES))


def keeping(before: Lifecycle, after: Lifecycle) -> Lifecycle:
    """Rules are known by their ids; what transitions do with small objects is one setting for all."""
    own = {rule.id for rule in after.rules}
    theirs = (rule for rule in before.rules if rule.id not in own)
    size = after.minimum_size if after.rules else before.minimum_size
    return Lifecycle(normal((*after.rules, *theirs)), size)


def to_api(before: Lifecycle, after: Lifecycle, site: Site) -> tuple[Write, ...]:
    return writes(before, after, site, _SET)


def answered(said: Said | None) -> Lifecycle:
    """What an answer says, read as the contract's own rules are; None where nothing is configured."""
    if said is None:
        return FRESH
    try:
        rules = normal(parse_rules(said.needed("Rules", said.values.get("Rules"))))
    except MalformedRules as malformed:
        raise Undetermined("lifecycle", Unknown(str(malformed))) from None
    size = said.word(_SIZE_IN_ANSWERS, MINIMUM_SIZES.values())
    if any(rule.transitions or rule.noncurrent_transitions for rule in rules):
        size = said.needed(_SIZE_IN_ANSWERS, size)
    return Lifecycle(rules, size or FRESH.minimum_size) if rules else FRESH


def writes(before: Lifecycle, after: Lifecycle, site: Site, permission: str) -> tuple[Write, ...]:
    """All rules at once, as S3 takes them."""
    if before == after:
        return ()
    if not after.rules:
        return (site.write("DeleteBucketLifecycle", permission, {}),)
    rules = {"Rules": [as_sent(rule_args(rule)) for rule in after.rules]}
    params = {"LifecycleConfiguration": rules, _SIZE_IN_ANSWERS: after.minimum_size}
    return (site.write("PutBucketLifecycleConfiguration", permission, params),)
