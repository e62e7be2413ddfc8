"""How much of a kind of file lies in which storage class, and how much comes and goes in a month?"""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from bucketwright.contract.cost.life import Life, Stay
from bucketwright.contract.cost.measures import MONTH

if TYPE_CHECKING:
    from bucketwright.contract.prefixes import Usage


@dataclass(frozen=True, slots=True)
class Share:
    """What lies in one storage class."""

    stay: Stay
    stored: Decimal
    """Bytes, as the objects' owner counts them."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What one kind of file holds and turns over, as if it had gone on like this for ever."""

    object_size: Decimal
    written: Decimal
    """Bytes that come in a month."""
    shares: tuple[Share, ...]
    life: Life

    @property
    def endless(self) -> bool:
        """Whether something stays for ever, so that what is held grows."""
        return self.life.days is None

    @property
    def stored(self) -> Decimal:
        """All bytes held."""
        return sum((share.stored for share in self.shares), Decimal(0))

    @property
    def objects_written(self) -> Decimal:
        """Objects that come in a month."""
        return self.written / self.object_size

    @property
    def objects_stored(self) -> Decimal:
        """All objects held."""
        return self.stored / self.object_size


def holding(usage: "Usage", life: Life, months: int) -> Holding:
    """What a kind of file with this traffic holds some months ahead.

    Where everything ends, what is held settles: as much comes as goes. Where something stays for ever,
    what is stored today is taken, and what is added until then."""
    return settled(
        object_size=Decimal(usage.average_object),
        written=monthly_writes(usage, life),
        stored=Decimal(usage.stored),
        life=life,
        months=months,
    )


def monthly_writes(usage: "Usage", life: Life) -> Decimal:
    """Bytes written in a month: as stated, else what keeps up the stored amount as it runs out."""
    if "added" in usage.model_fields_set:
        return Decimal(usage.added)
    return Decimal(0) if life.days is None else usage.stored * MONTH / life.days


def settled(*, object_size: Decimal, written: Decimal, stored: Decimal, life: Life, months: int) -> Holding:
    """Spread what is held over the stays of a life, the youngest first."""
    endless = life.days is None
    left = stored + months * written
    shares = []
    for stay in life.stays:
        passing = left if stay.days is None else written * stay.days / MONTH
        here = min(passing, left) if endless else passing
        left -= here
        shares.append(Share(stay, here))
    return Holding(object_size, written, tuple(shares), life)
