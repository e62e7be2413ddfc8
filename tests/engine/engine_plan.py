"""What does the engine itself plan? The plan that a preview saves, in the form of a recorded one."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from pulumi.automation import EngineEvent, Stack

from bucketwright.plan import Resource
from components.registration import STACK_TYPE
from tests.engine.deploying import Target


def engine_plan(stack: Stack, target: Target, kept: Path) -> dict[str, Resource]:
    """Every resource that a preview of the target would make, by its URN; the stack is none of them."""
    events: list[EngineEvent] = []
    stack.preview(program=target.program, plan=str(kept), on_event=events.append)
    goals = {urn: one["goal"] for urn, one in json.loads(kept.read_text())["resourcePlans"].items()}
    stacks = {urn for urn, goal in goals.items() if goal["type"] == STACK_TYPE}
    found = {urn: _resource(urn, goal, stacks) for urn, goal in goals.items() if urn not in stacks}
    retained = _retained(events)
    return {urn: replace(one, retain_on_delete=urn in retained) for urn, one in found.items()}


def _retained(events: list[EngineEvent]) -> set[str]:
    """What stays when it is deleted; of this alone a saved plan says nothing."""
    steps = [event.resource_pre_event.metadata for event in events if event.resource_pre_event]
    return {step.urn for step in steps if step.new and step.new.retain_on_delete}


def _resource(urn: str, goal: dict[str, Any], stacks: set[str]) -> Resource:
    """The resource that a goal describes."""
    computed = goal.get("propertyDependencies", {})
    return Resource(
        urn=urn,
        type=goal["type"],
        name=goal["name"],
        inputs=_as_recorded(goal["inputDiff"].get("adds", {})),
        parent=None if goal["parent"] in stacks else goal["parent"],
        depends_on=tuple(sorted(goal.get("dependencies", ()))),
        property_dependencies={name: tuple(sorted(urns)) for name, urns in computed.items() if urns},
        custom=goal["custom"],
        protect=goal["protect"],
        provider=goal.get("provider", "").rpartition("::")[0] or None,
        ignore_changes=tuple(sorted(goal.get("ignoreChanges", ()))),
    )


def _as_recorded(value: Any) -> Any:
    match value:
        case dict():
            return {name: _as_recorded(inner) for name, inner in value.items()}
        case list():
            return tuple(_as_recorded(inner) for inner in value)
        case _:
            return value
