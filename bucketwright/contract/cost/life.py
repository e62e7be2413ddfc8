"""Through which storage classes does an object go, and how long does it stay in each?"""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from bucketwright.contract.cost.meters import ObjectClass
from bucketwright.contract.lifecycle.classes import (
    MINIMUM_SIZES,
    MINIMUM_STAY,
    REACHABLE,
    SMALL_OBJECT_TARGETS,
    s3_class,
)
from bucketwright.contract.limits import SMALL_OBJECT
from bucketwright.contract.temp import effective_expiry
from bucketwright.contract.words import ArchiveClass

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket
    from bucketwright.contract.prefixes import Prefix, Transition

TO_MIDNIGHT: Final = Decimal("0.5")
"""S3 acts at the midnight after an object's time has come: half a day later, on average."""

FROM_MIDNIGHT: Final = 1
"""A version that became old at a midnight waits for the midnight after its days: one whole day more."""


@dataclass(frozen=True, slots=True)
class Stay:
    """One stretch of an object's life, all in one storage class."""

    storage_class: ObjectClass
    days: Decimal | None
    """How long it lasts on average; None: for ever."""

    @property
    def minimum_days(self) -> int:
        """Days that are charged even if the object leaves sooner."""
        return MINIMUM_STAY.get(s3_class(self.storage_class), 0)


@dataclass(frozen=True, slots=True)
class Life:
    """An object's stays from its first day to its last; only the last may be for ever."""

    stays: tuple[Stay, ...]
    old_versions: bool = False
    """Whether the object, once expired, lives on as an old version."""

    @property
    def days(self) -> Decimal | None:
        """How long the object is stored; None: for ever."""
        lengths = [stay.days for stay in self.stays if stay.days is not None]
        return sum(lengths, Decimal(0)) if len(lengths) == len(self.stays) else None


def object_life(bucket: "Bucket", prefix: "Prefix", size: Decimal, first: ObjectClass = "standard") -> Life:
    """What the contract makes of an object of a size that is written once and never overwritten.

    Where old versions are kept, an expired object lives on as an old version."""
    if bucket.mfa_delete:
        return _life(first, [], None)
    moves = [(TO_MIDNIGHT + move.after, move.to) for move in _moves(bucket, prefix, prefix.archive, size)]
    expiry = effective_expiry(bucket, prefix)
    if expiry is None:
        return _life(first, moves, None)
    expires = TO_MIDNIGHT + expiry
    moves = [move for move in moves if move[0] < expires]
    if bucket.versioning != "enabled":
        return _life(first, moves, expires)
    old = prefix.noncurrent
    if old is None:
        return _life(first, moves, None, old_versions=True)
    became_old = expires + FROM_MIDNIGHT
    moves += [(became_old + move.after, move.to) for move in _moves(bucket, prefix, old.archive, size)]
    kept = old.expire is None or old.keep_newest is not None
    end = None if kept or old.expire is None else became_old + old.expire
    return _life(first, moves, end, old_versions=True)


def _moves(
    bucket: "Bucket", prefix: "Prefix", moves: tuple["Transition", ...], size: Decimal
) -> list["Transition"]:
    """The moves that an object of this size is large enough for, in their order in time."""
    small = SMALL_OBJECT_TARGETS[MINIMUM_SIZES[bucket.minimum_transition_size]]
    if prefix.archive_above is not None:
        allowed = [move for move in moves if size >= prefix.archive_above]
    else:
        allowed = [move for move in moves if size >= SMALL_OBJECT or s3_class(move.to) in small]
    return sorted(allowed, key=lambda move: move.after)


def _life(
    first: ObjectClass,
    moves: list[tuple[Decimal, ArchiveClass]],
    end: Decimal | None,
    *,
    old_versions: bool = False,
) -> Life:
    stays: list[Stay] = []
    here, since = first, Decimal(0)
    for at, target in moves:
        if s3_class(target) not in REACHABLE[s3_class(here)] or (end is not None and at >= end):
            continue
        if at > since:
            stays.append(Stay(here, at - since))
        here, since = target, at
    stays.append(Stay(here, None if end is None else end - since))
    return Life(tuple(stays), old_versions)
