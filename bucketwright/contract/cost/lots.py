"""What does it cost a month to keep objects that are there: so many, of such sizes, in one storage class?

At the first step of each price, so that the whole costs what its parts do.
"""

from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from bucketwright.contract.cost.charges.storage import ARCHIVED, BILLED_AT_LEAST, INDEX, NAME
from bucketwright.contract.cost.measures import EXACT, GB, money, sum_exactly
from bucketwright.contract.cost.meters import Meter, Table, UnknownPrice
from bucketwright.contract.lifecycle.classes import class_word
from bucketwright.contract.limits import SMALL_OBJECT

if TYPE_CHECKING:
    from bucketwright.contract.cost.prices import Prices


@dataclass(slots=True)
class Lot:
    """Objects of one storage class, added one by one."""

    storage_class: str
    """As contracts spell it: `standard-ia`."""
    objects: int = 0
    size: int = 0
    """Bytes, as their owner counts them."""
    billed: int = 0
    """Bytes, as AWS does: in some classes a small object counts as a larger one."""
    watched: int = 0
    """How many are large enough to be watched by intelligent tiering."""

    def add(self, size: int) -> None:
        """One more object of so many bytes."""
        self.objects += 1
        self.size += size
        self.billed += max(size, BILLED_AT_LEAST.get(self.storage_class, 0))
        self.watched += size >= SMALL_OBJECT


@dataclass(slots=True)
class Lots:
    """Objects of any storage class, added one by one."""

    by_class: dict[str, Lot] = field(default_factory=dict)
    """By S3's spelling of the class."""

    def add(self, storage_class: str, size: int) -> None:
        """One more object of a class in S3's spelling."""
        lot = self.by_class.get(storage_class)
        if lot is None:
            lot = self.by_class[storage_class] = Lot(class_word(storage_class))
        lot.add(size)

    def join(self, other: "Lots") -> None:
        """All objects of another lot of each class."""
        for name, lot in other.by_class.items():
            own = self.by_class.setdefault(name, Lot(lot.storage_class))
            own.objects += lot.objects
            own.size += lot.size
            own.billed += lot.billed
            own.watched += lot.watched

    def of_class(self, storage_class: str) -> "Lots":
        """Those of one class."""
        return Lots({storage_class: self.by_class[storage_class]})

    @property
    def objects(self) -> int:
        """How many they are."""
        return sum(lot.objects for lot in self.by_class.values())

    @property
    def size(self) -> int:
        """How many bytes they have."""
        return sum(lot.size for lot in self.by_class.values())

    def monthly(self, region: str, prices: "Prices") -> Decimal | None:
        """Dollars for a month; None where a price is missing."""
        try:
            return money(sum_exactly(monthly(lot, region, prices) for lot in self.by_class.values()))
        except UnknownPrice:
            return None


def monthly(lot: Lot, region: str, prices: "Prices") -> Decimal:
    """Dollars for a month in which they lie there; raises `UnknownPrice` where one is missing."""
    with localcontext(EXACT):
        per_gb = first_price(prices, region, "storage", lot.storage_class)
        stored = lot.billed * per_gb / GB
        if lot.storage_class in ARCHIVED:
            names = first_price(prices, region, "storage", "standard")
            return stored + lot.objects * (INDEX * per_gb + NAME * names) / GB
        if lot.storage_class == "intelligent-tiering" and lot.watched:
            return stored + lot.watched * first_price(prices, region, "monitoring", "")
        return stored


def moving(lot: Lot, region: str, prices: "Prices") -> Decimal:
    """Dollars for the moves by which lifecycle brings them there; raises `UnknownPrice`, too."""
    with localcontext(EXACT):
        return lot.objects * first_price(prices, region, "transition", lot.storage_class)


def first_price(prices: "Prices", region: str, table: Table, item: str) -> Decimal:
    """The price of one, at its first step; raises `UnknownPrice` where there is none."""
    meter = Meter(region, table, item)
    rate = prices.rate(meter)
    if rate is None:
        raise UnknownPrice(f"{table} {item}".strip() + f": {prices.unpriced(meter)}")
    return rate.steps[0].price / meter.per
