"""Under which declared prefix does a key lie, and what does the contract say of it there?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from bucketwright.contract.buckets import Bucket
from bucketwright.contract.lifecycle.compile import object_tags
from bucketwright.contract.model import Environment
from bucketwright.contract.placement import Place, places
from bucketwright.objects.postures import KeyedPosture
from bucketwright.posture import Estate, Undetermined, Unknown

Value = TypeVar("Value")


def declared_bucket(row: KeyedPosture, estate: Estate) -> Bucket | None:
    """What the contract says of the bucket; None where it says nothing."""
    if estate.environment is None:
        return None
    return estate.environment.buckets.get(_bucket_id(row))


def declared_places(row: KeyedPosture, estate: Estate) -> tuple[Place, ...]:
    """The declared prefixes that own the key: several only where the contract says so on purpose."""
    if estate.environment is None or _bucket_id(row) not in estate.environment.buckets:
        return ()
    everywhere = places(estate.environment, _bucket_id(row))
    owners = row.of_key(_owners(_ItIs(estate.environment), _bucket_id(row)))
    return tuple(everywhere[number] for number in owners)


def declared(row: KeyedPosture, estate: Estate, say: Callable[[Place], Value]) -> Value | None:
    """What the contract says where the key lies; None where no prefix owns it.

    Undetermined where several own it, and something else is said of each.
    """
    owners = declared_places(row, estate)
    said = [say(place) for place in owners]
    if any(one != said[0] for one in said):
        names = " and ".join(place.prefix_id for place in owners)
        raise Undetermined("prefix", Unknown(f"the key belongs to {names}, which the contract treats unlike"))
    return said[0] if said else None


def declared_tags(row: KeyedPosture, estate: Estate) -> Mapping[str, str]:
    """The tags that every object carries where the key lies."""
    if estate.environment is None:
        return {}
    within = _ItIs(estate.environment)
    return declared(row, estate, lambda place: _tags(within, place.bucket_id, place.prefix_id)) or {}


def written_by_aws(row: KeyedPosture, estate: Estate) -> bool:
    """Whether the contract has the bucket for what AWS delivers, under keys and types of its own choice."""
    bucket = declared_bucket(row, estate)
    return bucket is not None and bucket.purpose != "data"


def _bucket_id(row: KeyedPosture) -> str:
    return row.bucket.partition(":")[2]


@dataclass(frozen=True, slots=True, eq=False)
class _ItIs:
    """An environment that equals itself alone: to compare what it says would take longer than to use it."""

    environment: Environment

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ItIs) and other.environment is self.environment

    def __hash__(self) -> int:
        return id(self.environment)


@lru_cache(maxsize=4_096)
def _tags(within: _ItIs, bucket_id: str, prefix_id: str) -> Mapping[str, str]:
    return object_tags(within.environment, bucket_id, prefix_id)


@lru_cache(maxsize=256)
def _owners(within: _ItIs, bucket_id: str) -> Callable[[str], tuple[int, ...]]:
    """Which of the bucket's places own a key; the same function for all that ask of one bucket."""
    heads = tuple(
        (number, one.keys.literal_head, one.keys)
        for number, one in enumerate(places(within.environment, bucket_id))
    )

    @lru_cache(maxsize=4_096)
    def owners(key: str) -> tuple[int, ...]:
        """Asked by one rule after the other of the same key."""
        return tuple(number for number, head, keys in heads if key.startswith(head) and keys.owns(key))

    return owners
