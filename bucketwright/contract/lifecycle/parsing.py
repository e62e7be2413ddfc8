"""How is a lifecycle configuration read from the spelling of S3's API?

S3 takes no member that its schema does not name (MalformedXML), so none is passed over here.
"""

from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from bucketwright.contract.lifecycle.reading import (
    ReadingError,
    mapping,
    members,
    moment,
    no_others,
    optional,
    sequence,
    text,
    truth,
    whole_number,
)
from bucketwright.contract.lifecycle.rules import (
    Abort,
    Expiration,
    Filter,
    NoncurrentExpiration,
    NoncurrentTransition,
    Predicates,
    Rule,
    Tag,
    Transition,
    rule_label,
)

Element = TypeVar("Element")

_ANSWER: Final = ("Rules", "TransitionDefaultMinimumObjectSize", "ResponseMetadata")
"""What surrounds the rules where S3 gives them, and SDKs pass them on."""
_RULE: Final = (
    "ID",
    "Status",
    "Filter",
    "Prefix",
    "Transitions",
    "Transition",
    "NoncurrentVersionTransitions",
    "NoncurrentVersionTransition",
    "Expiration",
    "NoncurrentVersionExpiration",
    "AbortIncompleteMultipartUpload",
)
_SCOPE: Final = ("Prefix", "ObjectSizeGreaterThan", "ObjectSizeLessThan")
_FILTER: Final = (*_SCOPE, "Tag", "And")
_AND: Final = (*_SCOPE, "Tags")
_NONCURRENT: Final = ("NoncurrentDays", "NewerNoncurrentVersions")


class MalformedRules(ValueError):  # noqa: N818  named as S3 names the fault
    """A configuration that cannot be read: which rule, which field, what is wrong there."""

    def __init__(self, rule: str | None, field: str, problem: str) -> None:
        super().__init__(f"{rule}: {field} {problem}" if rule else f"{field} {problem}")
        self.rule = rule
        self.field = field
        self.problem = problem


def parse_rules(raw: object) -> tuple[Rule, ...]:
    """Read the rules, or raise MalformedRules naming the first rule and field that cannot be read."""
    return tuple(parse_rule(number, rule) for number, rule in enumerate(listed_rules(raw), start=1))


def listed_rules(raw: object) -> tuple[object, ...]:
    """Give the rules as they are listed, with or without the `Rules` wrapper around them."""
    answer: Mapping[str, object] = raw if isinstance(raw, Mapping) else {"Rules": raw}
    try:
        listed = sequence(answer.get("Rules"), "Rules")
        no_others(answer, _ANSWER)
    except ReadingError as fault:
        raise MalformedRules(None, fault.field, fault.problem) from None
    return listed


def parse_rule(number: int, raw: object) -> Rule:
    """Read one rule; `number` counts from 1 and names it where it has no ID."""
    name = raw.get("ID") if isinstance(raw, Mapping) else None
    try:
        return _rule(number, mapping(raw, "the rule"))
    except ReadingError as fault:
        label = rule_label(number, name if isinstance(name, str) else None)
        raise MalformedRules(label, fault.field, fault.problem) from None


def _rule(number: int, raw: Mapping[str, object]) -> Rule:
    no_others(raw, _RULE)
    return Rule(
        number=number,
        id=optional(raw, "ID", text) or None,
        status=optional(raw, "Status", text),
        prefix=optional(raw, "Prefix", text),
        filter=optional(raw, "Filter", _filter),
        transitions=_each(raw, "Transition", _transition),
        noncurrent_transitions=_each(raw, "NoncurrentVersionTransition", _noncurrent_transition),
        expiration=optional(raw, "Expiration", _expiration),
        noncurrent_expiration=optional(raw, "NoncurrentVersionExpiration", _noncurrent_expiration),
        abort=optional(raw, "AbortIncompleteMultipartUpload", _abort),
    )


def _each(
    raw: Mapping[str, object],
    name: str,
    read: Callable[[object, str], Element],
) -> tuple[Element, ...]:
    """Read the elements of a list field and of its older singular spelling."""
    legacy = raw.get(name)
    single = (legacy,) if isinstance(legacy, Mapping) else optional(raw, name, sequence) or ()
    several = optional(raw, f"{name}s", sequence) or ()
    return (
        *(read(element, f"{name}s[{place}]") for place, element in enumerate(several)),
        *(read(element, f"{name}[{place}]") for place, element in enumerate(single)),
    )


def _filter(value: object, field: str) -> Filter:
    raw = members(value, field, _FILTER)
    tag = optional(raw, "Tag", _tag, f"{field}.")
    return Filter(
        direct=_predicates(raw, field, () if tag is None else (tag,)),
        conjunction=optional(raw, "And", _conjunction, f"{field}."),
    )


def _conjunction(value: object, field: str) -> Predicates:
    raw = members(value, field, _AND)
    tags = optional(raw, "Tags", sequence, f"{field}.") or ()
    read = (_tag(tag, f"{field}.Tags[{place}]") for place, tag in enumerate(tags))
    return _predicates(raw, field, tuple(read))


def _predicates(raw: Mapping[str, object], field: str, tags: tuple[Tag, ...]) -> Predicates:
    inside = f"{field}."
    return Predicates(
        prefix=optional(raw, "Prefix", text, inside),
        tags=tags,
        greater_than=optional(raw, "ObjectSizeGreaterThan", whole_number, inside),
        less_than=optional(raw, "ObjectSizeLessThan", whole_number, inside),
    )


def _tag(value: object, field: str) -> Tag:
    """A tag without a value means the key with an empty value (user guide, filter element)."""
    raw = members(value, field, ("Key", "Value"))
    key = text(raw.get("Key"), f"{field}.Key")
    return Tag(key, optional(raw, "Value", text, f"{field}.") or "")


def _transition(value: object, field: str) -> Transition:
    raw, inside = members(value, field, ("StorageClass", "Days", "Date")), f"{field}."
    return Transition(
        storage_class=optional(raw, "StorageClass", text, inside),
        days=optional(raw, "Days", whole_number, inside),
        date=optional(raw, "Date", moment, inside),
    )


def _noncurrent_transition(value: object, field: str) -> NoncurrentTransition:
    raw, inside = members(value, field, ("StorageClass", *_NONCURRENT)), f"{field}."
    return NoncurrentTransition(
        storage_class=optional(raw, "StorageClass", text, inside),
        days=optional(raw, "NoncurrentDays", whole_number, inside),
        newer_versions=optional(raw, "NewerNoncurrentVersions", whole_number, inside),
    )


def _expiration(value: object, field: str) -> Expiration:
    raw, inside = members(value, field, ("Days", "Date", "ExpiredObjectDeleteMarker")), f"{field}."
    return Expiration(
        days=optional(raw, "Days", whole_number, inside),
        date=optional(raw, "Date", moment, inside),
        expired_marker=optional(raw, "ExpiredObjectDeleteMarker", truth, inside),
    )


def _noncurrent_expiration(value: object, field: str) -> NoncurrentExpiration:
    raw, inside = members(value, field, _NONCURRENT), f"{field}."
    return NoncurrentExpiration(
        days=optional(raw, "NoncurrentDays", whole_number, inside),
        newer_versions=optional(raw, "NewerNoncurrentVersions", whole_number, inside),
    )


def _abort(value: object, field: str) -> Abort:
    raw, inside = members(value, field, ("DaysAfterInitiation",)), f"{field}."
    return Abort(days=optional(raw, "DaysAfterInitiation", whole_number, inside))
