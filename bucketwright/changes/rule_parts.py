"""Which objects do the lifecycle rules of a bucket treat alike, and what do they do where they are new?"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Final

from bucketwright.contract.lifecycle.rules import Filter, Rule, Tag
from bucketwright.contract.lifecycle.simulator import StoredObject

_LAST: Final = chr(0x10FFFF)


def delayed(rules: Iterable[Rule], stored: StoredObject, soonest: date) -> tuple[Rule, ...]:
    """The rules as one object meets them where they are new: nothing falls due before a day, and all that
    would have by now falls due on it."""
    since = stored.successor_created if stored.noncurrent else stored.created
    least = 0 if since is None else (soonest - since.date()).days - 1
    return tuple(_delayed(rule, least, datetime.combine(soonest, time(tzinfo=UTC))) for rule in rules)


def _delayed(rule: Rule, least: int, soonest: datetime) -> Rule:
    def later(days: int | None) -> int | None:
        return None if days is None else max(days, least)

    def not_before(moment: datetime | None) -> datetime | None:
        return None if moment is None else max(moment, soonest)

    ends, old = rule.expiration, rule.noncurrent_expiration
    return replace(
        rule,
        expiration=ends and replace(ends, days=later(ends.days), date=not_before(ends.date)),
        transitions=tuple(
            replace(one, days=later(one.days), date=not_before(one.date)) for one in rule.transitions
        ),
        noncurrent_expiration=old and replace(old, days=later(old.days)),
        noncurrent_transitions=tuple(
            replace(one, days=later(one.days)) for one in rule.noncurrent_transitions
        ),
    )


def edges(prefix: str) -> Iterator[str]:
    """The first key that begins so, and the first beyond them: keys between two edges begin alike."""
    yield prefix
    stem = prefix.rstrip(_LAST)
    if stem:
        yield stem[:-1] + chr(ord(stem[-1]) + 1)


def newer_asked(rule: Rule) -> int:
    """The most newer versions that it asks for."""
    asked = [step.newer_versions for step in rule.noncurrent_transitions]
    if rule.noncurrent_expiration is not None:
        asked.append(rule.noncurrent_expiration.newer_versions)
    return max((one for one in asked if one is not None), default=0)


def tags_of(rule: Rule) -> Iterable[Tag]:
    return (tag for part in rule.predicates for tag in part.tags)


def untagged(rule: Rule) -> Rule:
    """The same rule for whatever tags an object has."""
    if rule.filter is None:
        return rule
    inner = rule.filter.conjunction
    direct = replace(rule.filter.direct, tags=())
    return replace(rule, filter=Filter(direct, None if inner is None else replace(inner, tags=())))
