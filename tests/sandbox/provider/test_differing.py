"""Differences are told where they are, in the engine's spelling of a path."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.provider.differing import Difference, differences


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param({}, {"a": 1}, ("add", "a", "a"), id="added"),
        pytest.param({"a": 1}, {}, ("delete", "a", "a"), id="deleted"),
        pytest.param({"a": 1}, {"a": 2}, ("update", "a", "a"), id="updated"),
        pytest.param({"a": None}, {}, ("delete", "a", "a"), id="a nothing deleted"),
        pytest.param({"a": {"b": 1}}, {"a": {"b": 2}}, ("update", "a.b", "a"), id="inside a mapping"),
        pytest.param({"a": [1]}, {"a": [1, 2]}, ("add", "a[1]", "a"), id="at the end of a list"),
        pytest.param({"a": [{"b": 1}]}, {"a": [{}]}, ("delete", "a[0].b", "a"), id="inside a list"),
        pytest.param({"a": [1]}, {"a": {"b": 1}}, ("update", "a", "a"), id="another form"),
        pytest.param(
            {"tags": {}},
            {"tags": {"bucketwright:address": "x"}},
            ("add", 'tags["bucketwright:address"]', "tags"),
            id="a key that is no word",
        ),
        pytest.param(
            {"tags": {}}, {"tags": {'a"\\': "x"}}, ("add", 'tags["a\\"\\\\"]', "tags"), id="with quotes"
        ),
        pytest.param({"1a": 1}, {"1a": 2}, ("update", '["1a"]', "1a"), id="at the top"),
    ],
)
def test_a_difference_is_told_where_it_is(
    old: dict[str, object], new: dict[str, object], expected: tuple[str, str, str]
) -> None:
    """Kind, path and first step."""
    assert [(one.kind, one.path, one.top) for one in differences(old, new)] == [expected]


LEAVES = st.one_of(st.integers(0, 2), st.sampled_from(["x", "y"]))
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3), st.dictionaries(st.sampled_from("abc"), inner, min_size=1)
    ),
    max_leaves=8,
)
RECORDS = st.dictionaries(st.sampled_from("abcd"), VALUES)


@settings(max_examples=200, deadline=None)
@given(RECORDS)
def test_equals_do_not_differ(said: dict[str, object]) -> None:
    """Nothing changed, nothing told."""
    assert differences(said, said) == ()


@settings(max_examples=200, deadline=None)
@given(RECORDS, RECORDS)
def test_every_leaf_that_differs_is_below_one_difference(
    old: dict[str, object], new: dict[str, object]
) -> None:
    """An independent walk over all leaves finds the same places, and no others."""
    before, after = _all_leaves(old), _all_leaves(new)
    changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}

    found = differences(old, new)

    assert all(any(path.startswith(one.path) for one in found) for path in changed)
    assert all(any(path.startswith(one.path) for path in changed) for one in found)
    assert len({one.path for one in found}) == len(found)


def _all_leaves(record: dict[str, object]) -> dict[str, object]:
    return {path: leaf for name, value in record.items() for path, leaf in _leaves(value, name)}


def _leaves(value: object, path: str) -> Iterator[tuple[str, object]]:
    """Every value that holds no other."""
    match value:
        case dict():
            for name, inner in value.items():
                yield from _leaves(inner, f"{path}.{name}")
        case list():
            for index, inner in enumerate(value):
                yield from _leaves(inner, f"{path}[{index}]")
        case _:
            yield path, value


def test_a_difference_is_frozen() -> None:
    """It can be kept in sets."""
    assert len({Difference("add", "a", "a"), Difference("add", "a", "a")}) == 1
