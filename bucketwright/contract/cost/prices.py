"""What does one unit of each thing cost, in which region, on which day?"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from bucketwright.contract.cost.meters import Meter, ObjectClass, Pool, Rate, UnknownPrice
from bucketwright.contract.form import Part
from bucketwright.contract.scalars import Region

LARGEST_AMOUNT: Final = 10**9


def _amount(value: object) -> Decimal:
    """Read a price or a free quantity; bounded, so that no sum of them can overflow."""
    if isinstance(value, str | int | float | Decimal) and not isinstance(value, bool):
        try:
            amount = Decimal(str(value))
        except InvalidOperation:
            amount = Decimal("NaN")
        if amount.is_finite() and 0 <= amount <= LARGEST_AMOUNT and amount == round(amount, 12):
            return abs(amount)
    raise ValueError("a number from 0 to a thousand million is needed, such as 0.023")


Amount = Annotated[Decimal, BeforeValidator(_amount)]


class Step(Part):
    """A price that holds up to a quantity."""

    up_to: Amount | None = None
    """Quantity in a month up to which it holds; without it: for all the rest."""
    price: Amount
    """Price of one unit."""


def _single(value: object) -> object:
    """Let a bare price stand for a table of one step."""
    return value if isinstance(value, list | tuple) else [{"price": value}]


def _rising(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    limits = [step.up_to for step in steps]
    if not limits or limits[-1] is not None or None in limits[:-1]:
        raise ValueError("every step but the last needs `up_to`, and the last has none")
    bounds = [limit for limit in limits if limit is not None]
    if any(low >= high for low, high in pairwise([Decimal(0), *bounds])):
        raise ValueError("the steps' `up_to` must rise from 0")
    return steps


Steps = Annotated[tuple[Step, ...], BeforeValidator(_single), AfterValidator(_rising)]


class Route(Part):
    """What it costs to send data to some other regions."""

    to: tuple[Region, ...] = Field(min_length=1)
    """The regions it is sent to."""
    price: Steps
    """Price of one GB."""


class RegionPrices(Part):
    """The prices of one region; what is left out is unknown there."""

    storage: Mapping[ObjectClass, Steps] = {}
    """A GB kept for a month, by storage class."""
    put: Mapping[ObjectClass, Steps] = {}
    """1,000 PUT, COPY, POST or LIST requests, by storage class."""
    get: Mapping[ObjectClass, Steps] = {}
    """1,000 GET and other requests, by storage class."""
    transition: Mapping[ObjectClass, Steps] = {}
    """1,000 lifecycle moves into a storage class."""
    retrieval: Mapping[ObjectClass, Steps] = {}
    """A GB read from a class that charges for it."""
    restore: Mapping[ObjectClass, Steps] = {}
    """1,000 restore requests at standard speed."""
    monitoring: Steps | None = None
    """1,000 objects watched by intelligent tiering for a month."""
    inventory: Steps | None = None
    """A million objects listed by an inventory."""
    kms_key: Steps | None = None
    """A KMS key for a month."""
    kms_requests: Steps | None = None
    """10,000 KMS requests."""
    dsse: Steps | None = None
    """A GB under the second layer of encryption."""
    internet: Steps | None = None
    """A GB sent to the internet."""
    transfer: tuple[Route, ...] = ()
    """A GB sent to another region."""


class Prices(Part):
    """List prices of one day."""

    version: Literal[1]
    """Version of this form."""
    date: date
    """Day on which these were the list prices."""
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    """Currency of all of them, such as USD."""
    source: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f-\x9f]+$")]
    """Where they are from."""
    free: Mapping[Pool, Amount] = {}
    """What an account has free each month, in all its regions together: GB sent, KMS requests."""
    regions: Mapping[Region, RegionPrices] = Field(min_length=1)
    """The prices, each region under its name."""

    def region(self, name: str) -> RegionPrices:
        """The prices of a region; raises `UnknownPrice` where the table has none."""
        if name not in self.regions:
            known = ", ".join(sorted(self.regions))
            raise UnknownPrice(
                f"the price table of {self.date} has no prices of the region {name} (it has {known}); "
                "give a table that has them with --prices FILE"
            )
        return self.regions[name]

    def rate(self, meter: Meter) -> Rate | None:
        """What a meter's units cost; None where the region's prices leave it out."""
        steps = _steps(self.region(meter.region), meter)
        return None if steps is None else Rate(steps)

    def unpriced(self, meter: Meter) -> str:
        """Why a meter has no rate, and what to do about it."""
        towards = f" to {meter.item}" if meter.table == "transfer" else ""
        return (
            f"the price table of {self.date} has no price for it in {meter.region}{towards}; "
            "give one with --prices FILE"
        )


def _steps(region: RegionPrices, meter: Meter) -> tuple[Step, ...] | None:
    if meter.table == "transfer":
        return next((route.price for route in region.transfer if meter.item in route.to), None)
    entry: object = getattr(region, meter.table)
    if isinstance(entry, Mapping):
        entry = entry.get(meter.item)
    return entry if isinstance(entry, tuple) else None
