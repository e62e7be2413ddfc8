"""Which resources does a change add, take away or alter?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bucketwright.plan import Plan, Resource

Does = Literal["create", "delete", "update"]


@dataclass(frozen=True, slots=True)
class ResourceChange:
    """One resource that is not in both plans, or not the same in both."""

    does: Does
    resource: Resource
    """As it will be; of one that goes, as it was."""
    properties: tuple[str, ...] = ()
    """The inputs that differ."""
    was: Resource | None = None
    """What it was, of one that is altered."""


def resource_changes(before: Plan, after: Plan) -> tuple[ResourceChange, ...]:
    """What differs between two plans of one stack, in the order of the new one; what goes comes last."""
    return tuple(_changes(_by_place(before), _by_place(after)))


def _by_place(plan: Plan) -> Mapping[str, Resource]:
    """The resources under what tells them apart in whichever project and stack."""
    return {one.urn.split("::", 2)[-1]: one for one in plan.resources}


def _changes(old: Mapping[str, Resource], new: Mapping[str, Resource]) -> Iterator[ResourceChange]:
    for place, resource in new.items():
        if place not in old:
            yield ResourceChange("create", resource)
        elif differing := _differing(old[place], resource):
            yield ResourceChange("update", resource, differing, old[place])
    yield from (ResourceChange("delete", one) for place, one in old.items() if place not in new)


def _differing(old: Resource, new: Resource) -> tuple[str, ...]:
    names = sorted({*old.inputs, *new.inputs})
    inputs = (name for name in names if old.inputs.get(name) != new.inputs.get(name))
    options = (
        name
        for name, then, now in (
            ("protect", old.protect, new.protect),
            ("retainOnDelete", old.retain_on_delete, new.retain_on_delete),
        )
        if then != now
    )
    return (*inputs, *options)
