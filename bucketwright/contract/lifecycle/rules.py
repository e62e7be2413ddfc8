"""What does a lifecycle configuration say, as S3's API spells it, in typed and frozen form?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from bucketwright.contract.lifecycle.reading import (
    ReadingError,
    mapping,
    moment,
    optional,
    sequence,
    shown,
    text,
    truth,
    whole_number,
)

Element = TypeVar("Element")


class MalformedRules(ValueError):  # noqa: N818  named as S3 names the fault
    """A configuration that cannot be read: which rule, which field, what is wrong there."""

    def __init__(self, rule: str | None, field: str, problem: str) -> None:
        super().__init__(f"{rule}: {field} {problem}" if rule else f"{field} {problem}")
        self.rule = rule
        self.field = field
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Tag:
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Predicates:
    """What an object must be for a rule to apply: absent predicates ask nothing."""

    prefix: str | None = None
    tags: tuple[Tag, ...] = ()
    greater_than: int | None = None
    less_than: int | None = None

    @property
    def count(self) -> int:
        single = (self.prefix, self.greater_than, self.less_than)
        return len(self.tags) + sum(predicate is not None for predicate in single)

    @property
    def has_size(self) -> bool:
        return self.greater_than is not None or self.less_than is not None


@dataclass(frozen=True, slots=True)
class Filter:
    """S3 wants one predicate directly, or several inside `And`; what was written is kept."""

    direct: Predicates
    conjunction: Predicates | None = None


@dataclass(frozen=True, slots=True)
class Transition:
    storage_class: str | None
    days: int | None = None
    date: datetime | None = None


@dataclass(frozen=True, slots=True)
class NoncurrentTransition:
    storage_class: str | None
    days: int | None = None
    newer_versions: int | None = None


@dataclass(frozen=True, slots=True)
class Expiration:
    days: int | None = None
    date: datetime | None = None
    expired_marker: bool | None = None


@dataclass(frozen=True, slots=True)
class NoncurrentExpiration:
    days: int | None = None
    newer_versions: int | None = None


@dataclass(frozen=True, slots=True)
class Abort:
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as written: None where S3's document has no such element."""

    number: int
    id: str | None = None
    status: str | None = None
    prefix: str | None = None
    filter: Filter | None = None
    transitions: tuple[Transition, ...] = ()
    noncurrent_transitions: tuple[NoncurrentTransition, ...] = ()
    expiration: Expiration | None = None
    noncurrent_expiration: NoncurrentExpiration | None = None
    abort: Abort | None = None

    @property
    def label(self) -> str:
        return _label(self.number, self.id)

    @property
    def enabled(self) -> bool:
        return self.status == "Enabled"

    @property
    def predicates(self) -> tuple[Predicates, ...]:
        """All of them must hold."""
        legacy = () if self.prefix is None else (Predicates(prefix=self.prefix),)
        if self.filter is None:
            return legacy
        inner = () if self.filter.conjunction is None else (self.filter.conjunction,)
        return (*legacy, self.filter.direct, *inner)

    @property
    def has_tags(self) -> bool:
        return any(part.tags for part in self.predicates)

    @property
    def has_size(self) -> bool:
        return any(part.has_size for part in self.predicates)


def parse_rules(raw: object) -> tuple[Rule, ...]:
    """Read the rules, or raise MalformedRules naming the first rule and field that cannot be read."""
    return tuple(parse_rule(number, rule) for number, rule in enumerate(listed_rules(raw), start=1))


def listed_rules(raw: object) -> tuple[object, ...]:
    """Give the rules as they are listed, with or without the `Rules` wrapper around them."""
    listed = raw.get("Rules") if isinstance(raw, Mapping) else raw
    try:
        return sequence(listed, "Rules")
    except ReadingError as fault:
        raise MalformedRules(None, fault.field, fault.problem) from None


def parse_rule(number: int, raw: object) -> Rule:
    """Read one rule; `number` counts from 1 and names it where it has no ID."""
    name = raw.get("ID") if isinstance(raw, Mapping) else None
    try:
        return _rule(number, mapping(raw, "the rule"))
    except ReadingError as fault:
        label = _label(number, name if isinstance(name, str) else None)
        raise MalformedRules(label, fault.field, fault.problem) from None


def _label(number: int, name: str | None) -> str:
    return f"rule {number} ('{shown(name)}')" if name else f"rule {number}"


def _rule(number: int, raw: Mapping[str, object]) -> Rule:
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
    raw = mapping(value, field)
    tag = optional(raw, "Tag", _tag, f"{field}.")
    return Filter(
        direct=_predicates(raw, field, () if tag is None else (tag,)),
        conjunction=optional(raw, "And", _conjunction, f"{field}."),
    )


def _conjunction(value: object, field: str) -> Predicates:
    raw = mapping(value, field)
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
    raw = mapping(value, field)
    key = text(raw.get("Key"), f"{field}.Key")
    return Tag(key, optional(raw, "Value", text, f"{field}.") or "")


def _transition(value: object, field: str) -> Transition:
    raw, inside = mapping(value, field), f"{field}."
    return Transition(
        storage_class=optional(raw, "StorageClass", text, inside),
        days=optional(raw, "Days", whole_number, inside),
        date=optional(raw, "Date", moment, inside),
    )


def _noncurrent_transition(value: object, field: str) -> NoncurrentTransition:
    raw, inside = mapping(value, field), f"{field}."
    return NoncurrentTransition(
        storage_class=optional(raw, "StorageClass", text, inside),
        days=optional(raw, "NoncurrentDays", whole_number, inside),
        newer_versions=optional(raw, "NewerNoncurrentVersions", whole_number, inside),
    )


def _expiration(value: object, field: str) -> Expiration:
    raw, inside = mapping(value, field), f"{field}."
    return Expiration(
        days=optional(raw, "Days", whole_number, inside),
        date=optional(raw, "Date", moment, inside),
        expired_marker=optional(raw, "ExpiredObjectDeleteMarker", truth, inside),
    )


def _noncurrent_expiration(value: object, field: str) -> NoncurrentExpiration:
    raw, inside = mapping(value, field), f"{field}."
    return NoncurrentExpiration(
        days=optional(raw, "NoncurrentDays", whole_number, inside),
        newer_versions=optional(raw, "NewerNoncurrentVersions", whole_number, inside),
    )


def _abort(value: object, field: str) -> Abort:
    raw, inside = mapping(value, field), f"{field}."
    return Abort(days=optional(raw, "DaysAfterInitiation", whole_number, inside))
