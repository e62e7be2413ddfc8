"""What does it cost to store one object for its whole life?"""

from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final

from bucketwright.contract.cost.life import object_life
from bucketwright.contract.cost.lots import Lot, monthly, moving
from bucketwright.contract.cost.measures import EXACT, MONTH, money, sum_exactly
from bucketwright.contract.cost.meters import ObjectClass
from bucketwright.contract.names import bucket_region

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket
    from bucketwright.contract.cost.prices import Prices
    from bucketwright.contract.model import Environment
    from bucketwright.contract.prefixes import Prefix

MONTHS_IN_A_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class StayCost:
    """One storage class on an object's way."""

    storage_class: ObjectClass
    start: Decimal
    """Age in days at which it begins."""
    days: Decimal | None
    """How long it lasts; None: for ever."""
    moving: Decimal
    """Dollars for getting there."""
    storing: Decimal
    """Dollars for the whole stay; where it is for ever: for a year of it."""


@dataclass(frozen=True, slots=True)
class LifeCost:
    """What storing one object costs, without writing and reading it."""

    region: str
    stays: tuple[StayCost, ...]

    @property
    def once(self) -> Decimal:
        """Dollars for all that has an end: moves and stays."""
        ended = (stay.storing for stay in self.stays if stay.days is not None)
        return sum_exactly([*ended, *(stay.moving for stay in self.stays)])

    @property
    def per_year(self) -> Decimal | None:
        """Dollars a year from then on; None where the object is deleted."""
        return next((stay.storing for stay in self.stays if stay.days is None), None)


def life_cost(
    prefix: "Prefix", bucket: "Bucket", environment: "Environment", size: int, prices: "Prices"
) -> LifeCost:
    """Price one object's life at the first step of each price; raises `UnknownPrice` where one is missing."""
    region = bucket_region(environment, bucket)
    stays: list[StayCost] = []
    with localcontext(EXACT):
        start = Decimal(0)
        for stay in object_life(bucket, prefix, Decimal(size)).stays:
            lot = Lot(stay.storage_class)
            lot.add(size)
            getting_there = moving(lot, region, prices) if stays else Decimal(0)
            charged = (
                MONTHS_IN_A_YEAR if stay.days is None else max(stay.days, Decimal(stay.minimum_days)) / MONTH
            )
            storing = monthly(lot, region, prices) * charged
            stays.append(StayCost(stay.storage_class, start, stay.days, money(getting_there), money(storing)))
            start += stay.days or 0
    return LifeCost(region, tuple(stays))
