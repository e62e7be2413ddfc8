"""Would S3 refuse the order in which one rule's actions follow each other?"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from bucketwright.contract.lifecycle.causes import Cause, argument, filter_text, request
from bucketwright.contract.lifecycle.classes import MINIMUM_STAY, REACHABLE, TARGETS, WATERFALL
from bucketwright.contract.lifecycle.rules import Rule

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Stage:
    """A transition on a scale of days, whether its rule counts from the object or by the calendar."""

    storage_class: str
    day: float


@dataclass(frozen=True, slots=True)
class _Ladder:
    """How S3's messages name the transitions of a rule."""

    action: str
    field: str
    scope: str

    def place(self, stage: _Stage) -> str:
        return f"in the '{self.action}' action for StorageClass '{stage.storage_class}'"


def order_causes(rule: Rule) -> Iterator[Cause]:
    yield from _repeated([step.storage_class for step in rule.transitions], "Transition", rule)
    yield from _current(rule)
    noncurrent = [step.storage_class for step in rule.noncurrent_transitions]
    yield from _repeated(noncurrent, "NoncurrentVersionTransition", rule)
    yield from _noncurrent(rule)


def _repeated(classes: list[str | None], action: str, rule: Rule) -> Iterator[Cause]:
    counts = Counter(name for name in classes if name is not None)
    if any(times > 1 for times in counts.values()):
        scope = filter_text(rule)
        yield request(f"'StorageClass' must be different for '{action}' actions in same 'Rule' with {scope}")


def _current(rule: Rule) -> Iterator[Cause]:
    scope = filter_text(rule)
    timed = [step for step in rule.transitions if (step.days is None) != (step.date is None)]
    if not timed:
        return
    if len({step.date is None for step in timed}) > 1:
        yield request(f"Found mixed 'Date' and 'Days' based Transition actions in lifecycle rule for {scope}")
        return
    field = "Days" if timed[0].date is None else "Date"
    stages = [_Stage(step.storage_class or "", _day(step.days, step.date)) for step in timed]
    yield from _descending(stages, _Ladder("Transition", field, scope))
    yield from _expired_last(rule, field, max(stage.day for stage in stages))


def _expired_last(rule: Rule, field: str, latest: float) -> Iterator[Cause]:
    expiration = rule.expiration
    if expiration is None or (expiration.days is None) == (expiration.date is None):
        return
    scope = filter_text(rule)
    if (field == "Days") != (expiration.date is None):
        yield request(
            "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule "
            f"for {scope}",
        )
    elif _day(expiration.days, expiration.date) <= latest:
        after = "greater" if field == "Days" else "later"
        yield argument(
            f"'{field}' in the Expiration action for {scope} must be {after} than "
            f"'{field}' in the Transition action",
        )


def _noncurrent(rule: Rule) -> Iterator[Cause]:
    scope, field = filter_text(rule), "NoncurrentDays"
    stages = [
        _Stage(step.storage_class or "", step.days)
        for step in rule.noncurrent_transitions
        if step.days is not None
    ]
    yield from _descending(stages, _Ladder("NoncurrentVersionTransition", field, scope))
    expiration = rule.noncurrent_expiration
    if expiration is None or expiration.days is None:
        return
    if any(expiration.days <= stage.day for stage in stages):
        yield argument(
            f"'{field}' in the NoncurrentVersionExpiration action for {scope} must be greater than "
            f"'{field}' in the NoncurrentVersionTransition action",
        )


def _descending(stages: list[_Stage], ladder: _Ladder) -> Iterator[Cause]:
    """A colder class comes later, by at least the days the warmer one is charged for."""
    known = {stage.storage_class: stage for stage in stages if stage.storage_class in TARGETS}
    ranked = sorted(known.values(), key=lambda stage: WATERFALL.index(stage.storage_class))
    for warm, cold in pairwise(ranked):
        gap, stay = cold.day - warm.day, MINIMUM_STAY.get(warm.storage_class, 0)
        if cold.storage_class not in REACHABLE[warm.storage_class]:
            yield argument(
                f"a transition from '{warm.storage_class}' to '{cold.storage_class}' is not supported "
                f"for {ladder.scope}",
            )
        elif gap <= 0:
            yield argument(
                f"'{ladder.field}' {ladder.place(cold)} for {ladder.scope} must be greater than "
                f"'{ladder.field}' {ladder.place(warm)} for {ladder.scope}",
            )
        elif gap < stay:
            yield argument(
                f"'{ladder.field}' {ladder.place(cold)} for {ladder.scope} must be {stay} days more than "
                f"'{ladder.scope}' {ladder.place(warm)}",
            )


def _day(days: int | None, date: datetime | None) -> float:
    """Days as they are, a date as its distance from 1970: only differences count."""
    if date is not None:
        return (date - _EPOCH) / timedelta(days=1)
    return days or 0
