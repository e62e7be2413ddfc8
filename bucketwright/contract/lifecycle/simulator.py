"""What becomes of one object, and on which day?

The lifecycle of S3 as its user guide states it, for the three states of a bucket's versioning. S3 runs late;
the times here are those from which it acts and bills.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Final, Literal

from bucketwright.contract.lifecycle.classes import (
    FAVOUR,
    REACHABLE,
    SMALL_OBJECT_TARGETS,
    MinimumSize,
)
from bucketwright.contract.lifecycle.days import first_due
from bucketwright.contract.lifecycle.reading import in_utc
from bucketwright.contract.lifecycle.rules import Predicates, Rule
from bucketwright.contract.limits import SMALL_OBJECT

Versioning = Literal["Enabled", "Suspended", "Disabled"]
Happening = Literal[
    "transition",
    "expire",
    "delete_marker",
    "delete_permanently",
    "remove_expired_marker",
    "abort",
]
VERSIONING: Final[Mapping[str, Versioning]] = {
    "enabled": "Enabled",
    "suspended": "Suspended",
    "disabled": "Disabled",
}
"""A contract's words for the versioning of a bucket, and S3's."""
NULL_VERSION: Final = "null"


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object version, a delete marker or an unfinished upload, as it lies in the bucket."""

    key: str
    created: datetime
    size: int = 0
    storage_class: str = "STANDARD"
    tags: Mapping[str, str] = field(default_factory=dict)
    version_id: str | None = None
    noncurrent: bool = False
    successor_created: datetime | None = None
    newer_noncurrent_versions: int = 0
    delete_marker: bool = False
    noncurrent_versions: int = 0
    multipart_upload: bool = False
    minimum_transition_size: MinimumSize = "all_storage_classes_128K"

    def __post_init__(self) -> None:
        if self.noncurrent and self.successor_created is None:
            raise ValueError("a noncurrent version needs successor_created, from which its days count")
        object.__setattr__(self, "created", in_utc(self.created))
        if self.successor_created is not None:
            object.__setattr__(self, "successor_created", in_utc(self.successor_created))


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    event: Happening
    to: str | None = None


@dataclass(frozen=True, slots=True)
class _Move:
    """A transition that some rule asks for."""

    at: datetime
    to: str


def fate(rules: Iterable[Rule], versioning: Versioning, stored: StoredObject) -> tuple[Event, ...]:
    """Give what the rules do to the object, in order of time; nothing if they never touch it."""
    return life(applying(rules, stored), versioning, stored)


def applying(rules: Iterable[Rule], stored: StoredObject) -> list[Rule]:
    """Give the rules that are switched on and select the object."""
    return [rule for rule in rules if rule.enabled and _applies(rule, stored)]


def life(rules: list[Rule], versioning: Versioning, stored: StoredObject) -> tuple[Event, ...]:
    """Give what rules do to an object that they select."""
    if stored.multipart_upload:
        return _of_upload(rules, stored)
    if stored.noncurrent:
        return _of_noncurrent(rules, versioning, stored)
    if stored.delete_marker:
        return _of_marker(rules, versioning, stored)
    return _of_current(rules, versioning, stored)


def _applies(rule: Rule, stored: StoredObject) -> bool:
    """An upload has no size and no tags yet: S3 lets only rules on prefixes abort it."""
    if stored.multipart_upload and (rule.has_tags or rule.has_size):
        return False
    return all(_holds(part, stored) for part in rule.predicates)


def _holds(part: Predicates, stored: StoredObject) -> bool:
    size = 0 if stored.delete_marker else stored.size
    return (
        stored.key.startswith(part.prefix or "")
        and all(stored.tags.get(tag.key) == tag.value for tag in part.tags)
        and (part.greater_than is None or size > part.greater_than)
        and (part.less_than is None or size < part.less_than)
    )


def _of_upload(rules: list[Rule], stored: StoredObject) -> tuple[Event, ...]:
    end = _earliest(first_due(stored.created, rule.abort.days) for rule in rules if rule.abort)
    return () if end is None else (Event(end, "abort"),)


def _of_marker(rules: list[Rule], versioning: Versioning, stored: StoredObject) -> tuple[Event, ...]:
    """A current delete marker goes when nothing is left under it; a bucket never versioned has none."""
    if versioning == "Disabled" or stored.noncurrent_versions:
        return ()
    expirations = [rule.expiration for rule in rules if rule.expiration]
    at_once = [stored.created for expiration in expirations if expiration.expired_marker]
    aged = [first_due(stored.created, expiration.days, expiration.date) for expiration in expirations]
    end = _earliest([*at_once, *aged])
    return () if end is None else (Event(end, "remove_expired_marker"),)


