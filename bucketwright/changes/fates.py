"""What does a change of a bucket's lifecycle do to one object that lies there already, and on which day?

Both lives are told by the one simulator of S3's lifecycle. Of objects that no rule and no day tells apart it
is asked once.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from typing import Final, NamedTuple

from bucketwright.changes.retention import CURRENT, OLD, Event
from bucketwright.changes.rule_parts import delayed, edges, newer_asked, tags_of, untagged
from bucketwright.contract.lifecycle.classes import MinimumSize
from bucketwright.contract.lifecycle.rules import Rule
from bucketwright.contract.lifecycle.simulator import NULL_VERSION, StoredObject, Versioning, applying, fate
from bucketwright.contract.limits import SMALL_OBJECT
from bucketwright.estate import BucketPosture
from bucketwright.objects.lying import Lying

_UNREAD: Final = (
    "a rule selects by tags, and their tags were not read: a later `audit --objects full --ledger` sees by a "
    "HEAD which have none, if it may read tags"
)
_UNNAMED: Final = (
    "a rule selects by tags, and they have some that were not read: an audit reads those of prefixes that "
    "declare `tags`"
)
_MOST_KNOWN: Final = 20_000
_MOST_TAGGINGS: Final = 64
_JUST_AFTER_MIDNIGHT: Final = time(0, 0, 1, tzinfo=UTC)
_ENDS: Final[frozenset[Event]] = frozenset({"delete", "delete old versions"})


@dataclass(frozen=True, slots=True)
class Terms:
    """What decides of the life of objects in a bucket."""

    rules: tuple[Rule, ...]
    versioning: Versioning
    minimum_size: MinimumSize

    @classmethod
    def of(cls, bucket: BucketPosture) -> "Terms":
        """Those of a bucket; Undetermined where they are not known."""
        return cls(bucket.lifecycle.rules, bucket.versioning, bucket.lifecycle.minimum_size)


class Shift(NamedTuple):
    """One event of a life that comes on another day, or never."""

    event: Event
    to: str
    """The storage class, of an archive."""
    before: date | None
    after: date | None
    """None: never."""

    @property
    def is_earlier(self) -> bool:
        return self.after is not None and (self.before is None or self.after < self.before)


class Undecided(NamedTuple):
    """Something decides that is not known."""

    reason: str


Outcome = tuple[Shift, ...] | Undecided


class _Kind(NamedTuple):
    """All that tells objects apart."""

    keys: int
    sizes: int
    storage_class: str
    born: date
    old_since: date | None
    newer: int
    is_null: bool
    tags: frozenset[tuple[str, str]] | None
    has_tags: bool
    """Whether it has some, where it is not known which."""


class Fates:
    """The objects of one bucket under its terms of before and after."""

    def __init__(self, then: Terms, now: Terms, today: date) -> None:
        self._then, self._now = then, now
        self._soonest: Final = today + timedelta(days=1)
        """Nothing happens before the next midnight."""
        self._today: Final = today
        rules = [rule for rule in (*then.rules, *now.rules) if rule.enabled]
        parts = [part for rule in rules for part in rule.predicates]
        self._keys: Final = sorted({"", *(edge for part in parts for edge in edges(part.prefix or ""))})
        above = {part.greater_than + 1 for part in parts if part.greater_than is not None}
        below = {part.less_than for part in parts if part.less_than is not None}
        self._sizes: Final = sorted({0, SMALL_OBJECT, *above, *below})
        self._tags: Final = frozenset((tag.key, tag.value) for part in parts for tag in part.tags)
        self._most_newer: Final = max(map(newer_asked, rules), default=0)
        self._known: dict[_Kind, Outcome] = {}

    @property
    def asks_tags(self) -> bool:
        """Whether a rule selects by tags."""
        return bool(self._tags)

    def of(self, lying: Lying) -> Outcome:
        """What becomes of it that would not have; nothing of a delete marker."""
        if lying.is_marker:
            return ()
        kind = self._kind(lying)
        if isinstance(kind, Undecided):
            return kind
        found = self._known.get(kind)
        if found is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            found = self._known[kind] = self._outcome(kind)
        return found

    def _kind(self, lying: Lying) -> _Kind | Undecided:
        if lying.modified is None:
            return Undecided("when they were put there cannot be read")
        since = None if lying.is_latest else lying.noncurrent_since
        if not lying.is_latest:
            if since is None:
                return Undecided("since when they are old versions was not read")
            if lying.newer_noncurrent is None and self._most_newer:
                return Undecided("how many newer old versions there are was not read")
        return _Kind(
            bisect_right(self._keys, lying.key) - 1,
            bisect_right(self._sizes, lying.size) - 1,
            lying.storage_class,
            lying.modified.astimezone(UTC).date(),
            None if since is None else since.astimezone(UTC).date(),
            0 if since is None else min(lying.newer_noncurrent or 0, self._most_newer),
            lying.version_id in {"", NULL_VERSION},
            self._deciding(lying.tags),
            bool(lying.tag_count),
        )

    def _deciding(self, tags: Mapping[str, str] | None) -> frozenset[tuple[str, str]] | None:
        """Those tags that a rule asks for; None where they were not read and some rule does."""
        if not self._tags:
            return frozenset()
        return None if tags is None else self._tags.intersection(tags.items())

    def _outcome(self, kind: _Kind) -> Outcome:
        stored = self._standing_for(kind)
        if kind.tags is not None:
            return self._shifts(replace(stored, tags=dict(kind.tags)))
        taggings = list(self._taggings(stored))
        if len(taggings) <= _MOST_TAGGINGS:
            outcomes = {self._shifts(replace(stored, tags=tags)) for tags in taggings}
            if len(outcomes) == 1:
                return outcomes.pop()
        return Undecided(_UNNAMED if kind.has_tags else _UNREAD)

    def _standing_for(self, kind: _Kind) -> StoredObject:
        """One that has the same life."""
        return StoredObject(
            key=self._keys[kind.keys],
            created=datetime.combine(kind.born, _JUST_AFTER_MIDNIGHT),
            size=self._sizes[kind.sizes],
            storage_class=kind.storage_class,
            version_id=NULL_VERSION if kind.is_null else "a",
            noncurrent=kind.old_since is not None,
            successor_created=None
            if kind.old_since is None
            else datetime.combine(kind.old_since, _JUST_AFTER_MIDNIGHT),
            newer_noncurrent_versions=kind.newer,
        )

    def _taggings(self, stored: StoredObject) -> Iterator[Mapping[str, str]]:
        """All tags it may carry that could make a difference."""
        by_key: dict[str, set[str]] = {}
        for rule in (*self._then.rules, *self._now.rules):
            if rule.has_tags and applying((untagged(rule),), stored):
                for tag in tags_of(rule):
                    by_key.setdefault(tag.key, set()).add(tag.value)
        choices = [[(key, value) for value in (None, *sorted(values))] for key, values in by_key.items()]
        for number, chosen in enumerate(product(*choices)):
            if number > _MOST_TAGGINGS:
                return
            yield {key: value for key, value in chosen if value is not None}

    def _shifts(self, stored: StoredObject) -> tuple[Shift, ...]:
        was = self._days(self._then, stored)
        will = self._days(replace(self._now, rules=delayed(self._now.rules, stored, self._soonest)), stored)
        end, goes = (
            min((day for one, day in days.items() if _ends(one)), default=None) for days in (was, will)
        )
        if end is not None and end <= self._today:
            return ()
        return tuple(
            Shift(*one, before, after)
            for one in dict.fromkeys((*was, *will))
            for before, after in [(was.get(one), will.get(one))]
            if before != after
            and not self._is_over(before)
            and not (after is None and _is_after(before, goes))
        )

    def _is_over(self, before: date | None) -> bool:
        """What was due before the change is as good as done, whatever comes now."""
        return before is not None and before <= self._today

    def _days(self, terms: Terms, stored: StoredObject) -> dict[tuple[Event, str], date]:
        """When what happens first; nothing of what comes when it is gone."""
        words = OLD if stored.noncurrent else CURRENT
        found: dict[tuple[Event, str], date] = {}
        stored = replace(stored, minimum_transition_size=terms.minimum_size)
        for event in fate(terms.rules, terms.versioning, stored):
            if event.event in words:
                one = words[event.event], event.to or ""
                found.setdefault(one, event.at.date())
                if _ends(one):
                    break
        return found


def _ends(one: tuple[Event, str]) -> bool:
    return one[0] in _ENDS


def _is_after(day: date | None, end: date | None) -> bool:
    """Whether a move is left out because the object is gone by then."""
    return day is not None and end is not None and end <= day
