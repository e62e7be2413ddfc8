"""How does a deployment in the sandbox read: what is there now, what was put right, what was not?"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from bucketwright.plain_text import counted
from bucketwright.plan import Plan
from cli.lines import folded, terminal_width
from cli.output import Output
from cli.plan_tree import short_type, show_tree
from sandbox.made import Made, Repaired, place_of

if TYPE_CHECKING:
    from sandbox.deploying import Deployed
    from sandbox.drifts import Standing


def show_deployed(planned: Plan, deployed: "Deployed", output: Output) -> None:
    """The tree of what is there, in the program's order, and what had to be put right."""
    there, ids = _as_made(planned, deployed.made)
    show_tree(there, output, ids)
    for arn in deployed.strangers:
        output.note(f"made for others, who would own it: {arn}")
    for one in deployed.repaired:
        output.result(_said_of(one))
    show_standing(deployed.standing, output, "not repaired, for nothing that the program makes holds it")


def show_standing(standing: Iterable["Standing"], output: Output, why: str = "") -> None:
    """The drifts that are still there."""
    found = tuple(standing)
    if found:
        output.result(f"{counted(len(found), 'drift')} injected and {why or 'not repaired'}:")
    for one in found:
        output.result(f"  {one.name} at {one.address}")


def say(sentence: str, output: Output) -> None:
    """A closing sentence."""
    for line in folded(sentence, terminal_width(), 2):
        output.summary(line)


def _as_made(planned: Plan, made: Mapping[str, Made]) -> tuple[Plan, dict[str, str]]:
    """The plan with what became known of each resource, and the ids under its URNs."""
    found = {one.urn: made[place_of(one.urn)] for one in planned.resources if place_of(one.urn) in made}
    resources = (
        replace(one, inputs=found[one.urn].inputs) if one.urn in found else one for one in planned.resources
    )
    return replace(planned, resources=tuple(resources)), {urn: one.id for urn, one in found.items()}


def _said_of(repaired: Repaired) -> str:
    what = ", ".join(repaired.properties) or "was gone"
    return f"repaired: {short_type(repaired.type)} {repaired.name}: {what}"
