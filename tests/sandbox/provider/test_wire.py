"""Values come out of the engine's structs as they went in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.provider.wire import packed, plain

LEAVES = st.one_of(st.text(max_size=5), st.booleans(), st.integers(-(2**40), 2**40), st.floats(-10, 10))
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(max_size=5), inner)),
    max_leaves=10,
)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.text(max_size=5), VALUES))
def test_what_is_packed_comes_out_the_same(content: dict[str, object]) -> None:
    """Text, truth, numbers, lists and mappings, however nested."""
    assert plain(packed(content)) == content


def test_whole_numbers_are_integers_again() -> None:
    """On the wire every number is a float."""
    found = plain(packed({"days": 7, "rate": 12.5}))

    assert {name: type(value) for name, value in found.items()} == {"days": int, "rate": float}


def test_what_is_null_is_left_out() -> None:
    """The SDK sends nothing where a program says None; an old engine may send a null."""
    assert plain(packed({"a": None, "b": {"c": None}})) == {"b": {}}


def test_a_tuple_travels_as_a_list() -> None:
    """Frozen data is fine to send."""
    assert plain(packed({"a": ("b",)})) == {"a": ["b"]}


def test_what_cannot_travel_is_refused() -> None:
    """The refusal shows the value."""
    with pytest.raises(TypeError, match="cannot travel to the engine"):
        packed({"a": object()})
