"""Character sets behave as sets of characters do."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bucketwright.iam.charset import CharSet

UNHURRIED = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
UNIVERSE = "ab1-/.é\n"
SETS = st.builds(CharSet, st.frozensets(st.sampled_from(UNIVERSE)), st.booleans())


def members(chars: CharSet) -> set[str]:
    """The oracle: which characters of a small universe are in the set."""
    listed = set(chars.chars)
    return set(UNIVERSE) - listed if chars.negated else listed


@UNHURRIED
@given(SETS, SETS)
def test_intersection_holds_what_both_hold(a: CharSet, b: CharSet) -> None:
    """A character is in the intersection exactly when it is in both sets."""
    assert members(a.intersect(b)) == members(a) & members(b)


@UNHURRIED
@given(SETS, SETS)
def test_union_holds_what_either_holds(a: CharSet, b: CharSet) -> None:
    """A character is in the union exactly when it is in one of the sets."""
    assert members(a.union(b)) == members(a) | members(b)


@UNHURRIED
@given(SETS)
def test_complement_holds_the_rest(a: CharSet) -> None:
    """A character is in the complement exactly when it is not in the set."""
    assert members(a.complement()) == set(UNIVERSE) - members(a)
    assert a.complement().complement() == a


@UNHURRIED
@given(SETS)
def test_contains_agrees_with_membership(a: CharSet) -> None:
    """Asking for one character gives the same answer as listing all."""
    assert {char for char in UNIVERSE if a.contains(char)} == members(a)


@UNHURRIED
@given(SETS)
def test_example_is_a_member_unless_empty(a: CharSet) -> None:
    """A set that is not empty names one of its members, an empty one refuses."""
    if a.is_empty():
        assert not members(a)
        with pytest.raises(ValueError, match="empty set"):
            a.example()
    else:
        assert a.contains(a.example())


@pytest.mark.parametrize(
    ("chars", "example"),
    [
        pytest.param(CharSet(frozenset(), negated=True), "a", id="anything is an a"),
        pytest.param(CharSet(frozenset("/a"), negated=True), "b", id="all but a"),
        pytest.param(CharSet(frozenset("0123")), "1", id="a digit is no leading zero"),
        pytest.param(CharSet(frozenset("\n!é")), "!", id="printable before control"),
        pytest.param(CharSet(frozenset("\n")), "\n", id="the only one there is"),
        pytest.param(CharSet(frozenset(map(chr, range(0x500))), negated=True), "\u0500", id="beyond ASCII"),
    ],
)
def test_examples_are_readable(chars: CharSet, example: str) -> None:
    """Among the members the most readable one is shown."""
    assert chars.example() == example


def test_a_set_without_any_character_of_utf8_is_empty() -> None:
    """Excluding every character by name leaves nothing, and surrogates do not count."""
    every = frozenset(chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)

    assert CharSet(every, negated=True).is_empty()
    assert not CharSet(every - {"\x00"}, negated=True).is_empty()