def _of_current(rules: list[Rule], versioning: Versioning, stored: StoredObject) -> tuple[Event, ...]:
    """S3 deletes rather than moves on one day, but moves before it hides an object under a marker."""
    end = _earliest(
        first_due(stored.created, rule.expiration.days, rule.expiration.date)
        for rule in rules
        if rule.expiration
    )
    moves = _taken(_current_moves(rules, stored), stored.storage_class)
    if end is None:
        return _as_events(moves)
    if versioning == "Disabled":
        return (*_as_events(_before(end, moves)), Event(end, "expire"))
    if versioning == "Suspended" and stored.version_id in (None, NULL_VERSION):
        # The null delete marker takes the null version's place: "permanently deletes this version".
        return (*_as_events(_before(end, moves)), Event(end, "delete_permanently"))
    lived = [move for move in moves if move.at <= end]
    storage_class = lived[-1].to if lived else stored.storage_class
    later = _noncurrent_life(rules, stored, end, 0, storage_class)
    return (*_as_events(lived), Event(end, "delete_marker"), *later)


def _of_noncurrent(rules: list[Rule], versioning: Versioning, stored: StoredObject) -> tuple[Event, ...]:
    if versioning == "Disabled" or stored.successor_created is None:
        return ()
    newer, since = stored.newer_noncurrent_versions, stored.successor_created
    return _noncurrent_life(rules, stored, since, newer, stored.storage_class)


def _noncurrent_life(
    rules: list[Rule],
    stored: StoredObject,
    since: datetime,
    newer: int,
    storage_class: str,
) -> tuple[Event, ...]:
    """`since` is when a successor took the version's place, `newer` how many such versions came after it."""
    expirations = [rule.noncurrent_expiration for rule in rules if rule.noncurrent_expiration]
    end = _earliest(
        _noncurrent_due(stored, since, one.days) for one in expirations if newer >= (one.newer_versions or 0)
    )
    moves = _taken(_noncurrent_moves(rules, stored, since, newer), storage_class)
    if end is None:
        return _as_events(moves)
    return (*_as_events(_before(end, moves)), Event(end, "delete_permanently"))


def _noncurrent_due(stored: StoredObject, since: datetime, days: int | None) -> datetime | None:
    """Nothing happens to a version before it is made, whatever its successor's time says."""
    due = first_due(since, days)
    return None if due is None else max(due, stored.created)


def _current_moves(rules: list[Rule], stored: StoredObject) -> list[_Move]:
    asked = (
        (first_due(stored.created, step.days, step.date), step.storage_class)
        for rule in rules
        for step in rule.transitions
        if _moves(rule, stored, step.storage_class)
    )
    return [_Move(at, to) for at, to in asked if at is not None and to is not None]


def _noncurrent_moves(rules: list[Rule], stored: StoredObject, since: datetime, newer: int) -> list[_Move]:
    asked = (
        (_noncurrent_due(stored, since, step.days), step.storage_class)
        for rule in rules
        for step in rule.noncurrent_transitions
        if newer >= (step.newer_versions or 0) and _moves(rule, stored, step.storage_class)
    )
    return [_Move(at, to) for at, to in asked if at is not None and to is not None]


def _moves(rule: Rule, stored: StoredObject, target: str | None) -> bool:
    """A rule with a size filter of its own overrides the bucket's default minimum size."""
    if stored.delete_marker:
        return False
    small = stored.size < SMALL_OBJECT and not rule.has_size
    return not small or target in SMALL_OBJECT_TARGETS[stored.minimum_transition_size]


def _taken(asked: list[_Move], storage_class: str) -> list[_Move]:
    """Of the moves asked for, those S3 makes: down the waterfall only, one at a time."""
    taken: list[_Move] = []
    for _, together in groupby(sorted(asked, key=lambda move: move.at), key=lambda move: move.at):
        possible = [move for move in together if move.to in REACHABLE.get(storage_class, ())]
        if possible:
            chosen = max(possible, key=lambda move: FAVOUR.index(move.to))
            storage_class = chosen.to
            taken.append(chosen)
    return taken


def _before(end: datetime, moves: list[_Move]) -> list[_Move]:
    return [move for move in moves if move.at < end]


def _as_events(moves: list[_Move]) -> tuple[Event, ...]:
    return tuple(Event(move.at, "transition", move.to) for move in moves)


def _earliest(times: Iterable[datetime | None]) -> datetime | None:
    return min((time for time in times if time is not None), default=None)
