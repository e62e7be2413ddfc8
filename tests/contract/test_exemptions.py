"""Until when does an exemption hold?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.contract.model import Exemption


def until(day: date) -> Exemption:
    """An exemption with that last day."""
    return Exemption.model_validate(
        {
            "rule": "versioning-enabled",
            "reason": "logs can be delivered again",
            "owner": "platform",
            "expires": day.isoformat(),
        }
    )


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        pytest.param("2027-06-29", True, id="the day before"),
        pytest.param("2027-06-30", True, id="the last day itself"),
        pytest.param("2027-07-01", False, id="the day after"),
        pytest.param("0001-01-01", True, id="the first day there is"),
        pytest.param("9999-12-31", False, id="the last day there is"),
    ],
)
def test_the_last_day_counts(day: str, holds: bool) -> None:
    """An exemption holds up to and on the day it expires."""
    assert until(date(2027, 6, 30)).holds_on(date.fromisoformat(day)) == holds


@given(expires=st.dates(date(1000, 1, 1)), day=st.dates(max_value=date(9999, 12, 30)))
def test_what_has_ended_stays_ended(expires: date, day: date) -> None:
    """Once it does not hold, it never holds again."""
    exemption = until(expires)

    assert exemption.holds_on(day) or not exemption.holds_on(day + timedelta(days=1))
