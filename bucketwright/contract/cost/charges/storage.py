"""What does keeping objects cost: their bytes, S3's own bytes for them, and moves between classes?"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from bucketwright.contract.cost.figures import days, size
from bucketwright.contract.cost.holdings import Holding, Share
from bucketwright.contract.cost.measures import GB, KIB, MONTH
from bucketwright.contract.cost.meters import Meter, Table
from bucketwright.contract.cost.uses import Kind, Use
from bucketwright.contract.limits import SMALL_OBJECT
from bucketwright.contract.quantities import spell_size

BILLED_AT_LEAST: Final = {
    "standard-ia": SMALL_OBJECT,
    "onezone-ia": SMALL_OBJECT,
    "glacier-ir": SMALL_OBJECT,
}
"""Bytes that are charged for every object in these classes, however small it is."""

ARCHIVED: Final = frozenset({"glacier", "deep-archive"})
"""Classes whose objects are not readable until they are restored."""

INDEX: Final = 32 * KIB
"""Bytes S3 adds to an archived object to find it again, charged in its class."""

NAME: Final = 8 * KIB
"""Bytes S3 adds for the name and metadata of an archived object, charged as standard."""


@dataclass(frozen=True, slots=True)
class Pile:
    """A holding where it lies, and on whose account it is kept."""

    bucket: str
    prefix: str
    region: str
    holding: Holding
    copies: bool = False

    def use(self, kind: Kind, what: str, quantity: Decimal, meter: tuple[Table, str], why: str) -> Use:
        """A use by this pile; all that copies use is replication."""
        return Use(
            self.bucket,
            self.prefix,
            "replication" if self.copies else kind,
            f"copies: {what}" if self.copies else what,
            quantity,
            Meter(self.region, *meter),
            why,
        )


def storage_uses(pile: Pile) -> Iterator[Use]:
    """What a pile uses by lying there and by growing colder."""
    for share in pile.holding.shares:
        yield _bytes(pile, share)
        yield from _padding(pile, share)
        yield from _overhead(pile, share)
        yield from _early_leave(pile, share)
        yield from _watching(pile, share)
    for _, share in pairwise(pile.holding.shares):
        target = share.stay.storage_class
        why = f"each of the {size(pile.holding.written)} written a month moves once, object by object"
        yield pile.use(
            "transitions", f"moves to {target}", pile.holding.objects_written, ("transition", target), why
        )


def _bytes(pile: Pile, share: Share) -> Use:
    storage_class = share.stay.storage_class
    why = _held(pile.holding, share)
    if storage_class == "intelligent-tiering":
        why += "; all at the frequent tier's price, the most it can cost"
    return pile.use("storage", f"in {storage_class}", share.stored / GB, ("storage", storage_class), why)


def _held(holding: Holding, share: Share) -> str:
    if share.stay.days is None:
        growth = f"grows by {size(holding.written)} a month" if holding.written else "nothing is added"
        kept = "for ever, as old versions" if holding.life.old_versions else "for ever"
        return f"{size(share.stored)} held, {kept}; {growth}"
    stay = f"{days(share.stay.days)} here"
    if holding.life.old_versions:
        stay += ", old versions included"
    if holding.endless:
        return f"the youngest {size(share.stored)}; {stay}"
    return f"{size(holding.written)} written a month, {stay}"


def _padding(pile: Pile, share: Share) -> Iterator[Use]:
    extra = _padding_factor(pile.holding, share) - 1
    if extra:
        storage_class = share.stay.storage_class
        least = spell_size(BILLED_AT_LEAST[storage_class])
        why = f"objects of {size(pile.holding.object_size)} are charged as {least} in this class"
        yield pile.use(
            "storage",
            f"in {storage_class}, padding",
            share.stored * extra / GB,
            ("storage", storage_class),
            why,
        )


def _padding_factor(holding: Holding, share: Share) -> Decimal:
    least = BILLED_AT_LEAST.get(share.stay.storage_class, 0)
    return max(Decimal(1), least / holding.object_size)


def _overhead(pile: Pile, share: Share) -> Iterator[Use]:
    storage_class = share.stay.storage_class
    if storage_class not in ARCHIVED:
        return
    objects = share.stored / pile.holding.object_size
    why = "S3 adds 32 KiB to each archived object, in its class"
    yield pile.use(
        "storage", f"in {storage_class}, index", objects * INDEX / GB, ("storage", storage_class), why
    )
    why = "S3 adds 8 KiB to each archived object, as standard storage"
    yield pile.use("storage", f"in {storage_class}, names", objects * NAME / GB, ("storage", "standard"), why)


def _early_leave(pile: Pile, share: Share) -> Iterator[Use]:
    stay = share.stay
    if stay.days is None or stay.days >= stay.minimum_days:
        return
    missing = stay.minimum_days - stay.days
    leaving = pile.holding.written * _padding_factor(pile.holding, share)
    why = f"{days(stay.days)} here, charged as {stay.minimum_days}"
    yield pile.use(
        "storage",
        f"in {stay.storage_class}, minimum stay",
        leaving * missing / MONTH / GB,
        ("storage", stay.storage_class),
        why,
    )


def _watching(pile: Pile, share: Share) -> Iterator[Use]:
    if share.stay.storage_class == "intelligent-tiering" and pile.holding.object_size >= SMALL_OBJECT:
        objects = share.stored / pile.holding.object_size
        why = f"objects of {size(pile.holding.object_size)}, each watched"
        yield pile.use("monitoring", "watching for access", objects, ("monitoring", ""), why)
