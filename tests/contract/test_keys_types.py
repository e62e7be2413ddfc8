"""Each type of variable allows exactly the texts it says, and a text and its value are one."""

import re
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import product
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bucketwright.contract.keys.errors import TemplateError
from bucketwright.contract.keys.templates import NameTemplate
from bucketwright.contract.keys.variable_types import TYPES, Value, VariableType

UNHURRIED = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def is_date(text: str) -> bool:
    try:
        return len(text) == 10 and date.fromisoformat(text).isoformat() == text and text[0] != "0"
    except ValueError:
        return False


ORACLES: dict[str, Callable[[str], bool]] = {
    "str": lambda text: text != "" and not re.search(r"[/\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]", text),
    "slug": lambda text: re.fullmatch(r"[a-z0-9-]+", text) is not None and "-" not in (text[0], text[-1]),
    "int": lambda text: text.isascii() and text.isdigit() and str(int(text)) == text,
    "uuid": lambda text: bool(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text)),
    "date": is_date,
    "year": lambda text: re.fullmatch(r"[1-9]\d{3}", text, re.ASCII) is not None,
    "month": lambda text: text in {f"{n:02d}" for n in range(1, 13)},
    "day": lambda text: text in {f"{n:02d}" for n in range(1, 32)},
    "hex2": lambda text: re.fullmatch(r"[0-9a-f]{2}", text) is not None,
    "sha256": lambda text: re.fullmatch(r"[0-9a-f]{64}", text) is not None,
}
VALUES: dict[str, st.SearchStrategy[Value]] = {
    "str": st.text(st.characters(codec="utf-8"), min_size=1),
    "slug": st.from_regex(r"\A[a-z0-9]+(-+[a-z0-9]+)*\Z"),
    "int": st.integers(min_value=0),
    "uuid": st.uuids(),
    "date": st.dates(min_value=date(1000, 1, 1)),
    "year": st.integers(1000, 9999),
    "month": st.integers(1, 12),
    "day": st.integers(1, 31),
    "hex2": st.from_regex(r"\A[0-9a-f]{2}\Z"),
    "sha256": st.from_regex(r"\A[0-9a-f]{64}\Z"),
}
NEAR_MISSES = [
    *(
        "",
        "0",
        "00",
        "01",
        "7",
        "12",
        "13",
        "31",
        "32",
        "-1",
        "+1",
        "1.0",
        "1e3",
        "1_000",
        "٣",
        "²",
        "x" * 64,
    ),
    *(
        "a",
        "-",
        "a-",
        "-a",
        "a-b",
        "a--b",
        "A",
        "é",
        "a b",
        "a/b",
        "/",
        "a\n",
        "\x00",
        "a\u2028",
        "*",
        "?",
        "{}",
    ),
    *("ff", "FF", "fg", "a" * 63, "a" * 64, "a" * 65, "A" * 64, "0999", "1000", "9999", "10000"),
    "6f1d2c3b-4a59-4687-b8c9-d0e1f2a3b4c5",
    "6F1D2C3B-4A59-4687-B8C9-D0E1F2A3B4C5",
    "6f1d2c3b4a594687b8c9d0e1f2a3b4c5",
    "{6f1d2c3b-4a59-4687-b8c9-d0e1f2a3b4c5}",
    *("2024-1-1", "20240101", "2024-W01-1", "2024-01-01T00:00", "0999-12-31", "2024-01-01\n"),
]


def test_every_type_has_an_oracle() -> None:
    """No type escapes these tests, and each is found under its own name."""
    assert ORACLES.keys() == VALUES.keys() == TYPES.keys()
    assert all(name == kind.name and kind.description for name, kind in TYPES.items())


@pytest.mark.parametrize("kind", TYPES.values(), ids=TYPES)
def test_near_misses_are_told_apart(kind: VariableType) -> None:
    """Each type takes the texts its definition takes and no others."""
    assert [text for text in NEAR_MISSES if kind.fits(text)] == [
        text for text in NEAR_MISSES if ORACLES[kind.name](text)
    ]


@pytest.mark.parametrize("year", ["1000", "1900", "2000", "2023", "2024", "2100", "2400", "9996", "0400"])
def test_only_days_of_the_calendar_are_dates(year: str) -> None:
    """Every month and day of plain, leap and century years is judged as the calendar does."""
    texts = [f"{year}-{month:02d}-{day:02d}" for month, day in product(range(100), range(100))]

    assert [text for text in texts if TYPES["date"].fits(text)] == [text for text in texts if is_date(text)]


def test_leap_days_follow_the_calendar() -> None:
    """The 29th of February is a date in leap years alone, in all nine thousand years."""
    texts = [f"{year}-02-29" for year in range(1000, 10000)]

    assert [text for text in texts if TYPES["date"].fits(text)] == [text for text in texts if is_date(text)]


@pytest.mark.parametrize("kind", TYPES.values(), ids=TYPES)
@UNHURRIED
@given(data=st.data())
def test_values_survive_their_spelling(kind: VariableType, data: st.DataObject) -> None:
    """What a type spells it fits, and reads back as the same value; what it cannot spell is no text of it."""
    value = data.draw(VALUES[kind.name])
    text = kind.spell(value)

    if text is None:
        assert isinstance(value, str)
        assert not ORACLES[kind.name](value)
    else:
        assert ORACLES[kind.name](text)
        assert kind.read(text) == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("int", True, id="a truth value is no number"),
        pytest.param("int", -1, id="no negative number"),
        pytest.param("int", 10**1024, id="no number longer than a key"),
        pytest.param("int", 1.0, id="no fraction"),
        pytest.param("month", 13, id="no thirteenth month"),
        pytest.param("day", 0, id="no day zero"),
        pytest.param("year", 999, id="no year of three digits"),
        pytest.param("year", 10**5000, id="no endless year"),
        pytest.param("date", datetime(2024, 1, 1, tzinfo=UTC), id="a time is no date"),
        pytest.param("date", date(999, 1, 1), id="no date of three-digit years"),
        pytest.param("uuid", uuid.UUID(int=1).int, id="a number is no UUID"),
        pytest.param("str", 7, id="a number is no text"),
        pytest.param("str", b"x", id="bytes are no text"),
        pytest.param("slug", None, id="nothing is no text"),
        pytest.param("sha256", "A" * 64, id="no capitals"),
    ],
)
def test_values_of_another_type_are_refused(name: str, value: object) -> None:
    """A value that only looks like the type is refused, and the message says which type is meant."""
    assert TYPES[name].spell(value) is None
    with pytest.raises(TemplateError, match=f"v must be {re.escape(TYPES[name].description)}, found"):
        NameTemplate(f"{{v:{name}}}").format(v=cast("Value", value))


def test_spelled_values_are_taken_as_well() -> None:
    """A value that arrives as text is used if it is spelled as the key would spell it."""
    template = NameTemplate("{id:uuid}-{n:int}")
    text = "6f1d2c3b-4a59-4687-b8c9-d0e1f2a3b4c5-42"

    assert template.format(id=text[:36], n="42") == text
    with pytest.raises(TemplateError, match="found '042'"):
        template.format(id=text[:36], n="042")
