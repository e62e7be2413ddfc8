"""Everything a contract says of one prefix or one key, in one place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bucketwright.contract.access import Row, access_matrix
from bucketwright.contract.cost import LifeCost, Prices, UnknownPrice, life_cost
from bucketwright.contract.keys import Mismatch, Value
from bucketwright.contract.lifecycle import Event, StoredObject, Versioning, fate, parse_rules
from bucketwright.contract.lifecycle.compile import lifecycle_rules, minimum_size, object_tags
from bucketwright.contract.model import Environment
from bucketwright.contract.names import bucket_name
from bucketwright.contract.placement import Place, places
from bucketwright.iam.languages import Leaf, member

_VERSIONING: Mapping[str, Versioning] = {
    "enabled": "Enabled",
    "suspended": "Suspended",
    "disabled": "Disabled",
}
_TYPICAL_OBJECT = 1_000_000


@dataclass(frozen=True, slots=True)
class Explanation:
    """One prefix of one environment, and where it is about a key, that key."""

    place: Place
    bucket_name: str
    key: str
    """The key asked about, or the shortest one the prefix could hold."""
    values: Mapping[str, Value]
    """What the variables of the path stand for in the key."""
    tags: Mapping[str, str]
    created: datetime
    size: int
    events: tuple[Event, ...]
    access: tuple[Row, ...]
    cost: LifeCost | str
    """What one object costs over its life, or why that is unknown."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A key that no prefix owns, and how near each came."""

    key: str
    misfits: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """When an object is taken to be written, and at which prices."""

    now: datetime
    prices: Prices


def explain_prefix(environment: Environment, bucket_id: str, prefix_id: str, at: Moment) -> Explanation:
    """What the contract says of a prefix, shown on a key it could hold."""
    place = next(one for one in places(environment, bucket_id) if one.prefix_id == prefix_id)
    return _explained(environment, place, member(Leaf(place.keys.tokens())) or "", {}, at)


def explain_key(environment: Environment, key: str, at: Moment) -> tuple[Explanation, ...] | Unplaced:
    """What the contract says of a key, for each bucket it could lie in."""
    every = [place for bucket_id in environment.buckets for place in places(environment, bucket_id)]
    owners = [place for place in every if place.keys.owns(key)]
    if not owners:
        return Unplaced(key, tuple(_misfits(every, key)))
    return tuple(_explained(environment, place, key, _values(place, key), at) for place in owners)


def _explained(
    environment: Environment, place: Place, key: str, values: Mapping[str, Value], at: Moment
) -> Explanation:
    bucket = environment.buckets[place.bucket_id]
    size = place.prefix.usage.average_object if place.prefix.usage else _TYPICAL_OBJECT
    tags = object_tags(environment, place.bucket_id, place.prefix_id)
    stored = StoredObject(
        key=key,
        created=at.now,
        size=size,
        tags=tags,
        version_id=None if bucket.versioning == "disabled" else "first",
        minimum_transition_size=minimum_size(bucket),
    )
    rules = parse_rules(lifecycle_rules(environment, place.bucket_id))
    rows = access_matrix(environment)
    return Explanation(
        place=place,
        bucket_name=bucket_name(environment, place.bucket_id),
        key=key,
        values=values,
        tags=tags,
        created=at.now,
        size=size,
        events=fate(rules, _VERSIONING[bucket.versioning], stored),
        access=tuple(r for r in rows if (r.bucket_id, r.prefix_id) == (place.bucket_id, place.prefix_id)),
        cost=_cost(environment, place, size, at.prices),
    )


def _cost(environment: Environment, place: Place, size: int, prices: Prices) -> LifeCost | str:
    try:
        return life_cost(place.prefix, environment.buckets[place.bucket_id], environment, size, prices)
    except UnknownPrice as unknown:
        return str(unknown)


def _values(place: Place, key: str) -> Mapping[str, Value]:
    read = place.keys.parse(key) if place.keys is not place.path else place.path.parse_below(key)
    if isinstance(read, Mismatch):
        return {}
    return read if isinstance(read, dict) else read.values


def _misfits(every: list[Place], key: str) -> Iterator[tuple[str, str]]:
    """Why each prefix does not own the key, those that came nearest first."""
    found: list[tuple[int, str, str]] = []
    for place in every:
        misfit = place.keys.parse(key) if place.keys is not place.path else place.path.parse_below(key)
        if isinstance(misfit, Mismatch):
            found.append((-misfit.position, place.address, str(misfit)))
    return ((address, reason) for _, address, reason in sorted(found))
