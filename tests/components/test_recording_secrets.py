"""Secrets of a program: what is secret is not told, and what is none is."""

from collections.abc import Callable
from typing import Any

import pulumi
import pytest

from bucketwright.plan import UNKNOWN_INPUT, Resource
from tests.components.programs import Thing, resources, telling

Made = tuple[str, dict[str, object]]
secret: Callable[[object], pulumi.Output[Any]] = pulumi.Output.secret


@pytest.mark.parametrize(
    ("value", "heard"),
    [
        pytest.param(lambda: secret("hush"), "[secret]", id="a text"),
        pytest.param(lambda: secret(7), "[secret]", id="a number"),
        pytest.param(lambda: secret({"a": ["hush"]}), "[secret]", id="a whole mapping"),
        pytest.param(lambda: {"a": secret("hush"), "b": "x"}, {"a": "[secret]", "b": "x"}, id="in a mapping"),
        pytest.param(lambda: ["x", secret("hush")], ("x", "[secret]"), id="in a list"),
        pytest.param(lambda: pulumi.Output.json_dumps([secret("hush")]), "[secret]", id="in a document"),
        pytest.param(lambda: pulumi.Output.concat("a", secret("hush")), "[secret]", id="in a longer text"),
        pytest.param(lambda: secret("hush").apply(str.upper), "[secret]", id="a function of it"),
        pytest.param(
            lambda: Thing("maker", {"size": secret("hush")}).size, "[secret]", id="by way of another"
        ),
        pytest.param(lambda: secret(Thing("maker").made), UNKNOWN_INPUT, id="one nobody knows yet"),
    ],
)
def test_a_secret_is_not_told(value: Callable[[], object], heard: object) -> None:
    """Wherever it stands, what stands for it in the plan says nothing of it."""
    told = resources(telling(value))["told"]

    assert told.inputs == {"value": heard}
    assert "hush" not in repr(told).lower()


@pytest.mark.parametrize(
    ("value", "heard"),
    [
        pytest.param(lambda: pulumi.Output.unsecret(secret("shown")), "shown", id="declared to be none"),
        pytest.param(lambda: pulumi.Output.from_input("shown"), "shown", id="an output"),
        pytest.param(lambda: "[secret]", "[secret]", id="the word itself"),
        pytest.param(lambda: {"value": "shown"}, {"value": "shown"}, id="a mapping with a value"),
        pytest.param(
            lambda: ["1b47061264138c4ac30d75fd1eb44270"], ("1b47061264138c4ac30d75fd1eb44270",), id="a mark"
        ),
    ],
)
def test_what_is_no_secret_is_told(value: Callable[[], object], heard: object) -> None:
    """Nothing is hidden that is not marked."""
    assert resources(telling(value))["told"].inputs == {"value": heard}


def test_who_makes_a_resource_is_told_its_secrets() -> None:
    """A deployment needs them; the plan of it still does not tell."""
    told: list[object] = []

    def make(resource: Resource) -> Made:
        told.append(resource.inputs)
        return "id", {}

    plan = resources(telling(lambda: secret("hush")), answer=make)

    assert told == [{"value": "hush"}]
    assert plan["told"].inputs == {"value": "[secret]"}


def test_an_output_that_the_program_calls_secret_is_one() -> None:
    """What comes back of a deployment is hidden where the program says so, and only there."""

    def program() -> None:
        maker = Thing("maker", {"size": 3}, pulumi.ResourceOptions(additional_secret_outputs=["made"]))
        Thing("told", {"made": maker.made, "size": maker.size})

    told = resources(program, answer=lambda one: (one.name, {"made": "hush", "size": 4}))["told"]

    assert told.inputs == {"made": "[secret]", "size": 4}
