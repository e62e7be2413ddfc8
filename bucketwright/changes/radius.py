"""Which of the objects that lie there does a change hit: deleted earlier, kept longer, newly read?

One pass over what was listed of each bucket, which is never held as a whole.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from bucketwright.changes.fates import Fates, Shift, Terms, Undecided
from bucketwright.changes.key_sets import KeySet
from bucketwright.changes.retention import Event, is_another
from bucketwright.changes.tallies import Move, Pile, Tally
from bucketwright.contract.cost.lots import Lot
from bucketwright.contract.lifecycle.classes import class_word
from bucketwright.contract.placement import Place, places
from bucketwright.estate import BucketPosture
from bucketwright.objects.headings import headings
from bucketwright.objects.lying import Lying
from bucketwright.posture import Estate, Undetermined

if TYPE_CHECKING:
    from bucketwright.changes.access import AccessChange
    from bucketwright.contract.cost.prices import Prices

OF_KEYS: Final = frozenset({"read", "write", "delete"})
"""The verbs that are granted on keys; a listing is granted on prefixes."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was listed of a bucket, as a stream."""

    rows: Iterable[Lying]
    listed: date | None = None
    """When, or its oldest part; None where nobody says."""
    missing: str = ""
    """Why there may be more in it, where that is so."""


@dataclass(frozen=True, slots=True)
class Unlisted:
    """Nobody knows what lies in the bucket."""

    reason: str
    is_damaged: bool = False
    """Whether something is kept of it that cannot be read."""


Source = Callable[[BucketPosture], Known | Unlisted]


@dataclass(frozen=True, slots=True)
class Retained:
    """Objects of one prefix to which one thing happens on another day than before, or no longer."""

    bucket: str
    """The address of the bucket."""
    prefix: str
    """The address of a declared prefix; empty for keys that lie under none."""
    event: Event
    to: str
    """The storage class, of an archive."""
    earlier: bool
    """Or later, or never."""
    tally: Tally
    begins: date | None
    """The first day it happens to one of them; None: never any more."""
    at_once: int = 0
    """To how many of them it happens at the next midnight."""
    move: Move | None = None


@dataclass(frozen=True, slots=True)
class Leaves:
    """All that lies in a bucket that goes."""

    bucket: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Reached:
    """Keys that are there, which somebody comes to reach, or no longer does."""

    who: str
    verb: str
    bucket: str
    gains: bool
    tally: Tally


@dataclass(frozen=True, slots=True)
class Open:
    """Objects of which it cannot be told what becomes of them."""

    bucket: str
    objects: int
    reason: str


@dataclass(frozen=True, slots=True)
class Radius:
    """All that a change hits."""

    retained: tuple[Retained, ...] = ()
    leaves: tuple[Leaves, ...] = ()
    reached: tuple[Reached, ...] = ()
    undecided: tuple[Open, ...] = ()
    unlisted: Mapping[str, str] = field(default_factory=dict)
    """Buckets of which nothing is known, and why."""
    damaged: frozenset[str] = frozenset()
    """Those of them of which something is kept that cannot be read."""
    listed: Mapping[str, date] = field(default_factory=dict)
    """When the others were listed."""
    missing: Mapping[str, str] = field(default_factory=dict)
    """Why more may lie in some of them."""
    tags_read: Mapping[str, date] = field(default_factory=dict)
    """Since when tags that decide may be others, of each bucket in which some do: they change in place."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is held against each other, and at which prices."""

    before: Estate
    after: Estate
    access: tuple["AccessChange", ...]
    prices: "Prices"
    today: date


def radius(change: Change, source: Source) -> Radius:
    """What it hits; a bucket that it does not touch is not looked at."""
    after = {one.address: one for one in change.after.every(BucketPosture)}
    parts = [
        _of_bucket(one, after.get(one.address), change, source) for one in change.before.every(BucketPosture)
    ]
    return Radius(
        tuple(one for part in parts for one in part.retained),
        tuple(one for part in parts for one in part.leaves),
        tuple(one for part in parts for one in part.reached),
        tuple(one for part in parts for one in part.undecided),
        {name: reason for part in parts for name, reason in part.unlisted.items()},
        frozenset[str]().union(*(part.damaged for part in parts)),
        {name: day for part in parts for name, day in part.listed.items()},
        {name: reason for part in parts for name, reason in part.missing.items()},
        {name: day for part in parts for name, day in part.tags_read.items()},
    )


