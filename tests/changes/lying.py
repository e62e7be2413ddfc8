"""What lies in a bucket, and how a change of its life is told without any shortcut."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final

from bucketwright.changes.fates import Terms
from bucketwright.contract.lifecycle.classes import FAVOUR, REACHABLE, SMALL_OBJECT_TARGETS
from bucketwright.contract.lifecycle.days import midnight_after
from bucketwright.contract.lifecycle.rules import Rule
from bucketwright.contract.lifecycle.simulator import StoredObject, applying, fate
from bucketwright.objects.lying import Lying

TODAY: Final = date(2026, 11, 21)
NOW: Final = datetime(2026, 11, 21, 15, 30, tzinfo=UTC)
FIRST_NIGHT: Final = datetime(2026, 11, 22, tzinfo=UTC)
_CURRENT: Final = {"expire": "delete", "delete_marker": "delete", "delete_permanently": "delete"}
_SMALL: Final = 131_072
Days = dict[tuple[str, str], date]


def lying(key: str, days: float = 10, size: int = 1_000_000) -> Lying:
    """An object that was put there so many days ago."""
    return Lying(key, size, NOW - timedelta(days=days))


def slowly(
    then: Terms, now: Terms, one: Lying, tags: Mapping[str, str]
) -> set[tuple[str, str, date | None, date | None]]:
    """The shifts of one object, told from its own life at its own second."""
    was, will = _always(then, _stored(then, one, tags)), _from_now_on(now, _stored(now, one, tags))
    ends = [day for (event, _), day in was.items() if "delete" in event]
    if ends and ends[0] <= TODAY:
        return set()
    goes = [day for (event, _), day in will.items() if "delete" in event]
    found: set[tuple[str, str, date | None, date | None]] = set()
    for event, to in {*was, *will}:
        before, after = was.get((event, to)), will.get((event, to))
        moved_before = before is not None and before <= TODAY
        gone_by_then = after is None and before is not None and bool(goes) and goes[0] <= before
        if before != after and not moved_before and not gone_by_then:
            found.add((event, to, before, after))
    return found


def _stored(terms: Terms, one: Lying, tags: Mapping[str, str]) -> StoredObject:
    assert one.modified is not None
    return StoredObject(
        key=one.key,
        created=one.modified,
        size=one.size,
        storage_class=one.storage_class,
        tags=tags,
        version_id=one.version_id or None,
        noncurrent=not one.is_latest,
        successor_created=None if one.is_latest else one.noncurrent_since,
        newer_noncurrent_versions=one.newer_noncurrent or 0,
        minimum_transition_size=terms.minimum_size,
    )


def _always(terms: Terms, stored: StoredObject) -> Days:
    """What rules do that were there from the first."""
    found: Days = {}
    for event in fate(terms.rules, terms.versioning, stored):
        if event.event == "transition":
            word = "archive old versions" if stored.noncurrent else "archive"
            found.setdefault((word, event.to or ""), event.at.date())
        elif not stored.noncurrent and event.event in _CURRENT:
            return found | {("delete", ""): event.at.date()}
        elif stored.noncurrent and event.event == "delete_permanently":
            return found | {("delete old versions", ""): event.at.date()}
    return found


def _from_now_on(terms: Terms, stored: StoredObject) -> Days:
    """What new rules do, midnight by midnight: an end goes before a move, a colder class before a warmer."""
    if stored.noncurrent and terms.versioning == "Disabled":
        return {}
    rules = applying(terms.rules, stored)
    end = min(_ends(rules, stored), default=None)
    moves = _moves(rules, stored)
    hides = not stored.noncurrent and (
        terms.versioning == "Enabled"
        or (terms.versioning == "Suspended" and stored.version_id not in (None, "null"))
    )
    found: Days = {}
    here, moving = stored.storage_class, "archive old versions" if stored.noncurrent else "archive"
    for night in sorted({at for at, _ in moves}):
        if end is not None and (night > end or (night == end and not hides)):
            break
        possible = [to for at, to in moves if at == night and to in REACHABLE.get(here, ())]
        if possible:
            here = max(possible, key=FAVOUR.index)
            found.setdefault((moving, here), night.date())
    if end is not None:
        found["delete old versions" if stored.noncurrent else "delete", ""] = end.date()
    return found


def _night(since: datetime, days: int | None, day: datetime | None = None) -> datetime:
    """The first of them on which something falls due that nobody did before."""
    times = [one for one in (None if days is None else midnight_after(since, days), day) if one is not None]
    return max(min(times), FIRST_NIGHT)


def _ends(rules: list[Rule], stored: StoredObject) -> list[datetime]:
    if not stored.noncurrent:
        ends = [rule.expiration for rule in rules if rule.expiration]
        return [
            _night(stored.created, one.days, one.date) for one in ends if (one.days, one.date) != (None, None)
        ]
    assert stored.successor_created is not None
    old = [rule.noncurrent_expiration for rule in rules if rule.noncurrent_expiration]
    return [
        _night(stored.successor_created, one.days)
        for one in old
        if one.days is not None and stored.newer_noncurrent_versions >= (one.newer_versions or 0)
    ]


def _moves(rules: list[Rule], stored: StoredObject) -> list[tuple[datetime, str]]:
    tiny = SMALL_OBJECT_TARGETS[stored.minimum_transition_size]
    found: list[tuple[datetime, str]] = []
    for rule in rules:
        asked = [(_night(stored.created, one.days, one.date), one.storage_class) for one in rule.transitions]
        if stored.noncurrent:
            assert stored.successor_created is not None
            asked = [
                (_night(stored.successor_created, one.days), one.storage_class)
                for one in rule.noncurrent_transitions
                if stored.newer_noncurrent_versions >= (one.newer_versions or 0)
            ]
        for at, to in asked:
            if to is not None and (stored.size >= _SMALL or rule.has_size or to in tiny):
                found.append((at, to))
    return found
