"""Which events does a filter pattern of CloudWatch Logs surely choose?"""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from fnmatch import fnmatchcase
from itertools import product
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.facets.log_patterns import UnreadPattern, chooses_all

KNOWN: Final = {"$.eventSource": "s3.amazonaws.com", "$.eventName": "PutBucketPolicy", "$.errorCode": None}
CIS: Final = (
    "{ ($.eventSource = s3.amazonaws.com) &&"
    " (($.eventName = PutBucketAcl) || ($.eventName = PutBucketPolicy) || ($.eventName = PutBucketCors)) }"
)


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(CIS, id="as CIS writes it"),
        pytest.param("{$.eventName=PutBucketPolicy}", id="no spaces"),
        pytest.param('{ $.eventName = "PutBucketPolicy" }', id="in quotes"),
        pytest.param("{ $.eventName = Put*Policy }", id="a star"),
        pytest.param("{ $.eventName = Put**Policy }", id="two stars"),
        pytest.param("{ " + "(" * 40 + "$.eventName = Put*" + ")" * 40 + " }", id="as deep as can be"),
        pytest.param("{ $.eventName = Put* }".ljust(1_024), id="as long as can be"),
        pytest.param('{ $.eventName = "*" && $.eventSource = "s3.*" }', id="stars in quotes"),
        pytest.param("{ $.eventName != DeleteBucketPolicy }", id="anything but another"),
        pytest.param("{ $.x = 1 || $.eventName = PutBucketPolicy }", id="one of two is enough"),
        pytest.param(
            "{ $.eventName = A && $.x = 1 || $.eventName = PutBucketPolicy }", id="and goes before or"
        ),
        pytest.param(
            "{ $.eventName = PutBucketPolicy && $.errorCode NOT EXISTS }", id="but for refused ones"
        ),
        pytest.param(
            "{ $.eventName = %Put.*% || $.eventSource = s3* }", id="what is not read does not matter"
        ),
        pytest.param("", id="everything"),
        pytest.param("  ", id="everything, in a blank"),
        pytest.param("PutBucketPolicy", id="a word"),
        pytest.param('"PutBucketPolicy" s3.amazonaws.com', id="two words"),
        pytest.param("?DeleteBucketPolicy ?PutBucketPolicy", id="one of two words"),
        pytest.param("PutBucketPolicy ?DeleteBucketPolicy", id="beside a word that has to be there"),
    ],
)
def test_it_chooses_all(pattern: str) -> None:
    """By what it means, however it is spelled."""
    assert chooses_all(pattern, KNOWN) is True


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param("{ $.eventName = PutBucketAcl }", id="another call"),
        pytest.param("{ $.eventName = PutBucket }", id="its beginning alone"),
        pytest.param("{ $.eventname = PutBucketPolicy }", id="a field of another name"),
        pytest.param("{ $.eventName = putbucketpolicy }", id="in small letters"),
        pytest.param("{ $.eventName = PutBucketPolic? }", id="a question mark is no wildcard"),
        pytest.param("{ $.eventName = PutBucketPolicy && $.userIdentity.type = Root }", id="of root alone"),
        pytest.param("{ $.eventName = PutBucketPolicy && $.errorCode = AccessDenied }", id="refused alone"),
        pytest.param("{ $.eventName = PutBucketPolicy && $.errorCode IS NULL }", id="null is not absent"),
        pytest.param(
            "{ $.eventName = PutBucketPolicy && $.errorCode != A }", id="not asked of an absent field"
        ),
        pytest.param("{ ($.x = 1 || $.eventName = PutBucketPolicy) && $.x = 2 }", id="brackets go first"),
        pytest.param("{ $.eventName != Put* }", id="anything but these"),
        pytest.param("{ $.eventName NOT EXISTS }", id="it has a name"),
        pytest.param("{ $.eventName IS TRUE }", id="its name is a text"),
        pytest.param("{ $.eventName IS FALSE }", id="its name is a text, and not empty"),
        pytest.param("{ $.eventName < 1 || $.eventName > 1 }", id="its name is no number"),
        pytest.param("{ $.eventName <= 1 || $.eventName >= 1 }", id="nor any other number"),
        pytest.param(
            "{ $.errorCode = A && $.eventName = %.*% }", id="of an absent field, whatever is not read"
        ),
        pytest.param("{ $.eventName = A && $.eventName = %.*% }", id="whatever is not read"),
        pytest.param("ERROR", id="a word that need not be there"),
        pytest.param("PutBucketPolicy AccessDenied", id="and another word"),
        pytest.param("PutBucketPolicy -AccessDenied", id="but not with another word"),
        pytest.param("?DeleteBucketPolicy ?GetObject", id="neither of two words"),
        pytest.param("[ip, user, name = PutBucketPolicy]", id="lines of words"),
        pytest.param("[ %Put.*% ]", id="lines of words, by a regular expression"),
    ],
)
def test_it_leaves_some_out(pattern: str) -> None:
    """An alarm on it would miss events."""
    assert chooses_all(pattern, KNOWN) is False


