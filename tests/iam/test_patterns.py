"""Do patterns meet and contain each other exactly as their words say?

The oracle knows only regular expressions and a list of all short words.
"""

import itertools
import re
import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.iam.patterns import (
    ANY,
    STAR,
    common_example,
    contains,
    intersects,
    literal,
    matches,
    missing_example,
    parse,
    without_variables,
)

WORDS = ["".join(word) for length in range(8) for word in itertools.product("abz", repeat=length)]
PATTERNS = st.text("ab*?", max_size=6)
ODD_PATTERNS = st.lists(
    st.sampled_from(["a", "b", "*", "?", "$", "{", "}", "${v}", "${*}", "${?}", "${$}"]), max_size=5
).map("".join)
GUARD = 10.0


def expression(pattern: str) -> "re.Pattern[str]":
    """The pattern as a regular expression, read by a grammar of its own."""
    meaning = {"*": ".*", "?": "."}
    spelled = ""
    while pattern:
        variable = re.match(r"\$\{([^{}]+)\}", pattern)
        part = variable[0] if variable else pattern[0]
        if variable:
            spelled += re.escape(variable[1]) if variable[1] in "*?$" else ".*"
        else:
            spelled += meaning.get(part, re.escape(part))
        pattern = pattern[len(part) :]
    return re.compile(spelled, re.DOTALL)


@cache
def words_of(pattern: str) -> frozenset[str]:
    compiled = expression(pattern)
    return frozenset(word for word in WORDS if compiled.fullmatch(word))


@settings(max_examples=300, deadline=None)
@given(PATTERNS, PATTERNS)
def test_two_patterns_meet_where_some_word_matches_both(a: str, b: str) -> None:
    """A common example matches both patterns, and without one no short word does."""
    example = common_example(parse(a), parse(b))

    assert intersects(parse(a), parse(b)) == (example is not None)
    if example is None:
        assert not words_of(a) & words_of(b)
    else:
        assert expression(a).fullmatch(example)
        assert expression(b).fullmatch(example)


@settings(max_examples=300, deadline=None)
@given(PATTERNS, PATTERNS)
def test_one_pattern_contains_another_where_no_word_is_missing(outer: str, inner: str) -> None:
    """A missing example matches only the inner pattern, and without one no short word is missing."""
    example = missing_example(parse(inner), parse(outer))

    assert contains(parse(outer), parse(inner)) == (example is None)
    if example is None:
        assert words_of(inner) <= words_of(outer)
    else:
        assert expression(inner).fullmatch(example)
        assert not expression(outer).fullmatch(example)


@settings(max_examples=200, deadline=None)
@given(ODD_PATTERNS, ODD_PATTERNS)
def test_escapes_variables_and_stray_braces_are_read_as_iam_reads_them(a: str, b: str) -> None:
    """What the answers say of patterns with `${...}` in them holds for their regular expressions."""
    common, missing = common_example(parse(a), parse(b)), missing_example(parse(a), parse(b))

    if common is not None:
        assert expression(a).fullmatch(common)
        assert expression(b).fullmatch(common)
    if missing is not None:
        assert expression(a).fullmatch(missing)
        assert not expression(b).fullmatch(missing)
    assert contains(parse(b), parse(a)) == (missing is None)


@settings(max_examples=200, deadline=None)
@given(PATTERNS, st.text("ab*?", max_size=7))
def test_a_text_matches_where_its_expression_does(pattern: str, text: str) -> None:
    """In a text `*` and `?` are plain characters."""
    assert matches(parse(pattern), text) == bool(expression(pattern).fullmatch(text))
    assert matches(literal(text), text)


MEETINGS = {
    "nothing and nothing": ("", "", ""),
    "nothing and a star": ("", "*", ""),
    "nothing and one character": ("", "?", None),
    "equal texts": ("ab", "ab", "ab"),
    "texts of other lengths": ("ab", "abc", None),
    "one text above the other": ("a", "A", None),
    "two question marks": ("?", "?", "x"),
    "a question mark and a letter": ("?b", "a?", "ab"),
    "two stars": ("*", "*", ""),
    "heads that disagree": ("a*", "b*", None),
    "tails that disagree": ("*a", "*b", None),
    "a longer head": ("a*", "abc*", "abc"),
    "a longer tail": ("*c", "*abc", "abc"),
    "middles one after the other": ("*a*", "*b*", "ab"),
    "a question mark in the head": ("?*", "a*", "a"),
    "head and tail that need more room": ("aa*aa", "aaa", None),
    "head and tail that just fit": ("aa*aa", "aaaa", "aaaa"),
    "a middle that fits late": ("*ab*", "aab", "aab"),
    "a middle that question marks make room for": ("*ab*", "???", "abx"),
    "a middle with a hole in it": ("*a?b*", "xaybx", "xaybx"),
    "gaps of question marks": ("a?*?c", "abbc", "abbc"),
    "gaps that are too wide": ("a?*?c", "abc", None),
    "two middles that would have to overlap": ("*aba*aba*", "ababa", None),
    "a head that a question mark decides": ("ab*", "?c", None),
    "a star literal against a star": ("${*}", "a*", None),
    "a star literal itself": ("${*}", "?", "*"),
    "a star over a newline": ("a*c", "a\nc", "a\nc"),
    "letters beyond the first plane": ("*\U0001f600", "?\U0001f600", "x\U0001f600"),
}


