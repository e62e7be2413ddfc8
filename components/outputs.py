"""What does a program do with a value that only the deployment gives?"""

import asyncio
from collections.abc import Mapping
from typing import TypeVar

import pulumi

from bucketwright.facets.placeholders import addresses_in, render

Value = TypeVar("Value")


def known_or(output: pulumi.Output[Value], stand_in: Value) -> pulumi.Output[Value]:
    """The value where it is known, and its stand-in before the first deployment."""

    async def value() -> Value:
        known = await output.is_known()
        found: Value = await output.future() if known else stand_in  # type: ignore[assignment] # it is known
        return found

    async def yes() -> bool:
        return True

    return pulumi.Output(output.resources(), asyncio.ensure_future(value()), asyncio.ensure_future(yes()))


def rendered(document: str, arns: Mapping[str, pulumi.Input[str]]) -> pulumi.Input[str]:
    """A document with the ARNs it refers to.

    Before these are there it keeps their stand-ins, so that a preview shows all of it and policies can judge
    it, instead of one unknown value.
    """
    needed = addresses_in(document)
    if not needed:
        return document
    found = pulumi.Output.all(**{address: arns[address] for address in sorted(needed)})
    return known_or(found.apply(lambda known: render(document, known)), document)
