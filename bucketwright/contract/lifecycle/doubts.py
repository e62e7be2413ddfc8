"""Which things said of an object cannot all be true, and does its fate depend on which of them are?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from bucketwright.contract.lifecycle.rules import Rule
from bucketwright.contract.lifecycle.simulator import Event, StoredObject, Versioning, applying, life

_NEVER: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the object may be instead, and as which object rules select it."""

    lives_as: StoredObject
    selected_as: StoredObject


@dataclass(frozen=True, slots=True)
class Doubt:
    """A field that does not go with the others, and what the object may be instead."""

    field: str
    problem: str
    readings: tuple[Reading, ...]

    def matters(self, rules: tuple[Rule, ...], versioning: Versioning, events: tuple[Event, ...]) -> bool:
        """Whether one of the readings has another story than these events."""
        return any(
            life(applying(rules, reading.selected_as), versioning, reading.lives_as) != events
            for reading in self.readings
        )


def doubts(stored: StoredObject, said: Mapping[str, object]) -> Iterator[Doubt]:
    """Give the contradictions of an object; `said` holds its fields as they were written.

    A version whose successor is not said is taken to be replaced as soon as it was made.
    """
    yield from _of_upload(stored, said)
    yield from _of_version(stored, said)
    yield from _of_marker(stored)
    if stored.noncurrent_versions and not stored.noncurrent and said.get("delete_marker") is None:
        problem = "is missing; noncurrent_versions is asked of delete markers, and false says that it is none"
        yield Doubt("delete_marker", problem, _as_it_is(replace(stored, delete_marker=True)))


def _of_upload(stored: StoredObject, said: Mapping[str, object]) -> Iterator[Doubt]:
    flags = {"noncurrent": stored.noncurrent, "delete_marker": stored.delete_marker}
    for flag, raised in flags.items():
        if raised and stored.multipart_upload:
            problem = f"contradicts {flag}; an unfinished upload is no version yet"
            finished = replace(stored, multipart_upload=False)
            yield Doubt("multipart_upload", problem, _replaced_some_time(finished, said))


def _of_version(stored: StoredObject, said: Mapping[str, object]) -> Iterator[Doubt]:
    """Only what a successor replaced is noncurrent, and it was made before that."""
    since = stored.successor_created
    if not stored.noncurrent:
        telling = "successor_created" if since is not None else "newer_noncurrent_versions"
        if since is not None or stored.newer_noncurrent_versions:
            problem = f"is not true, and {telling} is said of noncurrent versions only"
            hidden = replace(stored, noncurrent=True, successor_created=since or stored.created)
            yield Doubt("noncurrent", problem, _replaced_some_time(hidden, said))
    elif said.get("successor_created") is None:
        problem = "is missing; a noncurrent version's days count from it"
        yield Doubt("successor_created", problem, _replaced_some_time(stored, said))
    elif since is not None and since < stored.created:
        problem = "lies before object.created; a version is replaced after it was made"
        yield Doubt(
            "successor_created", problem, _as_it_is(replace(stored, successor_created=stored.created))
        )


def _of_marker(stored: StoredObject) -> Iterator[Doubt]:
    """A delete marker has neither data nor tags by which a rule could select it."""
    if stored.delete_marker and stored.size:
        problem = "contradicts delete_marker; a marker has no data, and a rule asks for a size"
        yield Doubt("size", problem, (Reading(stored, replace(stored, delete_marker=False)),))
    if stored.delete_marker and stored.tags:
        problem = "contradicts delete_marker; a marker has no tags, and a rule asks for one"
        yield Doubt("tags", problem, _as_it_is(replace(stored, tags={})))


def _replaced_some_time(stored: StoredObject, said: Mapping[str, object]) -> tuple[Reading, ...]:
    """The object, and where its successor is not said, the same replaced as late as can be."""
    if said.get("successor_created") is not None:
        return _as_it_is(stored)
    return (*_as_it_is(stored), *_as_it_is(replace(stored, successor_created=_NEVER)))


def _as_it_is(stored: StoredObject) -> tuple[Reading, ...]:
    return (Reading(stored, stored),)
