"""In which rules do two lifecycle configurations differ, and what does each do?

A rule that is disabled does nothing, and what a rule is called means nothing.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bucketwright.contract.lifecycle.rules import (
    Expiration,
    NoncurrentExpiration,
    NoncurrentTransition,
    Rule,
    Transition,
)
from bucketwright.drift.differing import Difference
from bucketwright.drift.words import selected
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.facets.filters import merged
from bucketwright.plain_text import clipped, shown

_NOTHING: Final = Lifecycle()


def of_lifecycle(_: str, wanted: object, found: object) -> Iterator[Difference]:
    """Rule by rule."""
    own = wanted if isinstance(wanted, Lifecycle) else _NOTHING
    other = found if isinstance(found, Lifecycle) else _NOTHING
    yield from _rules(own, other)
    if own.minimum_size != other.minimum_size and _moves(own) and _moves(other):
        yield Difference("changed", _smallest(other), own.minimum_size)


def turns(before: object, after: object) -> Iterator[tuple[str, str]]:
    """What a change of a lifecycle does, rule by rule: what each does now, and then."""
    was = before if isinstance(before, Lifecycle) else _NOTHING
    will = after if isinstance(after, Lifecycle) else _NOTHING
    own, other = ({replace(one, number=0) for one in side.rules} for side in (was, will))
    come = {one.id or one.number: one for one in will.rules if replace(one, number=0) not in own}
    for one in was.rules:
        if replace(one, number=0) not in other:
            then = come.pop(one.id, None) if one.id else None
            yield _told(one), _none_such(one) if then is None else _told(then)
    for one in come.values():
        yield _none_such(one), _told(one)
    if was.minimum_size != will.minimum_size:
        yield _smallest(was), _smallest(will)


def _none_such(rule: Rule) -> str:
    return f"no {_called(rule)}" if rule.id else "no such rule"


def _told(rule: Rule) -> str:
    return f"{_called(rule)}{'' if rule.enabled else ' (disabled)'} {_does(rule)}"


def _smallest(lifecycle: Lifecycle) -> str:
    return f"the smallest objects that move are those of {lifecycle.minimum_size}"


def _rules(wanted: Lifecycle, found: Lifecycle) -> Iterator[Difference]:
    own, other = set(map(_meaning, wanted.rules)), set(map(_meaning, found.rules))
    gone = [one for one in wanted.rules if one.enabled and _meaning(one) not in other]
    come = [one for one in found.rules if one.enabled and _meaning(one) not in own]
    disabled = {one.id for one in found.rules if not one.enabled}
    for one in gone:
        then, now = _does(one), next((new for new in come if one.id and new.id == one.id), None)
        if now is not None:
            come.remove(now)
            yield Difference("changed", f"{_called(one)} {_does(now)}", f"it {then}", one.id or "")
        elif one.id in disabled:
            seen = f"{_called(one)} is disabled: it {then}"
            yield Difference("changed", seen, f"{_called(one)} enabled", one.id or "")
        else:
            seen = f"{_called(one)} is missing: it {then}"
            yield Difference("missing", seen, f"a rule that {then}", one.id or "")
    for one in come:
        yield Difference("added", f"{_called(one)} was added: it {_does(one)}", "no rule but those declared")


def _meaning(rule: Rule) -> Rule:
    return replace(rule, number=0, id=None)


def _moves(lifecycle: Lifecycle) -> bool:
    return any(one.transitions or one.noncurrent_transitions for one in lifecycle.rules if one.enabled)


def _called(rule: Rule) -> str:
    return f"rule {shown(rule.id)}" if rule.id else "a rule without an id"


def _does(rule: Rule) -> str:
    """What a rule does with which objects, in one line."""
    which = selected(merged(rule.predicates)) or "for all objects"
    return f"{' and '.join(_actions(rule)) or 'does nothing'} {which}"


def _actions(rule: Rule) -> Iterator[str]:
    for one in rule.transitions:
        yield f"moves to {clipped(one.storage_class or 'no class')} {_when(one)}"
    for old in rule.noncurrent_transitions:
        yield f"moves old versions to {clipped(old.storage_class or 'no class')} {_old(old)}"
    if rule.expiration is not None:
        if rule.expiration.days or rule.expiration.date:
            yield f"deletes {_when(rule.expiration)}"
        if rule.expiration.expired_marker:
            yield "removes delete markers without versions"
    if rule.noncurrent_expiration is not None:
        yield f"deletes old versions {_old(rule.noncurrent_expiration)}"
    if rule.abort is not None:
        yield f"ends unfinished uploads {_after(rule.abort.days)}"


def _when(one: Transition | Expiration) -> str:
    return f"on {one.date.date()}" if one.date is not None else _after(one.days)


def _old(one: NoncurrentTransition | NoncurrentExpiration) -> str:
    kept = f" beyond the newest {one.newer_versions}" if one.newer_versions else ""
    return f"{_after(one.days)}{kept}"


def _after(days: int | None) -> str:
    return f"after {days or 0} day{'' if days == 1 else 's'}"
