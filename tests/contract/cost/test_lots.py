"""Do objects that are there cost what AWS charges for their class, and the whole what its parts do?"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.contract.cost.loading import load_prices
from bucketwright.contract.cost.lots import Lot, Lots, monthly, moving
from bucketwright.contract.cost.meters import UnknownPrice

PRICES = load_prices()
GB = 2**30
SMALL = 128 * 1024
CLASSES = ("STANDARD", "STANDARD_IA", "INTELLIGENT_TIERING", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE")


def lots(storage_class: str, *sizes: int) -> Lots:
    """Objects of these sizes."""
    found = Lots()
    for size in sizes:
        found.add(storage_class, size)
    return found


@pytest.mark.parametrize(
    ("storage_class", "size", "dollars"),
    [
        pytest.param("STANDARD", GB, Decimal("0.023"), id="a GB in standard"),
        pytest.param("STANDARD", 0, Decimal(0), id="nothing costs nothing"),
        pytest.param("STANDARD_IA", 1, Decimal("0.0125") * SMALL / GB, id="a byte counts as 128 KiB"),
        pytest.param("STANDARD_IA", GB, Decimal("0.0125"), id="a GB counts as it is"),
        pytest.param("INTELLIGENT_TIERING", SMALL - 1, Decimal("0.023") * (SMALL - 1) / GB, id="not watched"),
        pytest.param(
            "INTELLIGENT_TIERING",
            SMALL,
            Decimal("0.023") * SMALL / GB + Decimal("0.0000025"),
            id="large enough to be watched",
        ),
        pytest.param(
            "GLACIER",
            0,
            (Decimal("0.0036") * 32 + Decimal("0.023") * 8) / 2**20,
            id="an archived object has an index and a name",
        ),
    ],
)
def test_each_class_is_charged_in_its_own_way(storage_class: str, size: int, dollars: Decimal) -> None:
    """A month of one object, to the trillionth of a dollar."""
    found = lots(storage_class, size).monthly("us-east-1", PRICES)

    assert found == pytest.approx(dollars, abs=Decimal("1e-12"))


@given(
    rows=st.lists(st.tuples(st.sampled_from(CLASSES), st.integers(0, 2**45)), max_size=20),
    cut=st.integers(0, 20),
)
def test_the_whole_costs_what_its_parts_do(rows: list[tuple[str, int]], cut: int) -> None:
    """However objects are put together, the dollars add up but for the last digit of each rounding."""
    whole, first, second = Lots(), Lots(), Lots()
    for number, (storage_class, size) in enumerate(rows):
        whole.add(storage_class, size)
        (first if number < cut else second).add(storage_class, size)
    parts = [one.monthly("us-east-1", PRICES) or Decimal(0) for one in (first, second)]
    assert whole.monthly("us-east-1", PRICES) == pytest.approx(sum(parts), abs=Decimal("3e-12"))

    first.join(second)
    assert first == whole
    assert whole.objects == len(rows)
    assert whole.size == sum(size for _, size in rows)
    assert sum(whole.of_class(name).objects for name in whole.by_class) == len(rows)


@pytest.mark.parametrize(
    ("storage_class", "region"), [("REDUCED_REDUNDANCY", "us-east-1"), ("STANDARD", "mars-1")]
)
def test_what_has_no_price_has_no_amount(storage_class: str, region: str) -> None:
    """Neither a class nor a region that the table lacks costs nothing."""
    assert lots(storage_class, 1).monthly(region, PRICES) is None
    with pytest.raises(UnknownPrice):
        monthly(Lot("reduced-redundancy"), "us-east-1", PRICES)


def test_moves_are_charged_by_the_object() -> None:
    """A thousand moves at the price of the class they go to."""
    lot = Lot("glacier")
    for _ in range(1_000):
        lot.add(5)

    assert moving(lot, "us-east-1", PRICES) == Decimal("0.03")