def _of_bucket(then: BucketPosture, now: BucketPosture | None, change: Change, source: Source) -> Radius:
    goes = now is None or is_another(then, now)
    fates = None if now is None or goes else _fates(then, now, change.today)
    access = [
        one for one in change.access if one.bucket == then.address and one.verb in OF_KEYS and not one.unsure
    ]
    if not (goes or fates or access):
        return Radius()
    known = source(then)
    if isinstance(known, Unlisted):
        damaged = frozenset({then.address}) if known.is_damaged else frozenset[str]()
        return Radius(unlisted={then.address: known.reason}, damaged=damaged)
    counting = _Counting(then, change, fates, [] if goes else access, goes=goes)
    for lying in known.rows:
        counting.add(lying)
    return counting.result(known)


def _fates(then: BucketPosture, now: BucketPosture, today: date) -> Fates | None:
    """None where nothing about the life of objects changes, or it is not known; then the change says so."""
    try:
        was, will = Terms.of(then), Terms.of(now)
    except Undetermined:
        return None
    return None if was == will else Fates(was, will, today)


@dataclass(slots=True)
class _Shifted:
    pile: Pile
    begins: date | None = None
    at_once: int = 0


class _Counting:
    """What has been counted of one bucket so far."""

    def __init__(
        self,
        bucket: BucketPosture,
        change: Change,
        fates: Fates | None,
        access: Iterable["AccessChange"],
        *,
        goes: bool,
    ) -> None:
        self._bucket, self._change, self._fates = bucket, change, fates
        self._places = [*_places(change.after, bucket), *_places(change.before, bucket)]
        self._heading = headings(self._places)
        self._shifted: dict[tuple[str, Event, str, bool], _Shifted] = {}
        self._leaving = Pile() if goes else None
        self._sets = [
            (one, gains, KeySet(keys), Pile())
            for one in access
            for gains, keys in ((True, one.gained_keys), (False, one.lost_keys))
            if (one.gained_example if gains else one.lost_example)
        ]
        self._undecided = Counter[str]()
        self._asks_tags = fates is not None and fates.asks_tags
        self._tags_read: datetime | None = None
        self._soonest = change.today + timedelta(days=1)

    def add(self, lying: Lying) -> None:
        if self._leaving is not None:
            if not lying.is_marker:
                self._leaving.add(lying)
            return
        outcome = () if self._fates is None else self._fates.of(lying)
        if isinstance(outcome, Undecided):
            self._undecided[outcome.reason] += 1
        elif outcome:
            heading = self._heading(lying.key)
            for shift in outcome:
                self._shift(heading.name if heading.declared else "", shift, lying)
        if self._asks_tags and lying.tags_read is not None:
            self._tags_read = min(self._tags_read or lying.tags_read, lying.tags_read)
        if lying.is_latest and not lying.is_marker:
            for _, _, keys, pile in self._sets:
                if lying.key in keys:
                    pile.add(lying)

    def _shift(self, prefix: str, shift: Shift, lying: Lying) -> None:
        name = prefix, shift.event, shift.to, shift.is_earlier
        found = self._shifted.get(name)
        if found is None:
            target = Lot(class_word(shift.to)) if shift.to else None
            found = self._shifted[name] = _Shifted(Pile(target))
        found.pile.add(lying, shift.after or date.max)
        if shift.after is not None:
            found.begins = min(found.begins or shift.after, shift.after)
            found.at_once += shift.after == self._soonest

    def result(self, known: Known) -> Radius:
        address, region = self._bucket.address, self._region()
        return Radius(
            retained=tuple(self._retained(region)),
            leaves=() if self._leaving is None else (Leaves(address, self._tally(self._leaving, region)),),
            reached=tuple(
                Reached(one.who, one.verb, address, gains, self._tally(pile, region))
                for one, gains, _, pile in self._sets
            ),
            undecided=tuple(
                Open(address, count, reason) for reason, count in sorted(self._undecided.items())
            ),
            listed={} if known.listed is None else {address: known.listed},
            missing={address: known.missing} if known.missing else {},
            tags_read={} if self._tags_read is None else {address: self._tags_read.astimezone(UTC).date()},
        )

    def _retained(self, region: str) -> Iterator[Retained]:
        order = {place.address: number for number, place in enumerate(self._places)}
        for name in sorted(self._shifted, key=lambda one: (order.get(one[0], len(order)), *one[1:])):
            found = self._shifted[name]
            tally, move = self._tally(found.pile, region), found.pile.move(region, self._change.prices)
            yield Retained(self._bucket.address, *name, tally, found.begins, found.at_once, move)

    def _tally(self, pile: Pile, region: str) -> Tally:
        return pile.tally(region, self._change.prices)

    def _region(self) -> str:
        told = self._bucket.told("region")
        return told if isinstance(told, str) else ""


def _places(estate: Estate, bucket: BucketPosture) -> tuple[Place, ...]:
    environment, bucket_id = estate.environment, bucket.address.partition(":")[2]
    if environment is None or bucket_id not in environment.buckets:
        return ()
    return places(environment, bucket_id)
