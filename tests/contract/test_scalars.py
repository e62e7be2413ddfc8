"""Times and sizes in another spelling: the right one is told, and reads as it was meant."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.contract.quantities import (
    MisspeltError,
    parse_days,
    parse_size,
    parse_span,
)


def advice(parse: Callable[[object], object], value: object) -> str:
    """What to write instead of a text that is refused."""
    with pytest.raises(MisspeltError) as refused:
        parse(value)
    return refused.value.help


def told_off(parse: Callable[[object], object], text: str) -> str | None:
    """What to write instead, perhaps nothing; None where the text is right."""
    try:
        parse(text)
    except MisspeltError as refused:
        return refused.help
    return None


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("24h", "write 24 hours"),
        ("1 h", "write 1 hour"),
        ("7d", "write 7 days"),
        ("15m", "write 15 minutes"),
        ("30 secs", "write 30 seconds"),
        ("2 Weeks", "write 2 weeks"),
        ("1.5 yr", "write 1.5 years"),
        ("24-hours", "write 24 hours"),
        ("24  hours", "write 24 hours"),
        (" 90_min ", "write 90 minutes"),
        ("6 months", "write 180 days"),
        ("1mo", "write 30 days"),
    ],
)
def test_a_time_in_other_words_is_told_the_right_ones(value: str, told: str) -> None:
    """Short units, other cases, odd gaps and months have one right spelling."""
    assert advice(parse_span, value) == told
    assert advice(parse_days, value) == told


@pytest.mark.parametrize("value", ["1 fortnight", "1,5 days", "h", "7", "", "P7D", "7 d days", "soon", None])
def test_what_nobody_can_tell_gets_no_advice(value: object) -> None:
    """No unit is made up, and a comma is not guessed to be a point."""
    assert advice(parse_span, value) == ""


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("10M", "write 10 MB"),
        ("350mb", "write 350 MB"),
        ("3 Mb", "write 3 MB"),
        ("10 mib", "write 10 MiB"),
        ("10Ki", "write 10 KiB"),
        ("5 megabytes", "write 5 MB"),
        ("1 byte", "write 1 B"),
        ("1.5-GB", "write 1.5 GB"),
        ("10  TB", "write 10 TB"),
    ],
)
def test_a_size_in_other_words_is_told_the_right_ones(value: str, told: str) -> None:
    """Short units, other cases, words and odd gaps have one right spelling."""
    assert advice(parse_size, value) == told


@pytest.mark.parametrize("value", ["10 bits", "2S", "7 days", "1,500 MB", "MB", "350", "much", None])
def test_what_is_no_size_in_any_words_gets_no_advice(value: object) -> None:
    """Units of other things are not taken for bytes."""
    assert advice(parse_size, value) == ""


@settings(max_examples=200, deadline=None)
@given(
    number=st.integers(1, 99).map(str) | st.decimals("0.1", "99", places=1).map(str),
    unit=st.sampled_from(
        ["s", "min", "H", "d", "wks", "Days", "yr", "hrs", "KB", "mb", "g", "TiBs", "kilobyte"]
    ),
    gap=st.sampled_from(["", " ", "  ", "-", "_"]),
)
def test_what_is_told_can_be_written(number: str, unit: str, gap: str) -> None:
    """Whoever does as told is not told off again."""
    for parse in (parse_span, parse_size):
        told = told_off(parse, f"{number}{gap}{unit}")

        assert not told or told_off(parse, told.removeprefix("write ")) is None
