"""Is a text found within limits a shortest one, and is a text rightly said to be in a set?"""

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.iam.languages import (
    And,
    Exhausted,
    Formula,
    Not,
    Or,
    PartSpent,
    Undecided,
    Work,
    exactly,
    pattern,
    within,
)
from bucketwright.iam.witnesses import easiest_first, first_settled, guesses, is_easy, shortest
from tests.iam.small_languages import SYMBOL_WORDS, TEXTS, WORDS, formulas, holds, leaves, matched

PLENTY = 100_000


@settings(max_examples=150, deadline=None)
@given(formulas(leaves), st.lists(formulas(leaves), max_size=3))
def test_a_text_within_limits_is_a_shortest_one(asked: Formula, limits: list[Formula]) -> None:
    """It is asked for and keeps to every limit, no shorter word does, and without one no short word does."""
    found = shortest(asked, limits, Work(PLENTY))
    everything = And((asked, *limits))

    shorter = [word for word in WORDS if found is None or len(word) < len(found)]
    assert not any(holds(everything, word) for word in shorter)
    assert found is None or holds(everything, "".join(found))


@settings(max_examples=150, deadline=None)
@given(formulas(leaves), st.lists(st.sampled_from(WORDS), min_size=1, max_size=20))
def test_a_text_is_in_the_sets_that_hold_it(formula: Formula, words: list[str]) -> None:
    """Every word, read letter by letter."""
    for word in words:
        assert within(formula, tuple(word), Work(PLENTY)) == holds(formula, word)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.lists(st.sampled_from(SYMBOL_WORDS), min_size=1, max_size=20))
def test_a_variable_is_one_letter_of_a_text(pieces: tuple[str, ...], words: list[tuple[str, ...]]) -> None:
    """A star takes it, a question mark does not."""
    for word in words:
        assert within(pattern("".join(pieces)), word, Work(PLENTY)) == matched(pieces, word)


def test_no_limit_is_compared_that_no_text_breaks() -> None:
    """A limit that all texts found keep to adds nothing to the search."""
    asked, used, unused = pattern("a*"), Not(exactly("a")), Not(pattern("b*a??????*b"))

    assert spent(asked, [used, unused]) < spent(And((asked, unused)), [used])


def spent(asked: Formula, limits: list[Formula]) -> int:
    work = Work(PLENTY)
    found = shortest(asked, limits, work)
    assert found is not None
    assert len(found) == 2
    return PLENTY - work.left


GUESSED = {
    "what one limit asks for": ("a/*", [pattern("*b*")], ["a/b"]),
    "what several ask for": ("a/*", [pattern("a/*b*"), pattern("*c*d*")], ["a/bcd"]),
    "in the last star": ("*a*/", [pattern("*b*")], ["ab/"]),
    "between the stars only": ("*", [pattern("x*b*y")], ["b"]),
    "nothing of one star": ("*", [pattern("b*")], [""]),
    "nothing of what is left out": ("*", [Not(pattern("*b*"))], [""]),
    "what is not left out": ("*", [Not(Not(pattern("*b*")))], ["b"]),
    "a letter for a question mark": ("?*", [pattern("*b?*")], ["aba"]),
    "a variable": ("a/*", [pattern("*${v}*")], ["a/${v}"]),
    "no star, no guess": ("a", [pattern("*b*")], []),
    "not what is too long": ("*" + "a" * 1499, [pattern("*b*")], []),
    "what is just short enough": ("*" + "a" * 1498, [pattern("*b*")], ["b" + "a" * 1498]),
}


@pytest.mark.parametrize(("asked", "limits", "texts"), GUESSED.values(), ids=GUESSED)
def test_a_guess_puts_what_is_asked_for_in_the_last_star(
    asked: str, limits: list[Formula], texts: list[str]
) -> None:
    """The shortest text of each leaf, with what the limits want to see between their stars."""
    assert ["".join(text) for text in guesses(pattern(asked), limits)] == texts


def test_only_a_few_guesses_are_made() -> None:
    """Of a hundred leaves the first are enough."""
    many = Or(tuple(pattern(f"{number}*") for number in range(100)))

    assert ["".join(text) for text in guesses(many, [])] == [str(number) for number in range(8)]


def test_limits_with_few_stars_come_first() -> None:
    """And of those the shorter ones."""
    limits = [pattern("*a*"), pattern("abc*"), pattern("a"), pattern("ab*")]

    assert easiest_first(limits) == (limits[2], limits[3], limits[1], limits[0])
    assert [is_easy(limit) for limit in limits] == [False, True, True, True]
    assert is_easy(Not(Or((pattern("a*"), pattern("b*")))))


def left_open(error: type[Undecided], because: str) -> str | None:
    raise error(because)


DEPENDS: Callable[[], str | None] = partial(left_open, Undecided, "it depends")
SPENT: Callable[[], str | None] = partial(left_open, PartSpent, "too hard")
OVER: Callable[[], str | None] = partial(left_open, Exhausted, "no work left")


def nothing() -> str | None:
    return None


def something() -> str | None:
    return "found"


@pytest.mark.parametrize(
    ("attempts", "found"),
    [
        ([], None),
        ([nothing], None),
        ([nothing, something], "found"),
        ([DEPENDS, nothing, something], "found"),
        ([something, OVER], "found"),
    ],
    ids=["no attempt", "nothing", "something at last", "something after all", "something in time"],
)
def test_the_first_find_settles_it(attempts: list[Callable[[], str | None]], found: str | None) -> None:
    """What one attempt leaves open does not matter once another finds something."""
    assert first_settled(attempts) == found


@pytest.mark.parametrize(
    ("attempts", "because"),
    [
        ([nothing, DEPENDS, SPENT, nothing], "it depends"),
        ([SPENT, DEPENDS], "too hard"),
        ([DEPENDS, OVER, something], "no work left"),
    ],
    ids=["the first reason", "the first reason of another kind", "no work for more"],
)
def test_what_is_left_open_is_said_where_nothing_is_found(
    attempts: list[Callable[[], str | None]], because: str
) -> None:
    """The first reason counts; without any work left nothing more is tried."""
    with pytest.raises(Undecided, match=f"^{because}$"):
        first_settled(attempts)


def test_parts_of_the_work_are_taken_from_the_whole() -> None:
    """A part may run out before the whole, and the whole before a part; either is said."""
    whole = Work(10)
    part = whole.part(6)
    part.spend(6)

    assert (part.left, whole.left) == (0, 4)
    with pytest.raises(PartSpent, match=r"^too many cases to compare$"):
        part.spend(1)
    with pytest.raises(Exhausted, match=r"^too many cases to compare$"):
        whole.part(6).spend(5)
    assert whole.left == 4
    whole.spend(4)
