"""What comes from outside is shown on one line, short, and with nothing hidden in it."""

import unicodedata
from datetime import date
from uuid import UUID

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bucketwright.plain_text import clipped, counted, did_you_mean, printable, shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "nothing"),
        (True, "true"),
        (False, "false"),
        (12, "12"),
        (1.5, "1.5"),
        ("x", "'x'"),
        ("a\nb\x1b", "'a\\nb\\x1b'"),
        ("x" * 100, "'" + "x" * 60 + "…'"),
        (10**40 - 1, "9" * 40),
        (10**40, "a number of more than 40 digits"),
        pytest.param(-(10**9999), "a number of more than 40 digits", id="ten thousand digits"),
        (date(2027, 6, 30), "2027-06-30"),
        (UUID(int=7), "00000000-0000-0000-0000-000000000007"),
        ([], "a list"),
        ((), "a list"),
        ({}, "a mapping"),
        (b"x", "a value of type bytes"),
    ],
)
def test_values_are_shown_on_one_line(value: object, text: str) -> None:
    """Text in quotes and cut, the rest by its kind."""
    assert shown(value) == text


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_printable_text_stays_as_it_is(text: str) -> None:
    """Only what cannot be seen is spelled out."""
    assert printable(text).isprintable()
    assert (printable(text) == text) == text.isprintable()


@pytest.mark.parametrize(
    ("word", "nearest"),
    [
        ("enabeld", "enabled"),
        ("ENABLED", "enabled"),
        ("zzz", ""),
        ("", ""),
        (7, ""),
        ("suspend", "suspended"),
    ],
)
def test_the_nearest_word_is_offered(word: object, nearest: str) -> None:
    """A near spelling is found whatever its case; without one nothing is offered."""
    assert did_you_mean(word, ["enabled", "suspended"]) == (f"did you mean '{nearest}'?" if nearest else "")


def test_among_thousands_of_words_only_the_first_are_compared() -> None:
    """Offering a spelling costs a bounded time."""
    words = [f"word{n}" for n in range(5000)]
    assert did_you_mean("wordd7", words) == "did you mean 'word7'?"
    assert did_you_mean("zzzz4999", [*words, "zzzz4998"]) == ""


@pytest.mark.parametrize(
    ("text", "width", "kept"),
    [
        pytest.param("abc", 3, "abc", id="as long as allowed"),
        pytest.param("abcd", 3, "abc…", id="one longer"),
        pytest.param("\n\n", 1, "\\n…", id="an escape is one character"),
        pytest.param("", 0, "", id="nothing"),
    ],
)
def test_what_is_cut_says_so(text: str, width: int, kept: str) -> None:
    """The beginning stays, and three dots stand for the rest."""
    assert clipped(text, width) == kept
    assert shown(text, width) == f"'{kept}'"


@settings(max_examples=100, deadline=None)
@example("\ud800")
@example("\U000e0001")
@given(st.text())
def test_nothing_hidden_is_shown(text: str) -> None:
    """No control, direction, surrogate or separator gets through, however it is shown."""
    for line in (printable(text), clipped(text), shown(text), did_you_mean(text, [text])):
        assert not [char for char in line if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]


@pytest.mark.parametrize(
    ("number", "noun", "told"),
    [
        (0, "finding", "0 findings"),
        (1, "finding", "1 finding"),
        (2, "prefix", "2 prefixes"),
        (1, "prefix", "1 prefix"),
    ],
)
def test_a_number_has_its_noun(number: int, noun: str, told: str) -> None:
    """One of them is one, and any other number, none too, several."""
    assert counted(number, noun) == told
