"""What does AWS count and charge for, in which units, and what does a quantity of it cost?"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from bucketwright.contract.words import ArchiveClass

if TYPE_CHECKING:  # a table of prices is loaded by those who have one
    from bucketwright.contract.cost.prices import Step

ObjectClass = Literal["standard", ArchiveClass]
Table = Literal[
    "storage", "put", "get", "transition", "retrieval", "restore", "monitoring", "inventory",
    "kms_key", "kms_requests", "dsse", "internet", "transfer",
]  # fmt: skip
Pool = Literal["internet", "kms_requests"]


class UnknownPrice(LookupError):  # noqa: N818  a price nobody stated is an answer, not a mishap
    """A price that the table does not have, so that nothing is guessed."""


@dataclass(frozen=True, slots=True)
class Meter:
    """One thing that AWS counts and charges for, in one region."""

    region: str
    table: Table
    item: str = ""
    """The storage class or the other region, where the price depends on it."""

    @property
    def unit(self) -> str:
        """What is counted."""
        return UNITS[self.table][0]

    @property
    def per(self) -> int:
        """How many of them the price is for."""
        return UNITS[self.table][1]


UNITS: Final[Mapping[Table, tuple[str, int]]] = {
    "storage": ("GB-month", 1),
    "put": ("requests", 1000),
    "get": ("requests", 1000),
    "transition": ("moves", 1000),
    "retrieval": ("GB", 1),
    "restore": ("restores", 1000),
    "monitoring": ("objects", 1000),
    "inventory": ("objects", 10**6),
    "kms_key": ("keys", 1),
    "kms_requests": ("requests", 10**4),
    "dsse": ("GB", 1),
    "internet": ("GB", 1),
    "transfer": ("GB", 1),
}


@dataclass(frozen=True, slots=True)
class Rate:
    """A price that may fall in steps as the quantity grows."""

    steps: tuple["Step", ...]

    def cost(self, quantity: Decimal) -> Decimal:
        """The price of a whole quantity, each part of it at its own step's price."""
        total, start = Decimal(0), Decimal(0)
        for step in self.steps:
            end = quantity if step.up_to is None else min(quantity, step.up_to)
            if end > start:
                total += (end - start) * step.price
                start = end
        return total
