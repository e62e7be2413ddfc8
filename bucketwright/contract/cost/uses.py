"""What is used in a month, where, and by which assumption, before anything has a price?"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from bucketwright.contract.cost.meters import Meter

Kind = Literal[
    "storage", "requests", "transitions", "retrieval", "monitoring", "encryption", "replication",
    "inventory", "internet", "cross-region",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Use:
    """A quantity of something that AWS charges for, on account of one bucket or prefix."""

    bucket: str
    prefix: str | None
    kind: Kind
    what: str
    quantity: Decimal
    meter: Meter
    assumption: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that could not be counted, so that a total is only a least."""

    bucket: str
    prefix: str | None
    reason: str
    unpriced: bool = False
    """Whether the contract says enough, and only a price is missing."""


def place(bucket: str, prefix: str | None) -> str:
    """A bucket or a prefix as contracts refer to it."""
    return bucket if prefix is None else f"{bucket}/{prefix}"
