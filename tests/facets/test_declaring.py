"""Arguments of several facets become one resource, and what is not said is left out."""

import pytest

from bucketwright.facets.declaring import Contending, given, merged
from bucketwright.facets.facet import Declared


def test_one_kind_and_name_is_one_resource() -> None:
    """Mappings are put together by their keys, lists of one length by their places."""
    declared = (
        Declared("a", {"outer": {"x": 1}, "rules": [{"x": 1}, {}]}),
        Declared("a", {"outer": {"y": 2}, "rules": [{"y": 2}, {"z": 3}], "more": True}),
    )

    assert merged(declared) == (
        Declared("a", {"outer": {"x": 1, "y": 2}, "rules": [{"x": 1, "y": 2}, {"z": 3}], "more": True}),
    )


def test_other_kinds_and_names_stand_apart() -> None:
    """They keep their order."""
    declared = (Declared("b", {}), Declared("a", {}, "x"), Declared("a", {}, "y"), Declared("b", {"z": 1}))

    assert merged(declared) == (Declared("b", {"z": 1}), Declared("a", {}, "x"), Declared("a", {}, "y"))


@pytest.mark.parametrize(
    ("a", "b", "where"),
    [
        pytest.param({"x": 1}, {"x": 2}, r"kind\.x", id="two values"),
        pytest.param({"x": {"y": 1}}, {"x": {"y": 2}}, r"kind\.x\.y", id="two values inside"),
        pytest.param({"x": [1]}, {"x": [1, 2]}, r"kind\.x", id="lists of two lengths"),
        pytest.param({"x": [1, 2]}, {"x": [1, 3]}, r"kind\.x\[1\]", id="two values in a list"),
        pytest.param({"x": {}}, {"x": []}, r"kind\.x", id="a mapping and a list"),
    ],
)
def test_facets_that_contend_are_refused(a: dict[str, object], b: dict[str, object], where: str) -> None:
    """Nobody's word is lost without a word."""
    with pytest.raises(Contending, match=where):
        merged((Declared("kind", a), Declared("kind", b)))


def test_facets_that_agree_are_not() -> None:
    """The same said twice is said once."""
    assert merged((Declared("a", {"x": [1]}), Declared("a", {"x": [1]}))) == (Declared("a", {"x": [1]}),)


def test_nothing_is_left_out_but_none() -> None:
    """False, zero and emptiness are said."""
    assert given(a=None, b=False, c=0, d="", e=[]) == {"b": False, "c": 0, "d": "", "e": []}
