"""What does a single call about an object cost, in which region and storage class?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final, Literal

from bucketwright.contract.cost.measures import EXACT, sum_exactly
from bucketwright.contract.cost.meters import (
    UNITS,
    Meter,
    Rate,
    UnknownPrice,
)
from bucketwright.contract.lifecycle.classes import USUAL_CLASS, class_word
from bucketwright.objects.sources import Source

if TYPE_CHECKING:
    from bucketwright.contract.cost.prices import Prices

LISTS: Final[tuple[Source, ...]] = ("list", "list-versions", "uploads", "parts")
"""S3 charges lists as it does writes, and by no object's class."""
OF_EACH: Final[tuple[Source, ...]] = ("head", "acl", "tagging")
"""What is asked of one object at a time."""
_WITHOUT_CLASS: Final[tuple[Source, ...]] = (*LISTS, "tagging")
"""S3 charges what is asked of tags alike in every class."""
_AS_STANDARD: Final = "REDUCED_REDUNDANCY"
_PER: Final = UNITS["get"][1]
"""Prices of requests are for so many of them."""


@dataclass(frozen=True, slots=True)
class Tariff:
    """What single calls cost in a region."""

    region: str
    prices: "Prices"
    on_aws: bool = True

    def rate(self, source: Source, storage_class: str = USUAL_CLASS) -> Rate | None:
        """The price of a thousand such calls; None where the table has none, for the region or the class."""
        usual = source in _WITHOUT_CLASS or storage_class == _AS_STANDARD
        named = USUAL_CLASS if usual else storage_class
        try:
            return self.prices.rate(Meter(self.region, _table(source), class_word(named)))
        except UnknownPrice:
            return None

    def each(self, source: Source, storage_class: str = USUAL_CLASS) -> Decimal | None:
        """The most that one such call can cost; of a class without a price, what the dearest class costs."""
        own = self.rate(source, storage_class)
        rates = (own,) if own is not None else tuple(self._rates(source))
        return max((step.price / _PER for rate in rates for step in rate.steps), default=None)

    def _rates(self, source: Source) -> Iterator[Rate]:
        if self.region in self.prices.regions:
            table = self.prices.region(self.region)
            for steps in (table.put if _table(source) == "put" else table.get).values():
                yield Rate(steps)

    def cost(self, source: Source, calls: Mapping[str, int]) -> tuple[Decimal, frozenset[str]]:
        """Dollars for so many calls to objects of each class, and the classes that have no price."""
        priced = {storage_class: self.rate(source, storage_class) for storage_class in calls}
        with localcontext(EXACT):
            amounts = [
                rate.cost(Decimal(calls[one])) / _PER for one, rate in priced.items() if rate is not None
            ]
        return sum_exactly(amounts), frozenset(
            one for one, rate in priced.items() if rate is None and calls[one]
        )


def _table(source: Source) -> Literal["put", "get"]:
    return "put" if source in LISTS else "get"
