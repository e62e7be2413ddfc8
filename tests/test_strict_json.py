"""JSON by the letter: what the standard allows is read, what readers disagree on is complained of."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.strict_json import DEEPEST_NESTING, NotJsonError, read_json

NUMBERS = st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def nested(depth: int) -> str:
    """Lists within lists."""
    return "[" * depth + "]" * depth


@settings(max_examples=100, deadline=None)
@given(VALUES, st.booleans())
def test_what_the_standard_allows_is_read(value: object, ascii_only: bool) -> None:
    """Any value that was written is the value that is read, without a complaint."""
    text = json.dumps(value, ensure_ascii=ascii_only)

    found = read_json(text.encode() if ascii_only else text)

    assert (found.value, found.complaints) == (value, ())


@pytest.mark.parametrize(
    ("text", "value", "complaint"),
    [
        pytest.param('{"a": 1, "a": 2, "b": 3}', {"b": 3}, "the key 'a' stands twice", id="a key twice"),
        pytest.param('[{"\\n": 1, "\\n": 1}]', [{}], "the key '\\n' stands twice", id="a hostile key"),
        pytest.param('{"a": NaN, "b": 1}', {"a": None, "b": 1}, "NaN is no JSON number", id="NaN"),
        pytest.param("[-Infinity]", [None], "-Infinity is no JSON number", id="infinity"),
        pytest.param("[1e999, 2]", [None, 2], "the number 1e999 is too large", id="too large"),
        pytest.param("9" * 5000, None, "a number has 5000 digits", id="too many digits"),
    ],
)
def test_where_readers_disagree_the_rest_is_kept(text: str, value: object, complaint: str) -> None:
    """What is dubious is left out and named; what stands beside it is read."""
    found = read_json(text)

    assert (found.value, found.complaints) == (value, (complaint,))


def test_all_complaints_are_kept_in_order() -> None:
    """The first in the text is the first named."""
    found = read_json('{"x": [NaN, 1e999], "y": 1, "y": 2}')

    assert [complaint.split()[0] for complaint in found.complaints] == ["NaN", "the", "the"]
    assert found.value == {"x": [None, None]}


@pytest.mark.parametrize(
    ("raw", "because"),
    [
        pytest.param("", "not JSON: Expecting value at character 1", id="nothing"),
        pytest.param('{"a": 1} x', "not JSON: Extra data at character 10", id="more than one value"),
        pytest.param('{"a":\n  x}', "not JSON: Expecting value at line 2, column 3", id="further down"),
        pytest.param(b'["\xff"]', "not UTF-8 at byte 3", id="other bytes"),
        pytest.param("\ufeff1", "not JSON: a byte order mark stands before it", id="a byte order mark"),
        pytest.param("[" * 10**6, "nested deeper than 64", id="a million brackets"),
        pytest.param(
            "[" * (DEEPEST_NESTING + 1) + "]" * (DEEPEST_NESTING + 1), "nested deeper", id="too deep"
        ),
    ],
)
def test_what_is_no_json_is_said(raw: str | bytes, because: str) -> None:
    """The cause and the place, never the text itself."""
    with pytest.raises(NotJsonError) as refused:
        read_json(raw)

    assert str(refused.value).startswith(because)


def test_depth_is_allowed_up_to_its_bound() -> None:
    """As many brackets as allowed are read."""
    assert read_json(nested(DEEPEST_NESTING)).complaints == ()


def test_fractions_may_be_read_exactly() -> None:
    """A function of the caller's reads what has a fraction or an exponent; whole numbers stay whole."""
    assert read_json("[0.1, 1e999, 7]", Decimal).value == [Decimal("0.1"), Decimal("1e999"), 7]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=40) | st.text('[]{}",:0123.eE-NaInfty\\\\ud8', max_size=30).map(str.encode))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    """Nothing but a value or a NotJsonError comes out, in words that can be printed."""
    try:
        said = read_json(raw).complaints
    except NotJsonError as error:
        said = (str(error),)

    assert all(line.isprintable() for line in said)
