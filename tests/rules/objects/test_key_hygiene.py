"""A key is improper exactly where no template could make it, whatever it holds."""

import unicodedata
from typing import Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bucketwright.contract.keys.key_text import key_fault
from bucketwright.posture import Posture
from bucketwright.verdicts import Fails, Passes, Verdict
from tests.rules.objects.rows import Seen, stored

CHARACTERS: Final = st.one_of(
    st.sampled_from("/.a~é\u0301\x00\x1b\x7f\x85\u2028\ud800\uffff"), st.characters()
)


def _verdict(key: str) -> Verdict:
    row: Posture = stored(key)
    return Seen().verdict("object-key-hygiene", row)


@settings(max_examples=200, deadline=None)
@given(st.text(CHARACTERS, max_size=20))
@example("/")
@example("//")
@example("")
@example("a/./b/../c")
def test_proper_keys_are_those_that_templates_can_make(key: str) -> None:
    """What the client may write is clean, and what is refused to it is found."""
    verdict = _verdict(key)

    assert isinstance(verdict, Passes if key_fault(key) is None else Fails)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(categories=["L", "M"]), min_size=1, max_size=8))
def test_one_of_two_spellings_is_found(text: str) -> None:
    """Of a text's composed and decomposed forms only the first may be a key, where they differ."""
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))

    assert isinstance(_verdict(composed), Passes)
    assert isinstance(_verdict(decomposed), Passes if decomposed == composed else Fails)


@pytest.mark.parametrize(
    ("key", "faults"),
    [
        pytest.param("/a", ["it begins with '/'"], id="a leading slash"),
        pytest.param(
            "//a//../.",
            [
                "it begins with '/'",
                "it holds '//'",
                "it holds the segment '.'",
                "it holds the segment '..'",
            ],
            id="segments of every kind",
        ),
        pytest.param("a\x1b[2J\x07", ["it holds the character U+0007, U+001B"], id="terminal escapes"),
        pytest.param(
            "\x00\x01\x02\x03\x04",
            ["it holds the character U+0000, U+0001, U+0002, U+0003, U+0004"],
            id="as many characters as are named",
        ),
        pytest.param(
            "\x00\x01\x02\x03\x04\x05\x06",
            ["it holds the character U+0000, U+0001, U+0002, U+0003, U+0004 and 2 more"],
            id="more than are named",
        ),
        pytest.param(
            "/e\u0301",
            ["it begins with '/'", "it is not in Unicode's composed form (NFC)"],
            id="a slash and a decomposed letter",
        ),
    ],
)
def test_all_that_is_wrong_is_named(key: str, faults: list[str]) -> None:
    """Each fault once, and characters by their numbers: nothing of a hostile key reaches a terminal."""
    verdict = _verdict(key)

    assert isinstance(verdict, Fails)
    assert [fault.text for fault in verdict.faults] == faults
    assert all(fault.text.isprintable() for fault in verdict.faults)
