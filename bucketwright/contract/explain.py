"""Everything a contract says of one prefix or one key, in one place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bucketwright.contract.access.crossings import crossings
from bucketwright.contract.access.matrix import Row, access_matrix
from bucketwright.contract.access.verbs import held
from bucketwright.contract.cost.life_costs import LifeCost, life_cost
from bucketwright.contract.cost.meters import UnknownPrice
from bucketwright.contract.keys.errors import Mismatch
from bucketwright.contract.keys.variable_types import Value
from bucketwright.contract.lifecycle.compile import lifecycle_rules, minimum_size, object_tags
from bucketwright.contract.lifecycle.parsing import parse_rules
from bucketwright.contract.lifecycle.simulator import (
    VERSIONING,
    Event,
    StoredObject,
    fate,
)
from bucketwright.contract.names import bucket_name
from bucketwright.contract.placement import Place, places
from bucketwright.contract.typical import typical_size
from bucketwright.contract.words import Verb
from bucketwright.iam.languages import Leaf, member
from bucketwright.iam.patterns import matches, parse

if TYPE_CHECKING:
    from bucketwright.contract.cost.prices import Prices
    from bucketwright.contract.model import Environment


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
    refused: Mapping[str, tuple[Verb, ...]]
    """The verbs a grantee holds on the prefix, and yet not on this key."""
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
    prices: "Prices"


def explain_bucket(environment: "Environment", bucket_id: str, at: Moment) -> tuple[Explanation, ...]:
    """What the contract says of each prefix of a bucket."""
    rows = access_matrix(environment)
    return tuple(
        _explained(environment, place, _sample(place), at, rows) for place in places(environment, bucket_id)
    )


def explain_prefix(environment: "Environment", bucket_id: str, prefix_id: str, at: Moment) -> Explanation:
    """What the contract says of a prefix, shown on a key it could hold."""
    place = next(one for one in places(environment, bucket_id) if one.prefix_id == prefix_id)
    return _explained(environment, place, _sample(place), at, access_matrix(environment))


def explain_key(environment: "Environment", key: str, at: Moment) -> tuple[Explanation, ...] | Unplaced:
    """What the contract says of a key, for each bucket it could lie in."""
    every = [place for bucket_id in environment.buckets for place in places(environment, bucket_id)]
    owners = [place for place in every if place.keys.owns(key)]
    if not owners:
        return Unplaced(key, tuple(_misfits(every, key)))
    rows = access_matrix(environment)
    return tuple(_explained(environment, place, key, at, rows) for place in owners)


def _sample(place: Place) -> str:
    return member(Leaf(place.keys.tokens())) or ""


def _explained(
    environment: "Environment", place: Place, key: str, at: Moment, rows: tuple[Row, ...]
) -> Explanation:
    bucket = environment.buckets[place.bucket_id]
    size = typical_size(place.prefix)
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
    own = tuple(row for row in rows if (row.bucket_id, row.prefix_id) == (place.bucket_id, place.prefix_id))
    return Explanation(
        place=place,
        bucket_name=bucket_name(environment, place.bucket_id),
        key=key,
        values=_values(place, key),
        tags=tags,
        created=at.now,
        size=size,
        events=fate(rules, VERSIONING[bucket.versioning], stored),
        access=own,
        refused={row.access_id: _refused(environment, row, key) for row in own},
        cost=_cost(environment, place, size, at.prices),
    )


def _refused(environment: "Environment", row: Row, key: str) -> tuple[Verb, ...]:
    """The verbs that a Deny takes from this one key, for it looks like another prefix's."""
    access = environment.access[row.access_id]

    def looks_like_another(verb: Verb) -> bool:
        found = crossings(environment, row.bucket_id, held(access, verb, row.bucket_id))
        return any(matches(parse(crossing.shut_out.keys.key_pattern()), key) for crossing in found)

    return tuple(verb for verb in row.verbs if looks_like_another(verb))


def _cost(environment: "Environment", place: Place, size: int, prices: "Prices") -> LifeCost | str:
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
