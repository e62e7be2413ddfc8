"""Ranges of keys, against the sets of keys that they stand for."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from audits.ledger.spans import Range, covers, is_empty, joined, within, without

KEYS = [f"{number:02}" for number in range(1, 13)]
BOUNDS = ["", *KEYS]
RANGES = st.tuples(st.sampled_from(BOUNDS), st.none() | st.sampled_from(KEYS))
SEVERAL = st.lists(RANGES, max_size=5)


def keys_in(spans: list[Range] | tuple[Range, ...]) -> set[str]:
    """Those of the few keys that lie in any of the ranges; "~" stands for all behind."""
    return {key for key in [*KEYS, "~"] for low, high in spans if low < key and (high is None or key <= high)}


@given(SEVERAL)
def test_joined_ranges_hold_the_same_keys_once(spans: list[Range]) -> None:
    """They are in order, apart from each other, and none is empty."""
    found = joined(spans)

    assert keys_in(found) == keys_in(spans)
    assert all(not is_empty(one) for one in found)
    assert all(one[1] is not None and one[1] < other[0] for one, other in pairwise(found))


@given(SEVERAL, RANGES)
def test_what_is_taken_from_a_range_is_gone_from_it(spans: list[Range], outer: Range) -> None:
    """Every other key of it is left."""
    found = without(outer, joined(spans))

    assert keys_in(found) == keys_in([outer]) - keys_in(spans)
    assert all(not is_empty(one) for one in found)


@given(SEVERAL, RANGES)
def test_within_is_what_both_have(spans: list[Range], outer: Range) -> None:
    """No key outside of the range, and all of the others inside of it."""
    assert keys_in(within(spans, outer)) == keys_in(spans) & keys_in([outer])


@given(SEVERAL, RANGES)
def test_a_range_is_covered_where_nothing_of_it_is_left(spans: list[Range], outer: Range) -> None:
    """An empty one always is."""
    assert covers(joined(spans), outer) == (keys_in([outer]) <= keys_in(spans))
