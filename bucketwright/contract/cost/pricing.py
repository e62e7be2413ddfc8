"""What does each use cost, when prices fall with the quantity and some of it is free?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from bucketwright.contract.cost.measures import money
from bucketwright.contract.cost.meters import Meter
from bucketwright.contract.cost.uses import Gap, Kind, Use

if TYPE_CHECKING:
    from bucketwright.contract.cost.prices import Prices


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an estimate: so much of something, at a price, in a month."""

    bucket: str
    prefix: str | None
    kind: Kind
    what: str
    region: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    """Price of `per` units: the average, where it falls in steps or some of it is free."""
    per: int
    dollars: Decimal
    assumption: str


def priced(uses: Iterable[Use], prices: "Prices") -> tuple[tuple[Line, ...], tuple[Gap, ...]]:
    """A line for each use that is more than nothing; a gap for each whose price is unknown.

    AWS charges an account for all its buckets together: what one price table counts in one region is added
    up first, and each use then pays its part of the whole."""
    counted = [use for use in uses if use.quantity > 0]
    totals: dict[Meter, Decimal] = {}
    for use in counted:
        totals[use.meter] = totals.get(use.meter, Decimal(0)) + use.quantity
    averages = _averages(totals, prices)
    lines, gaps = [], []
    for use in counted:
        average = averages[use.meter]
        if average is None:
            reason = f"{use.what}: {prices.unpriced(use.meter)}"
            gaps.append(Gap(use.bucket, use.prefix, reason, unpriced=True))
        else:
            lines.append(_line(use, average))
    return tuple(lines), tuple(gaps)


def _averages(totals: Mapping[Meter, Decimal], prices: "Prices") -> dict[Meter, Decimal | None]:
    """What one unit of each meter costs, on average over all of it; None where no price is known."""
    averages: dict[Meter, Decimal | None] = {}
    for meter, total in totals.items():
        rate = prices.rate(meter)
        if rate is None:
            averages[meter] = None
            continue
        everywhere = sum(amount for other, amount in totals.items() if other.table == meter.table)
        allowance = next((free for pool, free in prices.free.items() if pool == meter.table), Decimal(0))
        free = min(allowance, everywhere) * total / everywhere
        averages[meter] = (rate.cost(total) - rate.cost(free)) / total / meter.per
    return averages


def _line(use: Use, average: Decimal) -> Line:
    return Line(
        use.bucket,
        use.prefix,
        use.kind,
        use.what,
        use.meter.region,
        use.quantity,
        use.meter.unit,
        money(average * use.meter.per),
        use.meter.per,
        money(average * use.quantity),
        use.assumption,
    )
