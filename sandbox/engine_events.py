"""What did the engine see and do? The events of one deployment, as plain data."""

from collections.abc import Iterable, Iterator
from typing import Final

from pulumi.automation import EngineEvent, OpType, StepEventMetadata

from sandbox.made import Made, Repaired, place_of

_CHANGES: Final = frozenset(
    {OpType.CREATE, OpType.UPDATE, OpType.REPLACE, OpType.CREATE_REPLACEMENT, OpType.IMPORT}
)


def made_in(events: Iterable[EngineEvent]) -> dict[str, Made]:
    """Every resource that is there at the end, by its place in the stack."""
    found: dict[str, Made] = {}
    for step in _steps(events):
        if step.op is not OpType.REFRESH and step.new is not None:
            found[place_of(step.urn)] = Made(step.new.id, step.new.inputs or {})
    return found


def repaired_in(events: Iterable[EngineEvent]) -> tuple[Repaired, ...]:
    """The resources that were not as the engine had left them, and that it changed after seeing it."""
    steps = tuple(_steps(events))
    changed = {step.urn for step in steps if step.op in _CHANGES}
    return tuple(
        Repaired(step.type, step.urn.rpartition("::")[2], _differing(step))
        for step in steps
        if step.op is OpType.REFRESH and step.urn in changed and (step.new is None or _differing(step))
    )


def _differing(step: StepEventMetadata) -> tuple[str, ...]:
    """The properties that a refresh found others."""
    return tuple(sorted(step.diffs or ()))


def _steps(events: Iterable[EngineEvent]) -> Iterator[StepEventMetadata]:
    """What was done, each when it was done."""
    for event in events:
        if event.res_outputs_event is not None:
            yield event.res_outputs_event.metadata
