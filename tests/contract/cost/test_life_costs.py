"""What one object costs for its whole life, by hand."""

from decimal import Decimal

import pytest

from bucketwright.contract.cost.life_costs import LifeCost, life_cost
from bucketwright.contract.cost.meters import UnknownPrice
from bucketwright.contract.model import Environment
from tests.contract.cost.pricing_cases import HOME, MONTH, about, bucket, environment, prices


def life_in(subject: Environment, size: int, **changes: object) -> LifeCost:
    """What an object of a size costs in the one prefix of the one bucket."""
    files = subject.buckets["files"]
    return life_cost(files.prefixes["docs"], files, subject, size, prices(**changes))


def one_prefix(of_bucket: dict[str, object] | None = None, **fields: object) -> Environment:
    """An environment with the prefix `files/` and these settings."""
    subject = {"path": "files/", **fields}
    return environment({"files": bucket(of=subject, **(of_bucket or {}))})


def test_an_object_that_expires_costs_its_days() -> None:
    """1 GiB for 7.5 days at 0.10 a month, and nothing afterwards."""
    found = life_in(one_prefix(expire="7 days"), 2**30)

    assert about(found.once) == about(Decimal("7.5") / MONTH * Decimal("0.10"))
    assert found.per_year is None
    assert found.region == HOME


def test_an_object_kept_for_ever_costs_by_the_year() -> None:
    """1 GiB at 0.10 a month is 1.20 a year, and nothing before."""
    found = life_in(one_prefix(), 2**30)

    assert found.once == 0
    assert found.per_year == Decimal("1.2")


def test_each_class_on_the_way_has_its_cost() -> None:
    """90.5 days standard, then glacier for ever with its move, its 32 KiB and its 8 KiB."""
    found = life_in(one_prefix(archive={"after": "90 days", "to": "glacier"}), 2**30)

    standard, glacier = found.stays
    assert (standard.storage_class, glacier.storage_class) == ("standard", "glacier")
    assert (standard.start, standard.days) == (Decimal(0), Decimal("90.5"))
    assert about(standard.storing) == about(Decimal("90.5") / MONTH * Decimal("0.10"))
    assert (glacier.start, glacier.days) == (Decimal("90.5"), None)
    assert glacier.moving == Decimal("0.02")
    index, name = Decimal(32) / 2**20, Decimal(8) / 2**20
    monthly = (1 + index) * Decimal("0.01") + name * Decimal("0.10")
    assert round(glacier.storing, 11) == round(12 * monthly, 11)
    assert found.per_year == glacier.storing
    assert found.once == standard.storing + glacier.moving


@pytest.mark.parametrize(
    ("size", "billed"),
    [
        pytest.param(128 * 2**10, 128, id="as large as is charged"),
        pytest.param(32 * 2**10, 128, id="small, charged as 128 KiB"),
        pytest.param(0, 128, id="empty, charged as 128 KiB"),
        pytest.param(256 * 2**10, 256, id="larger"),
    ],
)
def test_small_objects_cost_as_128_kib_in_infrequent_access(size: int, billed: int) -> None:
    """The least that is charged, or the object's own size."""
    moves = {"after": "0 days", "to": "standard-ia"}

    found = life_in(one_prefix(archive=moves, archive_above="0 B"), size)

    assert found.per_year is not None
    assert about(found.per_year * 10**6) == about(12 * Decimal(billed) / 2**20 * Decimal("0.05") * 10**6)


def test_a_stay_below_the_minimum_costs_the_minimum() -> None:
    """10 days in infrequent access cost 30."""
    found = life_in(one_prefix(archive={"after": "30 days", "to": "standard-ia"}, expire="40 days"), 2**30)

    assert found.stays[1].days == 10
    assert about(found.stays[1].storing) == about(30 / MONTH * Decimal("0.05"))


def test_of_two_moves_on_one_day_the_colder_counts() -> None:
    """No time is spent in a class that is left as it is entered."""
    moves = [{"after": "90 days", "to": "glacier-ir"}, {"after": "90 days", "to": "deep-archive"}]

    found = life_in(one_prefix(archive=moves), 2**30)

    assert [stay.storage_class for stay in found.stays] == ["standard", "deep-archive"]


@pytest.mark.parametrize(("size", "watched"), [(2**17, 1), (2**17 - 1, 0)], ids=["watched", "too small"])
def test_intelligent_tiering_watches_large_objects(size: int, watched: int) -> None:
    """2 per 1,000 objects a month from 128 KiB on."""
    moves = {"after": "0 days", "to": "intelligent-tiering"}

    found = life_in(one_prefix(archive=moves, archive_above="1 B"), size)

    assert found.per_year is not None
    assert about(found.per_year) == about(
        12 * (Decimal(size) / 2**30 * Decimal("0.10") + watched * Decimal("0.002"))
    )


def test_a_missing_price_is_never_taken_for_nothing() -> None:
    """Without a price for the class or for the region there is no answer."""
    moves = {"after": "90 days", "to": "glacier"}
    regions = {HOME: {"storage": {"standard": "1", "glacier": "1"}}}

    with pytest.raises(UnknownPrice, match=r"transition glacier: .* no price for it in us-west-2"):
        life_in(one_prefix(archive=moves), 2**30, regions=regions)
    with pytest.raises(UnknownPrice, match="no prices of the region eu-south-2"):
        life_in(one_prefix({"region": "eu-south-2"}), 2**30)
