"""What does a run under a schedule break? It is held against calm runs, and against the truth."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

from bucketwright.calls import Answer, Outcome
from tests.faults.auditing import Stage
from tests.faults.invariants import (
    Ran,
    Row,
    ended_in_time,
    nothing_half_written,
    nothing_invented,
    nothing_lost,
    only_read,
    rightly_ended,
    same_again,
)
from tests.faults.schedules import Event, Extent, Schedule

Value = TypeVar("Value")
_FLEETING: Final = frozenset(
    {"Arn", "BucketRegion", "CreationDate", "IsTruncated", "NextKeyMarker", "NextUploadIdMarker", "UserId"}
)
"""The session of a role; when a bucket was made that comes and goes; how a list goes on after a page; where a
bucket is, which the answer to a HEAD may leave out and is then asked for."""


class Trial:
    """Audits under schedules, on one stage; what is so when nothing goes wrong is worked out once."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._calm: dict[tuple[Extent, Event | None], Ran] = {}
        self._truths: dict[Event | None, dict[str, Outcome]] = {}

    def violations(self, tried: Schedule) -> Iterator[str]:
        """What a run under it breaks, each with the number of the invariant."""
        happened = tuple(dict.fromkeys(event for event, _ in tried.events.values()))
        events = (None, *happened)
        calms = [self.calm(tried.extent, event) for event in events]
        ran = self._stage.under(tried)
        for event in happened:
            self._stage.estate.take_back(event)
        yield from nothing_lost(_in_all(calms), ran)
        by_truth = None
        if ran.has_looked:
            is_true = self._trueness(ran, events)
            by_truth = self._stage.by_truth_alone(ran, is_true)
            yield from nothing_invented(ran, is_true, by_truth, calms[0].said)
        yield from nothing_half_written(ran)
        yield from rightly_ended(calms[0], ran, by_truth)
        yield from ended_in_time(calms[0], ran, tried.deadline)
        yield from only_read(ran)
        if tried.is_steady:
            yield from same_again(ran, self._stage.under(tried))

    def calm(self, extent: Extent, event: Event | None = None) -> Ran:
        """The audit when nothing goes wrong, before or after something happened."""
        if (extent, event) not in self._calm:
            self._calm[extent, event] = self._as_after(event, lambda: self._stage.calm(extent))
        return self._calm[extent, event]

    def _trueness(self, ran: Ran, events: Sequence[Event | None]) -> Mapping[str, bool]:
        """Of each answer whether the service gives it, before or after what happened."""
        truths = [self._truth(ran, event) for event in events]
        return {
            identity: any(_lasting(truth[identity]) == _lasting(outcome) for truth in truths)
            for identity, (_, outcome) in ran.outcomes.items()
        }

    def _truth(self, ran: Ran, event: Event | None) -> Mapping[str, Outcome]:
        known = self._truths.setdefault(event, {})
        unknown = {identity: call for identity, (call, _) in ran.outcomes.items() if identity not in known}
        if unknown:

            def asked() -> dict[str, Outcome]:
                with self._stage.truth() as truth:
                    return {identity: truth(call) for identity, call in unknown.items()}

            known |= self._as_after(event, asked)
        return known

    def _as_after(self, event: Event | None, work: Callable[[], Value]) -> Value:
        if event is None:
            return work()
        with self._stage.estate.after(event):
            return work()


def _lasting(outcome: Outcome) -> object:
    """What two that ask one after the other are both told."""
    return _without_fleeting(outcome.values) if isinstance(outcome, Answer) else outcome


def _without_fleeting(value: object) -> object:
    match value:
        case dict():
            return {name: _without_fleeting(inner) for name, inner in value.items() if name not in _FLEETING}
        case list():
            return [_without_fleeting(inner) for inner in value]
    return value


def _in_all(calms: Sequence[Ran]) -> tuple[Row, ...]:
    """What is found in each of them."""
    everywhere = set.intersection(*({one["fingerprint"] for one in each.said} for each in calms))
    return tuple(one for one in calms[0].said if one["fingerprint"] in everywhere)
