"""Does the search find a shortest text of a set, and none where there is none?

The oracle tries every short word on the formula itself, reading each leaf as a regular expression.
"""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.iam.charset import CharSet, Repeat
from bucketwright.iam.languages import (
    ANYTHING,
    EVERYTHING,
    NOTHING,
    And,
    Formula,
    Leaf,
    Not,
    Or,
    Undecided,
    any_case,
    arns,
    beginning,
    exactly,
    following,
    member,
    pattern,
)
from tests.iam.small_languages import SYMBOL_WORDS, TEXTS, WORDS, formulas, holds, leaves, matched


@settings(max_examples=200, deadline=None)
@given(formulas(leaves))
def test_the_search_finds_a_shortest_text(formula: Formula) -> None:
    """The text found is in the set, no shorter one is, and without one no short word is."""
    found = member(formula)

    shorter = [word for word in WORDS if found is None or len(word) < len(found)]
    assert not any(holds(formula, word) for word in shorter)
    assert found is None or holds(formula, found)


@settings(max_examples=200, deadline=None)
@given(formulas(leaves), st.sampled_from([word for word in WORDS if len(word) < 3]))
def test_what_follows_a_head_is_in_the_set_with_it(formula: Formula, head: str) -> None:
    """Whatever a star or a class in a pattern takes of the head."""
    rest = following(formula, head)

    assert [word for word in WORDS if holds(rest, word)] == [
        word for word in WORDS if holds(formula, head + word)
    ]


@settings(max_examples=100, deadline=None)
@given(formulas(leaves), st.integers(0, 400))
def test_a_small_budget_never_makes_a_wrong_answer(formula: Formula, budget: int) -> None:
    """Either the budget runs out, or the answer is the one that a large budget gives."""
    try:
        found = member(formula, budget)
    except Undecided as undecided:
        found = str(undecided)

    assert found in (member(formula), "too many cases to compare")


@settings(max_examples=120, deadline=None)
@given(TEXTS, TEXTS)
def test_a_variable_is_a_letter_of_its_own(inside: tuple[str, ...], outside: tuple[str, ...]) -> None:
    """Of two patterns with variables, the search finds a word of the first that the second misses."""
    found = member(And((pattern("".join(inside)), Not(pattern("".join(outside))))))

    missed = [word for word in SYMBOL_WORDS if matched(inside, word) and not matched(outside, word)]
    if found is None:
        assert not missed
    else:
        word = tuple(re.findall(r"\$\{.*?\}|.", found, re.DOTALL))
        assert matched(inside, word)
        assert not matched(outside, word)
        assert not any(len(shorter) < len(word) for shorter in missed)


def run(chars: str, low: int, high: int | None, *, negated: bool = False) -> Leaf:
    return Leaf((Repeat(CharSet(frozenset(chars), negated), low, high),))


