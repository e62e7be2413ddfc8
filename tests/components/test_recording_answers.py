"""A recorded deployment: somebody makes each resource, and what comes of it reaches those that need it."""

import threading
from collections.abc import Mapping
from typing import NoReturn

import pulumi
import pytest

from bucketwright.plan import Resource
from components.stand_in import Unrecordable
from tests.components.programs import Shelf, Thing, recorded, resources, under


class Maker:
    """Makes anything, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[Resource] = []

    def __call__(self, resource: Resource) -> tuple[str, Mapping[str, object]]:
        self.asked.append(resource)
        return f"{resource.name}-id", {"made": f"{resource.name}-made", "more": ({"a": [1, None]},)}


def chain() -> None:
    """Things that hang on one another."""
    shelf = Shelf("shelf")
    first = Thing("first", {"size": 3}, under(shelf))
    Thing("second", {"id": first.id, "made": first.made, "size": first.size})


def test_what_was_made_reaches_whoever_needs_it() -> None:
    """Ids and outputs are those of the answer; what it does not say is as it was told."""
    second = resources(chain, answer=Maker())["second"]

    assert second.inputs == {"id": "first-id", "made": "first-made", "size": 3}


def test_nothing_is_unknown_in_a_deployment() -> None:
    """Functions of outputs are called, and the program knows that it is no preview."""
    seen: list[object] = []

    def program() -> None:
        seen.append(pulumi.runtime.is_dry_run())
        Thing("first").made.apply(seen.append)

    recorded(program, answer=Maker())

    assert seen == [False, "first-made"]


def test_only_what_a_provider_makes_is_asked_for() -> None:
    """Components are nobody's to make; what is needed by others is asked for first."""
    maker = Maker()

    plan = recorded(chain, answer=maker)

    assert [one.name for one in maker.asked] == ["first", "second"]
    assert maker.asked == [one for one in plan.resources if one.custom]


def test_they_are_asked_for_one_at_a_time() -> None:
    """Whoever makes them need not be ready for several threads."""
    threads: set[int] = set()

    def make(_: Resource) -> tuple[str, Mapping[str, object]]:
        threads.add(threading.get_ident())
        return "id", {}

    recorded(chain, answer=make)

    assert threads == {threading.get_ident()}


def test_an_output_may_differ_from_what_was_told() -> None:
    """The answer has the last word, as a provider that completes a value has."""

    def program() -> None:
        Thing("told", {"size": Thing("first", {"size": 3}).size})

    assert resources(program, answer=lambda one: ("id", {"size": 4}))["told"].inputs == {"size": 4}


@pytest.mark.parametrize(
    "outputs",
    [{}, {"made": None}, {"made": {"a": ({"b": [True, 0.5, None]},)}}],
    ids=["none", "nothing in one", "nested ones"],
)
def test_outputs_are_any_plain_data(outputs: Mapping[str, object]) -> None:
    """Whatever JSON can hold comes through."""
    seen: list[object] = []

    def program() -> None:
        Thing("first").made.apply(seen.append)

    recorded(program, answer=lambda one: ("id", outputs))

    assert seen in ([None], [{"a": [{"b": [True, 0.5, None]}]}])


def test_an_output_that_is_no_data_is_refused() -> None:
    """A set is nothing that an engine could keep."""
    with pytest.raises(TypeError, match="set is no plain data"):
        recorded(chain, answer=lambda one: ("id", {"made": {1}}))


def test_who_cannot_make_it_is_heard() -> None:
    """Its own error comes out, and nothing that waits for the resource is asked for."""
    asked: list[str] = []

    def fail(resource: Resource) -> NoReturn:
        asked.append(resource.name)
        raise FileExistsError(resource.name)

    with pytest.raises(FileExistsError, match="first"):
        recorded(chain, answer=fail)

    assert asked == ["first"]


def test_nothing_can_be_read_in_a_deployment() -> None:
    """Rather than guess what exists, the recording ends."""

    def program() -> None:
        Thing("there", opts=pulumi.ResourceOptions(id="there-id"))

    with pytest.raises(Unrecordable, match="'there' is to be read, and nobody here can read it"):
        recorded(program, answer=Maker())
