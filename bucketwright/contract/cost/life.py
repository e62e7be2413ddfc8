"""Through which storage classes does an object go, and how long does it stay in each?"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bucketwright.contract.buckets import Bucket
from bucketwright.contract.cost.prices import ObjectClass
from bucketwright.contract.lifecycle.classes import (
    MINIMUM_STAY,
    REACHABLE,
    SMALL_OBJECT,
    SMALL_OBJECT_TARGETS,
)
from bucketwright.contract.prefixes import ArchiveClass, Prefix, Transition
from bucketwright.contract.temp import effective_expiry

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
        return MINIMUM_STAY.get(api_name(self.storage_class), 0)


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


def object_life(bucket: Bucket, prefix: Prefix, size: Decimal, first: ObjectClass = "standard") -> Life:
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


def api_name(storage_class: ObjectClass) -> str:
    """The class as S3 spells it."""
    return storage_class.upper().replace("-", "_")


def _moves(bucket: Bucket, prefix: Prefix, moves: tuple[Transition, ...], size: Decimal) -> list[Transition]:
    """The moves that an object of this size is large enough for, in their order in time."""
    by_class = bucket.minimum_transition_size == "by-class"
    small = SMALL_OBJECT_TARGETS["varies_by_storage_class" if by_class else "all_storage_classes_128K"]
    if prefix.archive_above is not None:
        allowed = [move for move in moves if size >= prefix.archive_above]
    else:
        allowed = [move for move in moves if size >= SMALL_OBJECT or api_name(move.to) in small]
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
        if api_name(target) not in REACHABLE[api_name(here)] or (end is not None and at >= end):
            continue
        if at > since:
            stays.append(Stay(here, at - since))
        here, since = target, at
    stays.append(Stay(here, None if end is None else end - since))
    return Life(tuple(stays), old_versions)