HELD = {
    "a star takes a variable": (pattern("a*"), exactly("a${v}b"), True),
    "a star takes nothing": (pattern("a*"), exactly("a"), True),
    "a question mark takes no variable": (pattern("a?"), exactly("a${v}"), False),
    "a question mark takes a character": (pattern("a?"), exactly("a*"), True),
    "a question mark beside a star takes no variable": (pattern("a*?"), exactly("a${v}"), False),
    "a question mark takes the character after a variable": (pattern("?*"), exactly("${v}b"), True),
    "a variable is itself": (pattern("${v}"), exactly("${v}"), True),
    "a variable is no other": (pattern("${v}"), exactly("${w}"), False),
    "a variable is no text": (pattern("${v}"), exactly("bob"), False),
    "a variable's name knows no case": (pattern("${AWS:UserName}"), exactly("${aws:username}"), True),
    "a variable's name may have room": (pattern("${ v }"), exactly("${v}"), True),
    "a default makes another variable": (pattern("${v,'x'}"), exactly("${v}"), False),
    "the same default does not": (pattern("${V, 'x'}"), exactly("${v,'x'}"), True),
    "a default knows case": (pattern("${v,'X'}"), exactly("${v,'x'}"), False),
    "an escape is its character": (pattern("${*}${?}${$}"), exactly("*?$"), True),
    "an escaped star is no star": (pattern("a${*}"), exactly("ab"), False),
    "an exact star is plain": (exactly("a*"), exactly("ab"), False),
    "an exact question mark is plain": (exactly("a?"), exactly("ab"), False),
    "an exact escape is its character": (exactly("${*}"), pattern("${*}"), True),
    "a beginning with nothing after it": (beginning("ab"), exactly("ab"), True),
    "a beginning with something after it": (beginning("ab"), exactly("ab/c${v}"), True),
    "a beginning cut short": (beginning("ab"), exactly("a"), False),
    "a star in a beginning is plain": (beginning("a*"), exactly("ab"), False),
    "any case takes capitals": (any_case(exactly("home/Bob")), exactly("HOME/bOB"), True),
    "any case changes no letter": (any_case(exactly("home")), exactly("hame"), False),
    "any case of a negated set": (any_case(run("a", 1, 1, negated=True)), exactly("A"), False),
    "any case keeps how often": (any_case(run("a", 2, 3)), exactly("aAa"), True),
    "any case keeps how often at least": (any_case(run("a", 2, 3)), exactly("a"), False),
    "any case keeps how often at most": (any_case(run("a", 2, 3)), exactly("aaaa"), False),
    "any case stays single": (any_case(exactly("ß")), exactly("SS"), False),
    "any case of a variable": (any_case(exactly("${v}")), exactly("${v}"), True),
    "an ARN's star": (arns("arn:aws:s3:::b/*"), exactly("arn:aws:s3:::b/a:b/${v}"), True),
    "an ARN's star within a part": (arns("arn:*:s3:::b/a"), exactly("arn:aws-cn:s3:::b/a"), True),
    "an ARN's star for an empty part": (arns("arn:aws:s3:*:*:b/a"), exactly("arn:aws:s3:::b/a"), True),
    "an ARN's star not beyond": (arns("arn:*:s3:::b/a"), exactly("arn:aws:s3:::c/x:s3:::b/a"), False),
    "an ARN's question mark within a part": (arns("arn:aw?:s3:::b"), exactly("arn:aws:s3:::b"), True),
    "an ARN's question mark is no colon": (arns("arn:aws?s3:::b:c"), exactly("arn:aws:s3:::b:c"), False),
    "an ARN's question mark is no variable": (arns("arn:?:s3:::b"), exactly("arn:${v}:s3:::b"), False),
    "an ARN's star takes a variable": (arns("arn:*:s3:::b"), exactly("arn:${v}:s3:::b"), True),
    "an ARN of few parts": (arns("arn:aws:s3*"), exactly("arn:aws:s3:::b/a"), True),
    "an ARN of five parts": (arns("arn:aws:s3:*:x"), exactly("arn:aws:s3:::b:x"), True),
    "an ARN of one star": (arns("*"), exactly("arn:aws:s3:::b/a"), True),
    "an ARN with a variable": (arns("arn:aws:s3:::b/${a:b}/*"), exactly("arn:aws:s3:::b/${a:b}/c"), True),
    "a variable's colons are none of an ARN's": (arns("*:${a:b:c:d:e}"), exactly("x:y:${a:b:c:d:e}"), True),
    "beyond the first plane": (pattern("?\U0001f600"), exactly("é\U0001f600"), True),
    "half a pair": (pattern("?"), exactly("\ud800"), True),
}  # fmt: skip


@pytest.mark.parametrize(("leaf", "text", "held"), HELD.values(), ids=HELD)
def test_a_text_is_read_as_iam_reads_it(leaf: Leaf, text: Leaf, held: bool) -> None:
    """Wildcards, escapes, variables and case mean in a leaf what they mean in a policy."""
    assert (member(And((leaf, text))) is not None) == held


def test_the_value_of_a_variable_has_a_case_that_nobody_knows() -> None:
    """Where case is ignored, the variable's value in other letters is not the variable."""
    assert member(And((any_case(exactly("${v}")), Not(exactly("${v}"))))) == "${V}"


