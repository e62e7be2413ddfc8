"""What does a lifecycle configuration say, as S3's API spells it, in typed and frozen form?"""

from dataclasses import dataclass
from datetime import datetime

from bucketwright.plain_text import shown


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
        return rule_label(self.number, self.id)

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


def rule_label(number: int, name: str | None) -> str:
    """How a rule is called, in the order of the set and by the name it was given."""
    return f"rule {number} ({shown(name)})" if name else f"rule {number}"
