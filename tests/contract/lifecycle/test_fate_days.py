"""On which day does S3 act, and do the examples of its user guide come out?"""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bucketwright.contract.lifecycle.days import midnight_after
from bucketwright.contract.lifecycle.simulator import StoredObject
from tests.contract.lifecycle.writing import (
    MADE,
    Written,
    aborts,
    expires,
    expires_on,
    forgets,
    moves,
    moves_later,
    story,
)

MIDNIGHT = datetime(2014, 1, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "days", "expected"),
    [
        (MIDNIGHT + timedelta(hours=10, minutes=30), 3, datetime(2014, 1, 19, tzinfo=UTC)),
        (MIDNIGHT + timedelta(hours=10, minutes=30), 0, datetime(2014, 1, 16, tzinfo=UTC)),
        (MIDNIGHT, 0, datetime(2014, 1, 16, tzinfo=UTC)),
        (MIDNIGHT, 3, datetime(2014, 1, 19, tzinfo=UTC)),
        (MIDNIGHT - timedelta(microseconds=1), 3, datetime(2014, 1, 18, tzinfo=UTC)),
        (MIDNIGHT + timedelta(microseconds=1), 3, datetime(2014, 1, 19, tzinfo=UTC)),
        (datetime(2024, 2, 28, 23, 59, 59, tzinfo=UTC), 1, datetime(2024, 3, 1, tzinfo=UTC)),
        (datetime(9999, 12, 30, 1, tzinfo=UTC), 0, datetime(9999, 12, 31, tzinfo=UTC)),
        (datetime(9999, 12, 31, 1, tzinfo=UTC), 0, None),
        (MIDNIGHT, 10**9, None),
        (MIDNIGHT, 10**30, None),
    ],
    ids=str,
)
def test_counts_days_to_the_next_midnight(moment: datetime, days: int, expected: datetime | None) -> None:
    """An action falls due at the first midnight UTC strictly after the days are over."""
    assert midnight_after(moment, days) == expected


def test_nothing_happens_after_the_year_9999() -> None:
    """What would fall due beyond the calendar never does, and never crashes."""
    last = datetime(9999, 12, 31, 12, tzinfo=UTC)
    rules = [expires(1), moves(1, "GLACIER"), forgets(1), moves_later(1, "GLACIER"), aborts(1)]

    assert story("Enabled", *rules, created=last) == []
    assert story("Enabled", expires(10**12), moves(10**30, "GLACIER")) == []
    assert story("Enabled", *rules, noncurrent=True, successor_created=last) == []
    assert story("Enabled", *rules, multipart_upload=True, created=last) == []
    assert story("Enabled", expires_on("9999-12-31"), forgets(0)) == ["9999-12-31 delete_marker"]


def test_times_are_taken_in_utc() -> None:
    """Times given with another offset, or none, are counted in UTC."""
    tokyo = timezone(timedelta(hours=9))
    naive = datetime(2024, 1, 1, 23)  # noqa: DTZ001  the case
    later: Written = {
        "noncurrent": True,
        "successor_created": datetime(2024, 1, 2, 8, tzinfo=tokyo),
    }

    assert story("Disabled", expires(1), created=datetime(2024, 1, 2, 8, tzinfo=tokyo)) == [
        "2024-01-03 expire"
    ]
    assert story("Disabled", expires(1), created=naive) == ["2024-01-03 expire"]
    assert story("Enabled", forgets(1), **later) == ["2024-01-03 delete_permanently"]


def test_a_noncurrent_version_has_a_successor() -> None:
    """A noncurrent version without its successor's time cannot be made."""
    with pytest.raises(ValueError, match="needs successor_created"):
        StoredObject(key="a", created=MADE, noncurrent=True)


GUIDE: dict[str, tuple[list[Written], Written, list[str]]] = {
    "conflict 1, overlapping prefixes": (
        [expires(365), moves(30, "STANDARD_IA", Filter={"Prefix": "logs/"})],
        {},
        ["2024-02-01 transition STANDARD_IA", "2025-01-01 expire"],
    ),
    "conflict 2, move and end on one day": (
        [expires(365, Filter={"Prefix": "logs/"}), moves(365, "STANDARD_IA", Filter={"Prefix": "logs/"})],
        {},
        ["2025-01-01 expire"],
    ),
    "conflict 3, the earlier move": (
        [moves(10, "STANDARD_IA"), moves(365, "STANDARD_IA", Filter={"Prefix": "logs/"})],
        {},
        ["2024-01-12 transition STANDARD_IA"],
    ),
    "conflict 4, by tags": (
        [
            moves(365, "GLACIER", Filter={"Tag": {"Key": "tag1", "Value": "value1"}}),
            expires(14, Filter={"Tag": {"Key": "tag2", "Value": "value2"}}),
        ],
        {"tags": {"tag1": "value1", "tag2": "value2"}},
        ["2024-01-16 expire"],
    ),
    "a day old is two midnights": (
        [expires(1)],
        {"created": datetime(2024, 1, 2, 0, 5, tzinfo=UTC)},
        ["2024-01-04 expire"],
    ),
}


@pytest.mark.parametrize(("rules", "fields", "expected"), GUIDE.values(), ids=GUIDE)
def test_examples_of_the_user_guide(
    rules: list[Written],
    fields: Written,
    expected: list[str],
) -> None:
    """The user guide's own examples come out as it says."""
    assert story("Disabled", *rules, **fields) == expected


def test_the_guides_photo() -> None:
    """Deleted on 2 January 2014 at 11:30, kept five days, gone on the 8th at midnight."""
    deleted = datetime(2014, 1, 2, 11, 30, tzinfo=UTC)
    made = datetime(2014, 1, 1, 10, 30, tzinfo=UTC)

    assert story("Enabled", forgets(5), created=made, noncurrent=True, successor_created=deleted) == [
        "2014-01-08 delete_permanently",
    ]
