"""Is a key in a set of keys exactly where the pattern algebra has it, in whatever order keys come?"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.changes import key_sets
from bucketwright.changes.key_sets import KeySet
from bucketwright.iam.languages import ANYTHING, NOTHING, And, Formula, Not, Or, Work, pattern, within

LEAVES = st.sampled_from(
    ["*", "a/*", "a/b/*", "a/*/c", "?b*", "a", "é*", "*/c", "${aws:username}/*", "a/${*}"]
)
FORMULAS = st.recursive(
    LEAVES.map(pattern) | st.sampled_from([ANYTHING, NOTHING]),
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: Or(tuple(parts))),
    ),
    max_leaves=6,
)
KEYS = st.text(alphabet="abc/é*\n\U0010ffff", max_size=6)


@given(formula=FORMULAS, keys=st.lists(KEYS, max_size=20))
def test_it_answers_as_the_algebra_does(formula: Formula, keys: list[str]) -> None:
    """Key after key, sorted or not, with all that was remembered of the ones before."""
    several = KeySet(formula)

    for key in [*keys, *sorted(keys)]:
        assert (key in several) == within(formula, tuple(key), Work(10**6))


@given(words=st.lists(st.sampled_from(["a/", "b", "/c", "é"]), min_size=1, max_size=4), key=KEYS)
def test_stars_are_those_of_iam(words: list[str], key: str) -> None:
    """A pattern with stars takes what the same regular expression takes."""
    expression = re.compile(".*".join(map(re.escape, words)), re.DOTALL)

    assert (key in KeySet(pattern("*".join(words)))) == bool(expression.fullmatch(key))


def test_what_it_remembers_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for hardly a step the answers stay the same."""
    monkeypatch.setattr(key_sets, "_MOST_STEPS", 2)
    several = KeySet(And((pattern("a/*/c"), Not(pattern("a/b*")))))

    assert [key for key in ("a/b/c", "a/x/c", "a/c", "a//c", "a/x/d") if key in several] == ["a/x/c", "a//c"]


def test_a_long_key_of_a_settled_beginning_is_not_read() -> None:
    """Below a beginning that decides, the rest of a key costs nothing."""
    several = KeySet(pattern("a/*"))

    assert all(f"a/{number}/{'x' * 1_000}" in several for number in range(20_000))


def test_a_policy_variable_is_no_key() -> None:
    """Nobody knows what stands for it, so that no key of a list is it."""
    assert "${aws:username}/a" not in KeySet(pattern("${aws:username}/a"))