@pytest.mark.parametrize(("a", "b", "example"), MEETINGS.values(), ids=MEETINGS)
def test_the_common_example_is_plain(a: str, b: str, example: str | None) -> None:
    """Of the texts that both match, the example is a short one, whichever pattern comes first."""
    assert common_example(parse(a), parse(b)) == example
    assert (common_example(parse(b), parse(a)) is None) == (example is None)
    assert intersects(parse(a), parse(b)) == intersects(parse(b), parse(a)) == (example is not None)


MISSES = {
    "nothing is missing": ("ab", "a*", None),
    "itself": ("a*b?c", "a*b?c", None),
    "stars side by side": ("a**b", "a*b", None),
    "a star is more than a question mark": ("*", "?", ""),
    "any character is more than one": ("?", "x", "a"),
    "an unused character shows it": ("?", "a", "b"),
    "the same prefix without its slash": ("home/bob*", "home/bob/*", "home/bob"),
    "where an empty star would be covered": ("a*", "a", "ab"),
    "where one filler would be covered as well": ("*", "", "a"),
    "where only a long filling is not": ("a*a", "a?a", "aa"),
    "where a filling anywhere will do": ("*a*", "a*", "bab"),
    "where the stars must be told apart": ("a*a*a", "a?a*", "aaba"),
    "where one star must be long": ("a*a*a", "*a?a", "aabbbbba"),
    "where one star must stay empty": ("*a*b", "*a?*b", "ab"),
    "a text longer than any": ("*", "?", ""),
    "at least two characters": ("?*", "??*", "a"),
    "a question mark is no letter in the middle": ("?b", "*a*", "cb"),
    "a star does not begin a word": ("*b", "*ab*", "b"),
    "two characters beside a star": ("*?a", "*??a*", "ba"),
    "a letter and another": ("ab*", "a?b*", "ab"),
}


@pytest.mark.parametrize(("inner", "outer", "example"), MISSES.values(), ids=MISSES)
def test_the_missing_example_is_plain(inner: str, outer: str, example: str | None) -> None:
    """Of the texts that only the inner pattern matches, the example is one that people can read."""
    assert missing_example(parse(inner), parse(outer)) == example
    assert contains(parse(outer), parse(inner)) == (example is None)


READINGS = {
    "a star": ("*", (STAR,)),
    "stars side by side are one": ("a**b***", ("a", STAR, "b", STAR)),
    "a question mark between stars stays": ("*?*", (STAR, ANY, STAR)),
    "a variable may be any string": ("${aws:username}", (STAR,)),
    "a variable beside a star": ("*${aws:username}*", (STAR,)),
    "an escaped star": ("${*}", ("*",)),
    "an escaped question mark": ("${?}", ("?",)),
    "an escaped dollar": ("${$}{a}", ("$", "{", "a", "}")),
    "no name": ("${}", ("$", "{", "}")),
    "no end": ("${a", ("$", "{", "a")),
    "no beginning": ("$a}", ("$", "a", "}")),
    "one inside another": ("${a${b}c}", ("$", "{", "a", STAR, "c", "}")),
    "text around it": ("a${b}c", ("a", STAR, "c")),
    "two of them": ("${a}b${c}", (STAR, "b", STAR)),
}


@pytest.mark.parametrize(("text", "tokens"), READINGS.values(), ids=READINGS)
def test_a_pattern_is_read_token_by_token(text: str, tokens: tuple[object, ...]) -> None:
    """Stars, question marks, variables and escapes are what IAM takes them for."""
    assert parse(text).tokens == tokens


def test_an_element_without_variables_keeps_their_text() -> None:
    """Where IAM knows no variables, `${a}` is four characters, and a star still a star."""
    assert without_variables("${a}**").tokens == ("$", "{", "a", "}", STAR)


STARRY = {
    "stars between letters": ("*a" * 2000, "*a?" * 1500 + "*"),
    "stars against one long text": ("*a*b" * 1500, "ab" * 4000),
    "one long middle that nearly fits everywhere": ("*" + "a" * 4000 + "b*", "a" * 8000),
    "a middle with holes": ("*" + "ab?" * 1500 + "*", "ab" * 6000),
    "question marks at both ends": ("*" + "a?" * 3000, "a" * 6000 + "*b?"),
    "only stars": ("*" * 8000, "*?" * 4000),
}


@pytest.mark.timed
@pytest.mark.parametrize(("a", "b"), STARRY.values(), ids=STARRY)
def test_thousands_of_stars_are_answered_at_once(a: str, b: str) -> None:
    """Eight questions with thousands of stars take moments, where backtracking would take for ever."""
    started = time.process_time()
    for one, other in ((parse(a), parse(b)), (parse(b), parse(a))):
        common, missing = common_example(one, other), missing_example(one, other)
        if common is not None:
            assert matches(one, common)
            assert matches(other, common)
        if missing is not None:
            assert matches(one, missing)
            assert not matches(other, missing)

    assert time.process_time() - started < GUARD
