"""What did the engine see or do? Its events, and the state it keeps, as plain data."""

from collections.abc import Callable
from pathlib import Path

from pulumi.automation import EngineEvent, OpType, Stack

Seen = set[tuple[str, str, tuple[str, ...]]]
"""What becomes of a resource, its type and name, and the inputs that differ."""
_NOTHING = {OpType.SAME, OpType.READ, OpType.REFRESH}


def seen_by(operation: Callable[[Callable[[EngineEvent], None]], object]) -> Seen:
    """What changes, as the events of an operation tell it."""
    events: list[EngineEvent] = []
    operation(events.append)
    found: Seen = set()
    for event in events:
        told = event.res_outputs_event or event.res_op_failed_event
        if told is not None and (told.metadata.op not in _NOTHING or told.metadata.diffs):
            kind, name = told.metadata.type.rpartition(":")[2], told.metadata.urn.rpartition("::")[2]
            found.add((told.metadata.op.value, f"{kind} {name}", tuple(told.metadata.diffs or ())))
    return found


def drift_of(stack: Stack) -> Seen:
    """What a refresh would change, which writes nothing."""
    return seen_by(lambda on_event: stack.preview_refresh(on_event=on_event))


def kept_state(folder: Path) -> dict[str, bytes]:
    """The engine's own record of every stack whose state is in the folder."""
    stacks = folder / "state" / ".pulumi" / "stacks"
    return {str(one.relative_to(stacks)): one.read_bytes() for one in stacks.rglob("*.json")}
