"""What no answer proves of an object is asked by the next run."""

from pathlib import Path

import pytest

from audits.objects.purse import Purse
from audits.objects_budget import Budget, SpendingMeter
from audits.objects_tariff import Tariff
from bucketwright.contract.cost.loading import load_prices
from tests.audits.objects.remembered import recalled
from tests.audits.objects.stored import full_of, wanted

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
