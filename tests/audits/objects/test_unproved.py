"""What no answer proves of an object is asked by the next run."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from audits.objects.purse import Purse
from audits.objects_budget import Budget, SpendingMeter
from audits.objects_tariff import Tariff
from bucketwright.calls import Failure
from bucketwright.contract.cost.loading import load_prices
from tests.audits.objects.remembered import recalled
from tests.audits.objects.stored import Stored, Thing, full_of, wanted

TYPES = ("object-content-type-mismatch", "object-content-type-default")


@pytest.mark.parametrize("dates", [True, False], ids=["it dates rewrites", "it does not"])
def test_an_answer_without_a_date_is_asked_for_again(tmp_path: Path, *, dates: bool) -> None:
    """Nobody knows how old it is, so an unchanged row proves nothing, whatever else lasts."""
    stored, about = full_of(40), wanted(*TYPES)
    stored.has_clock = False
    assert recalled(stored, about, tmp_path, "one", dates=dates) == []
    stored.changed("docs/00004.pdf", content_type="text/html")
    second = recalled(stored, about, tmp_path, "two", dates=dates)

    assert stored.asked["head"] == 40
    assert [one.posture.name for one in second] == ["docs/00004.pdf"]


def test_what_the_budget_left_out_is_asked_by_the_next_run(tmp_path: Path) -> None:
    """It is not known to be fine; what was answered is, and is not paid for again."""
    stored, about = full_of(90), wanted(*TYPES)
    purse = Purse(SpendingMeter(Budget(calls=42)), Tariff("us-west-2", load_prices()))
    recalled(stored, about, tmp_path, "one", purse=purse)
    heads = stored.asked["head"]
    recalled(stored, about, tmp_path, "two")

    assert heads == 41
    assert stored.asked["head"] == 90 - heads


@pytest.mark.parametrize(("days", "heads"), [(3, 40), (20, 0)], ids=["may go on", "has ended"])
def test_what_was_put_in_parts_is_asked_for_until_no_upload_goes_on(
    tmp_path: Path, days: int, heads: int
) -> None:
    """S3 dates it by its beginning: another that was begun with it may end later, and leave no trace."""
    stored, about = full_of(40), wanted(*TYPES)
    for key in stored.things:
        stored.changed(key, etag="abc-2", modified=datetime.now(UTC) - timedelta(days=days))
    recalled(stored, about, tmp_path, "one")
    stored.changed("docs/00004.pdf", content_type="text/html")
    second = recalled(stored, about, tmp_path, "two")

    assert stored.asked["head"] == heads
    assert len(second) == (heads > 0)


@dataclass
class Ahead(Stored):
    """A bucket on a server whose clock can be wrong."""

    ahead: timedelta = timedelta()

    async def head(self, key: str, version: str = "") -> Mapping[str, str] | Failure:
        """With its own time."""
        told = await super().head(key, version)
        when = format_datetime(datetime.now(UTC) + self.ahead, usegmt=True)
        return told if isinstance(told, Failure) else {**told, "date": when}


@pytest.mark.parametrize("days", [[30], [30, 31]], ids=["of all rows at once", "of each for itself"])
def test_what_was_said_by_a_clock_that_was_set_back_is_not_believed(tmp_path: Path, days: list[int]) -> None:
    """A month ahead it said that there is nothing to say for a week: today that is no proof."""
    stored, about = Ahead(full_of(90).things), wanted(*TYPES)
    for day in days:
        stored.ahead = timedelta(days=day)
        stored.things[f"docs/{day}.pdf"] = Thing()
        recalled(stored, about, tmp_path, f"day-{day}", now=datetime.now(UTC) + stored.ahead)
    first = stored.asked["head"]
    stored.ahead = timedelta()
    recalled(stored, about, tmp_path, "set-back")

    assert first == (91 if len(days) == 1 else 1)
    assert stored.asked["head"] == len(stored.things)
