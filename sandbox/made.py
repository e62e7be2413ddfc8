"""What is in the sandbox after a deployment: each resource as it was made, and what was put right again."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Made:
    """A resource that is there."""

    id: str
    """What AWS calls it; empty for a component."""
    inputs: Mapping[str, object]
    """What it was told, all of it known."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """A resource that somebody had changed or deleted, and that is again as the program says."""

    type: str
    name: str
    properties: tuple[str, ...] = ()
    """What of it was others; nothing where it was gone."""


def place_of(urn: str) -> str:
    """What tells a resource from all others of its stack, whatever the stack and the project are called."""
    return urn.split("::", 2)[-1]
