"""Which values of a resource differ, however deep they lie."""

import json
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.changes.resources import ResourceChange
from bucketwright.changes.values import ValueChange, value_changes
from bucketwright.plan import Resource

BUCKET: Final = Resource("urn:b", "aws:s3/bucket:Bucket", "files", {})


def _altered(before: object, after: object) -> list[tuple[str, object, object]]:
    then, now = (replace(BUCKET, inputs={"x": value}) for value in (before, after))
    found = value_changes(ResourceChange("update", now, ("x",), then))
    return [(one.path, one.before, one.after) for one in found]


def _policy(*resources: object) -> str:
    statements = [{"Effect": "Allow", "Resource": one} for one in resources]
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        pytest.param("a", "b", [("x", "a", "b")], id="a value"),
        pytest.param(None, {"a": 1}, [("x", None, {"a": 1})], id="one that was not there"),
        pytest.param({"a": 1, "b": 2}, {"b": 3}, [("x.a", 1, None), ("x.b", 2, 3)], id="in a mapping"),
        pytest.param([1, 2, 3], [1, 4, 3], [("x.1", 2, 4)], id="in a list"),
        pytest.param([1, 2], [2, 3, 1], [("x.1", None, 3)], id="one entry more, in another order"),
        pytest.param([1, 2, 3], [3], [("x.0", 1, None), ("x.1", 2, None)], id="entries fewer"),
        pytest.param([1, 2], [2, 1], [("x", [1, 2], [2, 1])], id="another order alone"),
        pytest.param(["a"], ["a", "a"], [("x", ["a"], ["a", "a"])], id="the same twice"),
        pytest.param([{"a": 1, "b": 1}], [{"a": 1, "b": 2}], [("x.0.b", 1, 2)], id="in an entry"),
        pytest.param(
            _policy("a", "b"), _policy("a", "c"), [("x.Statement.1.Resource", "b", "c")], id="policy"
        ),
        pytest.param(
            _policy("a"), _policy(["a", "b"]), [("x.Statement.0.Resource.1", None, "b")], id="one becomes two"
        ),
        pytest.param(
            _policy(["a", "b"]), _policy("b"), [("x.Statement.0.Resource.0", "a", None)], id="two become one"
        ),
        pytest.param(_policy("a"), _policy(["a"]), [], id="one as a list of one"),
        pytest.param(_policy("a"), "{", [("x", _policy("a"), "{")], id="what is no document"),
        pytest.param('{"a": 1, "a": 2}', "{}", [("x", '{"a": 1, "a": 2}', "{}")], id="a doubtful one"),
        pytest.param('{"a":1}', '{"a": 1}', [], id="spelled otherwise"),
    ],
)
def test_only_what_differs_is_told(
    before: object, after: object, told: list[tuple[str, object, object]]
) -> None:
    """By its place, with what stood there and what will."""
    assert _altered(before, after) == told


def test_options_are_values_too() -> None:
    """Whether it is protected, and whether it outlives the stack."""
    held = replace(BUCKET, protect=True, retain_on_delete=True)

    assert list(value_changes(ResourceChange("update", BUCKET, (), held))) == [
        ValueChange("protect", True, False),
        ValueChange("retainOnDelete", True, False),
    ]


@pytest.mark.parametrize("does", ["create", "delete"])
def test_what_comes_or_goes_has_no_before_and_after(does: str) -> None:
    """Its kind and name say it all."""
    change = ResourceChange("create" if does == "create" else "delete", replace(BUCKET, inputs={"x": 1}))

    assert list(value_changes(change)) == []


def test_what_lies_deep_is_told_as_a_whole() -> None:
    """However deep that is, nothing breaks."""
    before: object = "a"
    after: object = "b"
    for _ in range(500):
        before, after = [before], [after]
    [(path, was, will)] = _altered(before, after)

    assert path.count(".") == 11
    assert was != will


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(2, 4) | st.sampled_from("ab"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=8,
)


@given(_VALUES, _VALUES)
@settings(max_examples=200, deadline=None)
def test_something_is_told_exactly_where_something_differs(before: object, after: object) -> None:
    """Equal values change nothing, and no difference goes unsaid; nothing is written as null."""
    if _bare(before) != _bare(after):
        assert _altered(before, after)
    assert _altered(before, before) == []


def _bare(value: object) -> object:
    """What nothing stands under is not there, and one entry of text is a list of it."""
    match value:
        case dict():
            return {name: found for name, one in value.items() if (found := _bare(one)) is not None}
        case [str() as one]:
            return one
        case list():
            return [_bare(one) for one in value]
    return value