FOUND = {
    "nothing": (NOTHING, None),
    "anything": (ANYTHING, ""),
    "not anything": (Not(ANYTHING), None),
    "not nothing": (Not(NOTHING), ""),
    "not nothing after all": (Not(And((exactly("b"), NOTHING))), ""),
    "a set and all else": (And((exactly("b"), Not(exactly("b")))), None),
    "a set or all else": (Not(Or((exactly("b"), Not(exactly("b"))))), None),
    "the shorter of two": (Or((exactly("abc"), exactly("bc"))), "bc"),
    "the readable one of two": (Or((exactly("~"), exactly("b"))), "b"),
    "printable before control": (Or((exactly("\x01"), exactly("~"))), "~"),
    "a character that nobody names": (And((pattern("?"), Not(Or((exactly("a"), exactly("b")))))), "c"),
    "the set that lists nobody": (run("", 1, 1), None),
    "the set that lists nobody, none of them": (run("", 0, 1), ""),
    "two sets that meet in one letter": (And((run("ab", 1, 1), run("bc", 1, 1))), "b"),
    "more than a star can hold back": (And((pattern("*b"), Not(pattern("*ab")), Not(pattern("b")))), "bb"),
    "no fewer than that": (Leaf((Repeat(EVERYTHING, 3, None),)), "aaa"),
    "no more than that": (And((Leaf((Repeat(EVERYTHING, 0, 2),)), pattern("???*"))), None),
    "a long way": (And((beginning("x" * 500), Not(exactly("x" * 500)))), "x" * 500 + "a"),
}  # fmt: skip


@pytest.mark.parametrize(("formula", "found"), FOUND.values(), ids=FOUND)
def test_the_text_found_is_short_and_readable(formula: Formula, found: str | None) -> None:
    """The shortest text, with letters and digits before signs, and signs before control characters."""
    assert member(formula) == found


HARD = And((
    pattern("*a" + "?" * 16),
    *(Not(pattern(f"*{letter}" + "?" * 16)) for letter in "bc"),
    Not(pattern("*a*b*c*")),
    Not(Leaf((Repeat(EVERYTHING, 0, 40),))),
))  # fmt: skip


def test_a_question_that_is_too_hard_is_left_undecided() -> None:
    """Past the budget there is no answer, rather than a wrong one or none for hours."""
    with pytest.raises(Undecided, match="too many cases to compare"):
        member(HARD, 2_000)


def test_a_set_that_is_too_large_is_not_even_built() -> None:
    """A repetition longer than the budget is refused before a cell of it is made."""
    with pytest.raises(Undecided):
        member(Leaf((Repeat(EVERYTHING, 10**12, None),)))


def test_the_budget_counts_every_letter_of_every_step() -> None:
    """A text of three letters costs its three cells and four steps with one leaf, and no less."""
    formula = run("b", 3, 3)

    spent = next(budget for budget in range(1000) if not undecided(formula, budget))

    assert spent == 3 + 2 * (2 + 2 + 2)


def undecided(formula: Formula, budget: int) -> bool:
    try:
        member(formula, budget)
    except Undecided:
        return True
    return False


def test_many_stars_need_few_steps() -> None:
    """What a star has taken is forgotten, so stars side by side do not multiply."""
    allowed, denied = pattern("b/" + "*a*b" * 40 + "*"), pattern("b/" + "*a?*" * 40)

    assert member(And((allowed, Not(denied))), 20_000) is None
    assert len(member(And((denied, Not(allowed))), 20_000) or "") == len("b/") + 40 * len("a?")


def test_hundreds_of_leaves_in_one_or_are_one_machine() -> None:
    """Five hundred folders are compared with their parent in a few steps."""
    folders = [pattern(f"home/bob/{number}/*") for number in range(500)]
    together = Or(tuple(Or((Or((folder,)), folder)) for folder in folders))

    assert member(And((And((together,)), Not(beginning("home/bob/")))), 20_000) is None
