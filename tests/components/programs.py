"""Small Pulumi programs, and what to ask of their plans."""

from collections.abc import Callable, Mapping
from typing import Any

import pulumi

from bucketwright.plan import Plan, Resource
from components.recording import Program, record
from components.stand_in import Answer, Calls

PROJECT = "shop"
IDENTITY = "aws:index/getCallerIdentity:getCallerIdentity"


class Shelf(pulumi.ComponentResource):
    """A component that makes nothing of its own accord."""

    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("bucketwright:index:Shelf", name, {"size": 3}, opts)


class Thing(pulumi.CustomResource):
    """Any resource of a provider, which thinks of a `made` and a `size` where it is not told them."""

    made: pulumi.Output[Any]
    size: pulumi.Output[Any]

    def __init__(
        self, name: str, props: Mapping[str, object] | None = None, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("shop:index:Thing", name, {"made": None, "size": None, **(props or {})}, opts)


def recorded(
    program: Program, stack: str = "dev", calls: Calls | None = None, answer: Answer | None = None
) -> Plan:
    """The plan of a program."""
    return record(program, project=PROJECT, stack=stack, calls=calls or {}, answer=answer)


def resources(
    program: Program, calls: Calls | None = None, answer: Answer | None = None
) -> dict[str, Resource]:
    """The resources of a program under their names."""
    return {one.name: one for one in recorded(program, calls=calls, answer=answer).resources}


def telling(value: Callable[[], object]) -> Program:
    """A program of one thing, `told`, that is told a value."""

    def program() -> None:
        Thing("told", {"value": value()})

    return program


def under(parent: pulumi.Resource) -> pulumi.ResourceOptions:
    """Options of a child."""
    return pulumi.ResourceOptions(parent=parent)
