"""What leaves a region, for the internet and for programs elsewhere, by hand."""

from decimal import Decimal

import pytest

from bucketwright.contract.cost.estimates import estimate
from bucketwright.contract.cost.loading import load_prices
from bucketwright.contract.cost.meters import UnknownPrice
from bucketwright.contract.model import Environment
from tests.contract.cost.pricing_cases import (
    AWAY,
    HOME,
    about,
    amounts,
    bucket,
    environment,
    files,
    line,
    prefix,
    priced,
    usage,
)


def sends(gigabytes: int) -> Environment:
    """An environment whose one prefix sends so many GB to the internet."""
    return files(usage(downloads=f"{gigabytes} GiB"), delivery="presigned")


@pytest.mark.parametrize(
    ("gigabytes", "dollars"),
    [
        pytest.param(99, "0", id="less than is free"),
        pytest.param(100, "0", id="the free 100 GB exactly"),
        pytest.param(101, "0.09", id="one GB more"),
        pytest.param(10240, "912.60", id="10 TB exactly: 10,140 x 0.09"),
        pytest.param(10241, "912.685", id="one GB at the second step"),
        pytest.param(51200, "4394.20", id="50 TB exactly: and 40,960 x 0.085"),
        pytest.param(51201, "4394.27", id="one GB at the third step"),
        pytest.param(153600, "11562.20", id="150 TB exactly: and 102,400 x 0.07"),
        pytest.param(153601, "11562.25", id="one GB at the last step"),
    ],
)
def test_downloads_fall_in_price_step_by_step(gigabytes: int, dollars: str) -> None:
    """The list prices of us-west-2, at and just past each step."""
    assert estimate(sends(gigabytes), load_prices()).total == Decimal(dollars)


def test_the_free_gigabytes_are_given_once_for_all_regions() -> None:
    """60 GB each from two regions: 100 of 120 are free, 20 cost 0.6."""
    traffic = prefix(usage(downloads="60 GiB"), delivery="presigned")
    subject = environment({"here": bucket(of=traffic), "there": bucket(of=traffic, region=AWAY)})

    found = priced(subject, free={"internet": 100})

    assert about(found.total) == about(20 * Decimal("0.6"))


@pytest.mark.parametrize("via", ["cloudfront", "compatible"])
def test_downloads_that_others_send_are_on_their_bill(via: str) -> None:
    """S3 sends nothing to the internet there, and the estimate says what is missing."""
    found = priced(files(usage(downloads="500 GiB"), delivery=via))

    assert amounts(found) == {}
    assert [gap.reason for gap in found.gaps if "not counted" in gap.reason]


def test_downloads_are_the_requesters_where_the_requester_pays() -> None:
    """With requester_pays the caller pays for what is sent."""
    subject = bucket(of=prefix(usage(downloads="500 GiB"), delivery="presigned"), requester_pays=True)

    assert amounts(priced(environment({"files": subject}))) == {}


def test_programs_in_another_region_pay_for_the_way_both_ways() -> None:
    """5 GiB read less 1 GiB downloaded at 0.25, and 8 GiB written at 0.25: the cost of the mismatch."""
    traffic = usage(stored="10 GiB", added="8 GiB", reads=5 * 1024, downloads="1 GiB")
    away = environment({"files": bucket(of=prefix(traffic))}, compute_region=AWAY)
    home = environment({"files": bucket(of=prefix(traffic))}, compute_region=HOME)

    found = priced(away)

    assert amounts(found)[f"reads by {AWAY}"] == about(1)
    assert amounts(found)[f"writes by {AWAY}"] == about(2)
    assert found.by_kind()["cross-region"] == found.total - priced(home).total == 3


def test_downloads_beyond_all_reads_leave_nothing_for_the_programs() -> None:
    """The bytes read by programs are never fewer than none."""
    traffic = usage(stored="10 GiB", reads=1024, downloads="5 GiB")

    found = priced(environment({"files": bucket(of=prefix(traffic))}, compute_region=AWAY))

    assert f"reads by {AWAY}" not in amounts(found)


def test_a_bucket_beside_the_programs_pays_no_way() -> None:
    """What counts is the bucket's own region, not the environment's."""
    subject = bucket(of=prefix(usage(added="8 GiB")), region=AWAY)

    found = priced(environment({"files": subject}, compute_region=AWAY))

    assert "cross-region" not in found.by_kind()


def test_a_way_without_a_price_is_a_gap() -> None:
    """Reads to a region that no price leads to are named, and the total is a least."""
    regions = {HOME: {"storage": {"standard": "1"}, "get": {"standard": "1"}}}
    subject = environment(
        {"files": bucket(of=prefix(usage(stored="1 GiB", reads=10)))}, compute_region="eu-west-1"
    )

    found = priced(subject, regions=regions)

    assert found.at_least
    (gap,) = found.gaps
    assert gap.reason == (
        "reads by eu-west-1: the price table of 2026-01-31 has no price for it in us-west-2 to eu-west-1; "
        "give one with --prices FILE"
    )


def test_programs_in_an_unknown_region_have_unknown_prices() -> None:
    """Writes from a region the table does not have are never guessed."""
    subject = environment({"files": bucket(of=prefix(usage(added="8 GiB")))}, compute_region="sa-east-1")

    with pytest.raises(UnknownPrice, match=r"no prices of the region sa-east-1 .*--prices FILE"):
        priced(subject)


def test_the_average_price_of_a_line_is_shown() -> None:
    """200 GB of which 100 are free cost 0.045 each on average."""
    shown = line(estimate(sends(200), load_prices()), "downloads")

    assert shown.quantity == 200
    assert shown.unit_price == Decimal("0.045")
    assert (shown.unit, shown.per) == ("GB", 1)
