"""A program that fails: its own error comes out, and the next program runs as if nothing were."""

import asyncio
import gc
from collections.abc import Callable
from typing import NoReturn

import pulumi
import pulumi_aws
import pytest

from components.stand_in import Unrecordable
from tests.components.programs import Shelf, Thing, recorded, resources, telling, under


class Mishap(Exception):  # noqa: N818 - the error of a program, whatever its name
    """What a program of these tests raises."""


def mishap(*_: object) -> NoReturn:
    """Fail."""
    raise Mishap


async def later() -> NoReturn:
    """Fail, but not at once."""
    await asyncio.sleep(0)
    raise Mishap


def at_once() -> None:
    """Something is begun already."""
    Thing("first")
    mishap()


def in_a_function_of_an_output() -> None:
    """The value is known, the function fails."""
    Thing("told", {"size": Thing("first", {"size": 3}).size.apply(mishap)})


def in_a_function_nobody_needs() -> None:
    """Its outcome is told to nobody."""
    Thing("first", {"size": 3}).size.apply(mishap)


def in_what_is_awaited() -> None:
    """An input that comes later never comes."""
    Thing("first", {"size": later()})


@pytest.mark.parametrize(
    "program", [at_once, in_a_function_of_an_output, in_a_function_nobody_needs, in_what_is_awaited]
)
def test_the_error_of_the_program_comes_out(
    program: Callable[[], None], capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """It is raised as it is, and nothing else is said of it anywhere; the next program does not notice."""
    with pytest.raises(Mishap):
        recorded(program)

    assert list(resources(telling(lambda: 3))) == ["told"]
    gc.collect()
    assert (capfd.readouterr(), caplog.record_tuples) == (("", ""), [])


def test_the_end_of_the_process_is_the_programs_to_ask_for() -> None:
    """A program that exits is not held back."""

    def program() -> None:
        raise SystemExit(3)

    with pytest.raises(SystemExit, match="3"):
        recorded(program)


def test_missing_configuration_is_named() -> None:
    """The error is the one that a deployment would end with."""
    with pytest.raises(pulumi.ConfigMissingError, match="shop:size"):
        recorded(telling(lambda: pulumi.Config("shop").require("size")))


def two_alike() -> None:
    """Two resources of one type and name."""
    Thing("first")
    Thing("first")


def two_alike_in_one_component() -> None:
    """The same below a parent."""
    shelf = Shelf("shelf")
    Thing("first", opts=under(shelf))
    Thing("first", opts=under(shelf))


@pytest.mark.parametrize("program", [two_alike, two_alike_in_one_component])
def test_a_urn_is_taken_once(program: Callable[[], None]) -> None:
    """What the engine would refuse is refused, with its type and name."""
    with pytest.raises(Unrecordable, match="two resources of type shop:index:Thing are called 'first'"):
        recorded(program)


def test_one_name_is_enough_for_several() -> None:
    """Another type or another kind of parent makes another URN."""

    def program() -> None:
        shelf = Shelf("first")
        Thing("first")
        Thing("first", opts=under(shelf))

    assert len(recorded(program).resources) == 3


def needing_a_transform() -> None:
    """The engine calls back for each resource."""
    Thing("first", opts=pulumi.ResourceOptions(transforms=[lambda _: None]))


def needing_a_method() -> None:
    """A provider runs code of a resource."""
    weight = pulumi.runtime.call("shop:index:Thing/weigh", {"size": 3}, Thing("first"))
    Thing("second", {"weight": weight})


def needing_an_account() -> None:
    """A program asks whether something is there."""
    there = pulumi.runtime.exists_resource(None, "shop:index:Thing", "first-id", {}, pulumi.ResourceOptions())
    Thing("first", {"there": there})


@pytest.mark.parametrize(
    ("program", "said"),
    [
        pytest.param(needing_a_transform, "does not support transforms", id="a transform"),
        pytest.param(needing_a_method, "shop:index:Thing/weigh is a method, and there is no", id="a method"),
        pytest.param(needing_an_account, "tell whether 'first-id' exists", id="asking what exists"),
    ],
)
def test_what_takes_an_engine_is_refused(program: Callable[[], None], said: str) -> None:
    """Rather than leave something out of the plan, the recording ends."""
    with pytest.raises(Exception, match=said):
        recorded(program)


def test_an_unanswered_function_cannot_be_asked_at_once() -> None:
    """A program that needs the answer while it runs fails rather than go on with a made-up one."""
    with pytest.raises(AssertionError):
        recorded(telling(lambda: pulumi_aws.get_caller_identity().account_id))
