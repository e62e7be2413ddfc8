"""What was said is read with its type checked: absent, known, unknown and odd are four different things."""

from collections.abc import Callable

import pytest

from bucketwright.facets.said import Said
from bucketwright.plan import UNKNOWN_INPUT
from bucketwright.posture import Undetermined

Read = Callable[[Said], object]


def said(**values: object) -> Said:
    return Said(values, lambda kind, name, found: f"{kind}:{name}" if found == "ours" else None)


@pytest.mark.parametrize(
    ("read", "value", "meant"),
    [
        pytest.param(lambda one: one.text("a"), "x", "x", id="a text"),
        pytest.param(lambda one: one.flag("a"), False, False, id="a switch"),
        pytest.param(lambda one: one.number("a"), 7.0, 7, id="a number, as the engine sends it"),
        pytest.param(lambda one: one.number("a"), 7, 7, id="a number"),
        pytest.param(lambda one: one.texts("a"), ["x", "y"], ("x", "y"), id="texts"),
        pytest.param(lambda one: one.texts("a"), "x", ("x",), id="one text for a list"),
        pytest.param(lambda one: one.map("a"), {"x": "y"}, {"x": "y"}, id="a mapping of texts"),
        pytest.param(lambda one: one.word("a", ("x", "y")), "y", "y", id="a known word"),
        pytest.param(lambda one: one.choice("a", {"x": 1}), "x", 1, id="what a word means"),
        pytest.param(lambda one: one.inside("a").text("b"), {"b": "x"}, "x", id="inside a mapping"),
        pytest.param(lambda one: one.inside("a").text("b"), [{"b": "x"}], "x", id="inside a list of one"),
        pytest.param(lambda one: len(one.parts("a")), [{}, {}], 2, id="two mappings"),
        pytest.param(lambda one: len(one.parts("a")), {}, 1, id="a mapping for a list"),
        pytest.param(lambda one: one.reference("key", "a"), "ours", "key:a", id="a thing of ours"),
        pytest.param(lambda one: one.reference("key", "a"), "theirs", "theirs", id="a stranger"),
        pytest.param(lambda one: one.needed("a", one.text("a")), "x", "x", id="what is needed and there"),
    ],
)
def test_what_is_said(read: Read, value: object, meant: object) -> None:
    """It is read as what it means."""
    assert read(said(a=value)) == meant


@pytest.mark.parametrize(
    ("read", "nothing"),
    [
        pytest.param(lambda one: one.text("a"), None, id="text"),
        pytest.param(lambda one: one.flag("a"), None, id="flag"),
        pytest.param(lambda one: one.number("a"), None, id="number"),
        pytest.param(lambda one: one.texts("a"), (), id="texts"),
        pytest.param(lambda one: one.map("a"), {}, id="map"),
        pytest.param(lambda one: one.word("a", ("x",)), None, id="word"),
        pytest.param(lambda one: one.choice("a", {"x": 1}), None, id="choice"),
        pytest.param(lambda one: one.part("a"), None, id="part"),
        pytest.param(lambda one: one.inside("a").text("b"), None, id="inside"),
        pytest.param(lambda one: one.parts("a"), (), id="parts"),
        pytest.param(lambda one: one.reference("key", "a"), None, id="reference"),
    ],
)
@pytest.mark.parametrize("values", [{}, {"a": None}], ids=["absent", "null"])
def test_nothing_said(read: Read, nothing: object, values: dict[str, object]) -> None:
    """Absence is no value, and no guess."""
    assert read(said(**values)) == nothing


@pytest.mark.parametrize(
    ("read", "value", "reason"),
    [
        pytest.param(lambda one: one.text("a"), UNKNOWN_INPUT, "a: is known only after", id="unknown text"),
        pytest.param(lambda one: one.flag("a"), UNKNOWN_INPUT, "known only after", id="unknown switch"),
        pytest.param(lambda one: one.number("a"), UNKNOWN_INPUT, "known only after", id="unknown number"),
        pytest.param(
            lambda one: one.texts("a"), [UNKNOWN_INPUT], "known only after", id="unknown inside a list"
        ),
        pytest.param(
            lambda one: one.part("a"), [UNKNOWN_INPUT], "known only after", id="unknown mapping in a list"
        ),
        pytest.param(lambda one: one.parts("a"), UNKNOWN_INPUT, "known only after", id="unknown list"),
        pytest.param(
            lambda one: one.map("a"), {"x": UNKNOWN_INPUT}, r"a\.x: is known only", id="unknown member"
        ),
        pytest.param(lambda one: one.word("a", ("x",)), UNKNOWN_INPUT, "known only after", id="unknown word"),
        pytest.param(
            lambda one: one.reference("key", "a"), UNKNOWN_INPUT, "known only", id="unknown stranger"
        ),
        pytest.param(lambda one: one.text("a"), 7, "a: is not text", id="a number for a text"),
        pytest.param(lambda one: one.flag("a"), 1, "true or false", id="a number for a switch"),
        pytest.param(lambda one: one.number("a"), True, "whole number", id="a switch for a number"),
        pytest.param(lambda one: one.number("a"), 1.5, "whole number", id="a fraction"),
        pytest.param(lambda one: one.number("a"), float("inf"), "whole number", id="no end"),
        pytest.param(lambda one: one.texts("a"), 7, "a list", id="a number for a list"),
        pytest.param(lambda one: one.texts("a"), False, "a list", id="a switch for a list"),
        pytest.param(lambda one: one.texts("a"), [7], "list of texts", id="a number in a list"),
        pytest.param(lambda one: one.part("a"), "x", "a mapping", id="a text for a mapping"),
        pytest.param(lambda one: one.part("a"), [{}, {}], "a mapping", id="two for one mapping"),
        pytest.param(lambda one: one.parts("a"), "", "a list", id="an empty text for a list"),
        pytest.param(
            lambda one: one.parts("a"), [7], r"a\[0\]: is not a mapping", id="a number for a mapping"
        ),
        pytest.param(lambda one: one.word("a", ("x", "y")), "z", "one of x, y", id="another word"),
        pytest.param(
            lambda one: one.needed("b", one.text("b")), "x", "b: is not said", id="needed and absent"
        ),
    ],
)
def test_what_cannot_be_known(read: Read, value: object, reason: str) -> None:
    """Unknown and odd values raise, and say where and why."""
    with pytest.raises(Undetermined, match=reason):
        read(said(a=value))


def test_older_forms_have_lists_with_plural_names() -> None:
    """The only mapping of such a list is found by the singular; a mapping of that name is something else."""
    assert said(rules=[{"b": "x"}]).inside("rule").text("b") == "x"
    assert said(tags={"b": "x"}).part("tag") is None
    with pytest.raises(Undetermined, match="rules: is known only after"):
        said(rules=UNKNOWN_INPUT).part("rule")


def test_a_reference_names_the_property_it_stands_in() -> None:
    """However deep it stands, what it depends on is known by the resource's own property."""
    deep = said(rules=[{"default": {"key": "ours"}}])

    assert deep.parts("rules")[0].inside("default").reference("key", "key") == "key:rules"
    assert deep.inside("rule").inside("default").reference("key", "key") == "key:rules"
