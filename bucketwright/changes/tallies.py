"""How many objects are hit by a change, how large are they, and which are the first of them?"""

from bisect import insort
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from bucketwright.contract.cost.lots import Lot, Lots, monthly, moving
from bucketwright.contract.cost.measures import money
from bucketwright.contract.cost.meters import UnknownPrice
from bucketwright.objects.lying import Lying

if TYPE_CHECKING:
    from bucketwright.contract.cost.prices import Prices

FIRST: Final = 3
"""So many keys stand for all."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Some objects, added up."""

    objects: int
    size: int
    """In bytes."""
    monthly: Decimal | None
    """Dollars a month for as long as they stay where they are; None where a price is missing."""
    first: tuple[str, ...]
    """Keys: those that are hit first, and of one day those that come first."""


@dataclass(frozen=True, slots=True)
class Move:
    """What it costs to bring some objects to another storage class, and to keep them there."""

    once: Decimal
    """Dollars for the moves."""
    monthly: Decimal


@dataclass(slots=True)
class Pile:
    """Adds objects up without remembering them."""

    target: Lot | None = None
    """Where they move, if they do."""
    lots: Lots = field(default_factory=Lots)
    first: list[tuple[date, str]] = field(default_factory=list)

    def add(self, lying: Lying, day: date = date.min) -> None:
        """One object, hit on a day."""
        self.lots.add(lying.storage_class, lying.size)
        if self.target is not None:
            self.target.add(lying.size)
        if len(self.first) < FIRST or (day, lying.key) < self.first[-1]:
            insort(self.first, (day, lying.key))
            del self.first[FIRST:]

    def tally(self, region: str, prices: "Prices") -> Tally:
        """What it has come to."""
        keys = tuple(key for _, key in self.first)
        return Tally(self.lots.objects, self.lots.size, self.lots.monthly(region, prices), keys)

    def move(self, region: str, prices: "Prices") -> Move | None:
        """What moving all of it costs; None where nothing moves, or a price is missing."""
        if self.target is None:
            return None
        try:
            return Move(
                money(moving(self.target, region, prices)), money(monthly(self.target, region, prices))
            )
        except UnknownPrice:
            return None
