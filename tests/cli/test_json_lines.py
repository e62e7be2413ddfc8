"""Reading JSON lines: each line stands for itself, and none can do harm."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.strict_json import DEEPEST_NESTING
from cli.json_lines import LONGEST_LINE, Line, Unreadable, numbered_lines

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
NUMBERS = st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=8,
)


def read(text: bytes) -> list[tuple[int, Line]]:
    """All lines of an input."""
    return list(numbered_lines(io.BytesIO(text)))


def nested(depth: int) -> bytes:
    """An object of that depth."""
    return b'{"id": 7, "x": ' + b"[" * (depth - 2) + b"1" + b"]" * (depth - 2) + b"}"


@settings(max_examples=50, deadline=None)
@given(st.lists(st.dictionaries(TEXT, JSON)))
def test_objects_are_read_in_order(values: list[dict[str, object]]) -> None:
    """What was written is what is read, under its line number."""
    text = b"".join(json.dumps(value).encode() + b"\n" for value in values)

    assert read(text) == list(enumerate(values, start=1))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b'{"id": 1}\n\n{"id": 3}\n', id="an empty line"),
        pytest.param(b'{"id": 1}\r\n \t \r\n{"id": 3}', id="spaces, and no newline at the end"),
        pytest.param(b'\xef\xbb\xbf{"id": 1}\n\n{"id": 3}', id="a byte order mark"),
    ],
)
def test_blank_lines_are_counted_and_left_out(text: bytes) -> None:
    """Line numbers are those of an editor."""
    assert read(text) == [(1, {"id": 1}), (3, {"id": 3})]


@pytest.mark.parametrize(
    ("text", "because", "known"),
    [
        pytest.param(b"nonsense", "line 1: not JSON: ", None, id="not JSON"),
        pytest.param(b'{"id": 1', "line 1: not JSON: ", None, id="cut off"),
        pytest.param(
            b'{"id": 1,\n',
            "line 1: not JSON: Expecting property name enclosed in double quotes at character 10",
            None,
            id="cut off at the end of its line",
        ),
        pytest.param(
            b'\n{"id": }\r\n', "line 2: not JSON: Expecting value at character 8", None, id="further down"
        ),
        pytest.param(
            b'{"id": 1} {"id": 2}', "line 1: not JSON: Extra data at character 11", None, id="two values"
        ),
        pytest.param(b'[{"id": 1}]', "line 1: not a JSON object but a list", None, id="a list"),
        pytest.param(b'"id"', "line 1: not a JSON object but a text", None, id="a text"),
        pytest.param(b"1.5", "line 1: not a JSON object but a number", None, id="a number"),
        pytest.param(b"true", "line 1: not a JSON object but true or false", None, id="a truth value"),
        pytest.param(b"null", "line 1: not a JSON object but null", None, id="null"),
        pytest.param(b"NaN", "line 1: NaN is no JSON number", None, id="only NaN"),
        pytest.param(b'{"id": 7, "x": NaN}', "line 1: NaN is no JSON number", 7, id="NaN inside"),
        pytest.param(b'{"id": 7, "x": -Infinity}', "line 1: -Infinity is no JSON number", 7, id="infinity"),
        pytest.param(b'{"id": NaN}', "line 1: NaN is no JSON number", None, id="NaN as id"),
        pytest.param(b'{"id": 7, "x": 1e999}', "line 1: the number 1e999 is too large", 7, id="too large"),
        pytest.param(
            b'{"id": 7, "x": ' + b"9" * 5000 + b"}",
            "line 1: a number has 5000 digits",
            7,
            id="too many digits",
        ),
        pytest.param(b'{"id": 7, "a": 1, "a": 1}', "line 1: the key 'a' stands twice", 7, id="a key twice"),
        pytest.param(
            b'{"id": 7, "x": [{"\\u001b": 1, "\\u001b": 2}]}',
            "line 1: the key '\\x1b' stands twice",
            7,
            id="a hostile key twice, further in",
        ),
        pytest.param(b'{"id": 7, "id": 8}', "line 1: the key 'id' stands twice", None, id="the id twice"),
        pytest.param(
            b'{"id": 7, "x": "\\ud800"}', "line 1: a text holds half of a surrogate pair", 7, id="half a pair"
        ),
        pytest.param(
            b'{"id": "\\udc00"}',
            "line 1: a text holds half of a surrogate pair",
            None,
            id="half a pair as id",
        ),
        pytest.param(
            b'{"id": 7, "\\uDBFF": 1}',
            "line 1: a text holds half of a surrogate pair",
            7,
            id="half a pair as key",
        ),
        pytest.param(b'{"id": "\xff"}', "line 1: not UTF-8 at byte 9", None, id="not UTF-8"),
        pytest.param(
            b'\n\xef\xbb\xbf{"id": 1}', "line 2: not JSON: ", None, id="a byte order mark further on"
        ),
        pytest.param(nested(DEEPEST_NESTING + 1), "line 1: nested deeper than 64", None, id="just too deep"),
        pytest.param(b"[" * 10**6, "line 1: nested deeper than 64", None, id="a million brackets"),
        pytest.param(b'{"a":' * 10**6, "line 1: nested deeper than 64", None, id="a million braces"),
        pytest.param(b"\x00", "line 1: not JSON: ", None, id="NUL"),
    ],
)
def test_what_is_wrong_is_said(text: bytes, because: str, known: object) -> None:
    """A line that cannot be read names its number and the cause, and its id where that is plain."""
    ((_, line),) = read(text)

    assert isinstance(line, Unreadable)
    assert line.because.startswith(because)
    assert line.id == known


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b'{"id": 7, "x": "\\ud83d\\ude00"}', id="a whole surrogate pair"),
        pytest.param(b'{"id": 7, "x": "NaN, [[[["}', id="words that only look bad"),
        pytest.param(b'{"id": 7, "x": {"id": 8}, "y": {"id": 8}}', id="a key twice, but in two objects"),
        pytest.param(nested(DEEPEST_NESTING), id="as deep as allowed"),
        pytest.param(b'{"id": 7, "x": ' + b"9" * 4000 + b"}", id="many digits"),
        pytest.param(b'{"id": 7, "x": "\\u0000\\u001b"}', id="control characters, escaped"),
        pytest.param(b'{"id": 7, "x": [' + b"[]," * 10_000 + b"[]]}", id="wide rather than deep"),
    ],
)
def test_what_is_right_is_read(text: bytes) -> None:
    """Nothing that the standard allows is refused."""
    ((_, line),) = read(text)

    assert isinstance(line, dict)
    assert line["id"] == 7


def test_longest_line() -> None:
    """A line of the greatest length is read; one byte more is refused, and the next line is read."""
    padding = b" " * (LONGEST_LINE - len(b'{"id": 1}'))

    longest, longer, last = read(b'{"id": 1}%b\n{"id": 2}%b \n{"id": 3}' % (padding, padding))

    assert longest == (1, {"id": 1})
    assert longer == (2, Unreadable(f"line 2: longer than {LONGEST_LINE} bytes"))
    assert last == (3, {"id": 3})


def test_an_endless_line_is_skipped_in_small_pieces() -> None:
    """However long the line, little of it is held."""
    asked: list[int] = []

    class Watched(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            asked.append(size or 0)
            return super().readline(size)

    lines = list(numbered_lines(Watched(b"x" * (3 * LONGEST_LINE))))

    assert [number for number, _ in lines] == [1]
    assert 0 < min(asked) <= max(asked) <= LONGEST_LINE + 1


@given(st.lists(st.binary(max_size=40)))
def test_any_bytes_are_lines(pieces: list[bytes]) -> None:
    """Every line that is not blank is answered, once, in order, and nothing raises."""
    text = b"\n".join(pieces)

    numbers = [number for number, _ in read(text)]

    whole = text.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    assert numbers == [number for number, line in enumerate(whole, start=1) if line.strip()]