def test_a_quote_in_quotes() -> None:
    """Is written with a backslash."""
    assert chooses_all(r'{ $.x = "a\"b\\c" }', {"$.x": r'a"b\c'})
    assert not chooses_all(r'{ $.x = "a\"b" }', {"$.x": r"a\"b"})


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        pytest.param("{ $.eventName = %Put.*% }", "regular expression", id="a regular expression"),
        pytest.param("%Put.*%", "regular expression", id="one for a word"),
        pytest.param(
            "{ $.errorCode != A && $.eventName = %.*% }", "regular", id="one beside what is not known"
        ),
        pytest.param("{ $.eventName = A", "end with a brace", id="no end"),
        pytest.param("{ $.eventName = A } B", "end with a brace", id="something after it"),
        pytest.param("{ $.eventName = A B }", "goes on", id="two values"),
        pytest.param("{ ($.eventName = A }", "not closed", id="an open bracket"),
        pytest.param("{ }", "asks for no field", id="nothing in it"),
        pytest.param("{ eventName = A }", "asks for no field", id="no field"),
        pytest.param("{ $.eventName = }", "ends within", id="no value"),
        pytest.param("{ $.x == A }", "goes on", id="two signs"),
        pytest.param("{ $.x like A }", "no operator", id="an operator of its own"),
        pytest.param("{ $.eventName = A & B }", "'&'", id="a sign by itself"),
        pytest.param('{ $.eventName = "A }', "'\"'", id="an open quote"),
        pytest.param("{ " + "(" * 5_000 + " }", "1,024", id="too long"),
        pytest.param("{ " + "(" * 500 + "$.x = 1" + ")" * 500 + " }", "40 brackets", id="too deep"),
    ],
)
def test_what_cannot_be_read_is_said(pattern: str, reason: str) -> None:
    """It may choose them all, or be none that CloudWatch Logs takes."""
    with pytest.raises(UnreadPattern, match=reason):
        chooses_all(pattern, KNOWN)


@pytest.mark.parametrize("piece", ["*a", "(", '"', "%a", "\\", "&& ", "? ", "$.x=1||"])
def test_no_pattern_takes_long(piece: str) -> None:
    """Whoever writes it."""
    began = time.process_time()
    for text in (piece * (1_000 // len(piece)), "{ $.eventName = " + piece * (900 // len(piece)) + " }"):
        with suppress(UnreadPattern):
            chooses_all(text, KNOWN)

    assert time.process_time() - began < 10


Event = Mapping[str, str]
Asks = tuple[str, Callable[[Event], bool]]
"""A pattern, and what it means of one event of which all is known."""
FIELDS: Final = ("$.eventSource", "$.eventName", "$.x", "$.y")
VALUES: Final = ("s3.amazonaws.com", "PutBucketPolicy", "1", "on", "*", "Put*", "s*m")
HERE: Final = {"$.eventSource": "s3.amazonaws.com", "$.eventName": "PutBucketPolicy"}
EVENTS: Final = [{**HERE, "$.x": x, "$.y": y} for x, y in product(("1", "on", "Puts", "0"), repeat=2)]


@st.composite
def questions(draw: st.DrawFn) -> Asks:
    """One field and one value."""
    field, value = draw(st.sampled_from(FIELDS)), draw(st.sampled_from(VALUES))
    negated, space, quote = (
        draw(st.booleans()),
        draw(st.sampled_from(["", " "])),
        draw(st.sampled_from(["", '"'])),
    )
    text = f"{field}{space}{'!=' if negated else '='}{space}{quote}{value}{quote}"
    return text, lambda event: fnmatchcase(event[field], value) != negated


def joined(several: list[Asks], sign: str, meaning: Callable[[list[bool]], bool], space: str) -> Asks:
    text = f"{space}{sign}{space}".join(f"({text})" for text, _ in several)
    return text, lambda event: meaning([asks(event) for _, asks in several])


def _inner(inner: st.SearchStrategy[Asks]) -> st.SearchStrategy[Asks]:
    several, spaces = st.lists(inner, min_size=1, max_size=3), st.sampled_from(["", " ", "\n"])
    return st.builds(joined, several, st.just("&&"), st.just(all), spaces) | st.builds(
        joined, several, st.just("||"), st.just(any), spaces
    )


@settings(max_examples=300, deadline=None)
@given(st.recursive(questions(), _inner, max_leaves=6))
def test_what_is_chosen_is_chosen_of_every_event(asked: Asks) -> None:
    """Whatever the fields hold that are not known; without them it is decided either way."""
    text, asks = asked
    chosen = [asks(event) for event in EVENTS]
    answer = chooses_all(f"{{{text}}}", HERE)

    assert answer <= all(chosen)
    if "$.x" not in text and "$.y" not in text:
        assert answer == all(chosen)
