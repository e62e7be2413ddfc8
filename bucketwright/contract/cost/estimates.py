"""What does an environment cost in a month, line by line, and what is not in the sum?"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeVar

from bucketwright.contract.cost.charges.encryption import encryption_uses, key_uses
from bucketwright.contract.cost.charges.inventory import inventory_uses
from bucketwright.contract.cost.charges.replication import replication_uses
from bucketwright.contract.cost.charges.requests import request_uses
from bucketwright.contract.cost.charges.storage import Pile, storage_uses
from bucketwright.contract.cost.charges.transfer import transfer_uses
from bucketwright.contract.cost.gaps import gaps
from bucketwright.contract.cost.measures import EXACT, sum_exactly
from bucketwright.contract.cost.pricing import Line, priced
from bucketwright.contract.cost.traffic import Traffic, traffic_of
from bucketwright.contract.cost.uses import KINDS, Gap, Kind, Use
from bucketwright.contract.names import bucket_region

if TYPE_CHECKING:
    from bucketwright.contract.cost.prices import Prices
    from bucketwright.contract.model import Environment

Key = TypeVar("Key", bound=Hashable)

ASSUMPTIONS: Final = (
    "a month has 30.4375 days, a GB has 2^30 bytes, as AWS bills them",
    "every write makes a new object, only lifecycle deletes, and where it does, as much goes as comes",
    "archived objects are read only where delivery is by archive, or where there are no others",
    "S3 acts at the next midnight, on average half a day late; old versions wait one day more",
    "prices that fall with the quantity count this environment's buckets together, and nobody else's",
)
"""What holds for every line."""

LEFT_OUT: Final = (
    "what access logs and inventory reports store",
    "object tags, notifications, transfer acceleration",
    "uploads that are never finished, delete markers, and what the sweeper of temp buckets saves",
    "discounts, free tiers of new accounts, taxes",
)
"""What no estimate counts. Deleting, expiring and aborting cost nothing."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """The monthly cost of one environment at list prices."""

    environment: "Environment" = field(repr=False, compare=False)
    prices: "Prices" = field(repr=False, compare=False)
    months: int
    """How far ahead it looks."""
    lines: tuple[Line, ...]
    gaps: tuple[Gap, ...]

    @property
    def total(self) -> Decimal:
        """Dollars a month, not rounded."""
        return sum_exactly(line.dollars for line in self.lines)

    @property
    def at_least(self) -> bool:
        """Whether something is missing from the total."""
        return bool(self.gaps)

    @property
    def unpriced(self) -> tuple[Gap, ...]:
        """What could not be worked out although the contract says enough: a price is missing."""
        return tuple(gap for gap in self.gaps if gap.unpriced)

    def by_kind(self) -> dict[Kind, Decimal]:
        """Dollars a month for each kind of use that occurs."""
        sums = _sums((line.kind, line) for line in self.lines)
        return {kind: sums[kind] for kind in KINDS if kind in sums}

    def by_place(self) -> dict[tuple[str, str | None], Decimal]:
        """Dollars a month for each prefix, and for each bucket's own uses under no prefix."""
        return _sums(((line.bucket, line.prefix), line) for line in self.lines)

    def after_months(self, months: int) -> "Estimate":
        """The cost of a month that many months ahead, when what stays for ever has grown."""
        return estimate(self.environment, self.prices, self.months + months)


def estimate(environment: "Environment", prices: "Prices", months: int = 0) -> Estimate:
    """What an environment costs in a month; raises `UnknownPrice` for a region without prices."""
    if months < 0:
        raise ValueError("an estimate cannot look back")
    with localcontext(EXACT):
        for bucket in environment.buckets.values():
            prices.region(bucket_region(environment, bucket))
        traffics = tuple(traffic_of(environment, months))
        lines, unpriced = priced(_uses(environment, traffics), prices)
        unsaid = tuple(gaps(environment, traffics))
    return Estimate(environment, prices, months, _ordered(lines, environment), unsaid + unpriced)


def _uses(environment: "Environment", traffics: Sequence[Traffic]) -> Iterator[Use]:
    for traffic in traffics:
        pile = Pile(traffic.bucket_id, traffic.prefix_id, traffic.region, traffic.holding)
        yield from chain(
            storage_uses(pile),
            request_uses(traffic),
            encryption_uses(traffic),
            replication_uses(traffic),
            transfer_uses(traffic),
        )
    yield from key_uses(environment)
    yield from inventory_uses(environment, traffics)


def _ordered(lines: Sequence[Line], environment: "Environment") -> tuple[Line, ...]:
    """Each bucket's prefixes together, as the contract has them, and the bucket's own lines after them."""
    places = [
        (bucket_id, prefix_id)
        for bucket_id, bucket in environment.buckets.items()
        for prefix_id in (*bucket.prefixes, None)
    ]
    order = {place: position for position, place in enumerate(places)}
    return tuple(sorted(lines, key=lambda line: (order[line.bucket, line.prefix], KINDS.index(line.kind))))


def _sums(keyed: Iterable[tuple[Key, Line]]) -> dict[Key, Decimal]:
    sums: dict[Key, Decimal] = {}
    for key, line in keyed:
        sums[key] = EXACT.add(sums.get(key, Decimal(0)), line.dollars)
    return sums
