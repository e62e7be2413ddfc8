"""Which dates and times of a rule are read, and as which moment?"""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bucketwright.contract.lifecycle.parsing import MalformedRules, parse_rules

MOMENTS: dict[str, tuple[object, datetime]] = {
    "a day": ("2030-01-31", datetime(2030, 1, 31, tzinfo=UTC)),
    "a date": (date(2030, 1, 31), datetime(2030, 1, 31, tzinfo=UTC)),
    "a time in UTC": ("2030-01-31T01:02:03Z", datetime(2030, 1, 31, 1, 2, 3, tzinfo=UTC)),
    "a time without offset": ("2030-01-31T01:02", datetime(2030, 1, 31, 1, 2, tzinfo=UTC)),
    "a time with a space": ("2030-01-31 01:02:03", datetime(2030, 1, 31, 1, 2, 3, tzinfo=UTC)),
    "a fraction": ("2030-01-31T01:02:03.25Z", datetime(2030, 1, 31, 1, 2, 3, 250000, tzinfo=UTC)),
    "nanoseconds": ("2030-01-31T01:02:03.000001999Z", datetime(2030, 1, 31, 1, 2, 3, 1, tzinfo=UTC)),
    "an offset": ("2030-01-31T01:00:00+02:00", datetime(2030, 1, 30, 23, tzinfo=UTC)),
    "an offset without colon": ("2030-01-31T23:00:00-0200", datetime(2030, 2, 1, 1, tzinfo=UTC)),
    "a naive datetime": (datetime(2030, 1, 31, 5), datetime(2030, 1, 31, 5, tzinfo=UTC)),  # noqa: DTZ001  the case
    "an aware datetime": (
        datetime(2030, 1, 31, 5, tzinfo=timezone(timedelta(hours=5))),
        datetime(2030, 1, 31, tzinfo=UTC),
    ),
}


@pytest.mark.parametrize(("written", "expected"), MOMENTS.values(), ids=MOMENTS)
def test_reads_times(written: object, expected: datetime) -> None:
    """Every usual form of a date or time is that moment, in UTC."""
    (rule,) = parse_rules([{"Expiration": {"Date": written}}])

    assert rule.expiration is not None
    assert (rule.expiration.date, rule.expiration.date and rule.expiration.date.tzinfo) == (expected, UTC)


TIME = "must be a date or time in ISO 8601, such as 2027-01-31T00:00:00Z"
NO_TIMES = [
    "2030-13-01",
    "2030-02-30T00:00:00Z",
    "20300101",
    "2030-W01-1",
    "2030-1-1",
    "2030-01-01T",
    "2030-01-01T25:00:00Z",
    "2030-01-01Z",
    "Fri, 01 Jan 2016 00:00:00 GMT",
    "\u0662\u0660\u0663\u0660-01-01",
    "2030-01-01\n",
    "",
    1893456000,
    ["2030-01-01"],
]


@pytest.mark.parametrize("written", NO_TIMES, ids=[repr(written) for written in NO_TIMES])
def test_refuses_what_is_no_time(written: object) -> None:
    """What is not plainly one ISO 8601 date or time is not guessed at."""
    with pytest.raises(MalformedRules) as caught:
        parse_rules([{"Expiration": {"Date": written}}])

    assert str(caught.value) == f"rule 1: Expiration.Date {TIME}"


@pytest.mark.parametrize("written", ["0001-01-01T00:00:00+01:00", "9999-12-31T23:00:00-01:00"])
def test_refuses_times_outside_the_calendar(written: str) -> None:
    """A moment before the year 1 or after 9999 in UTC is refused, not an overflow."""
    with pytest.raises(MalformedRules) as caught:
        parse_rules([{"Expiration": {"Date": written}}])

    assert str(caught.value) == "rule 1: Expiration.Date lies outside the years 1 to 9999 in UTC"
