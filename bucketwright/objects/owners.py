"""Which prefixes of a contract own a key, and which tags has an object there?"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from bucketwright.contract.lifecycle.compile import object_tags
from bucketwright.contract.placement import Place, places
from bucketwright.contract.remembering import remembered

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment
    from bucketwright.objects.postures import KeyedPosture


def owners_of(environment: "Environment", bucket_id: str, row: "KeyedPosture") -> tuple[Place, ...]:
    """The declared prefixes that own the key of a row."""
    everywhere = places(environment, bucket_id)
    return tuple(everywhere[number] for number in row.of_key(_owners(environment, bucket_id)))


def tags_at(environment: "Environment", place: Place) -> Mapping[str, str]:
    """The tags that every object of a place carries."""
    return _tags(environment, place.bucket_id, place.prefix_id)


@remembered
def _tags(environment: "Environment", bucket_id: str, prefix_id: str) -> Mapping[str, str]:
    return object_tags(environment, bucket_id, prefix_id)


@remembered
def _owners(environment: "Environment", bucket_id: str) -> Callable[[str], tuple[int, ...]]:
    """Which of the bucket's places own a key; the same function for all that ask of one bucket."""
    heads = tuple(
        (number, one.keys.literal_head, one.keys) for number, one in enumerate(places(environment, bucket_id))
    )

    @lru_cache(maxsize=4_096)
    def owners(key: str) -> tuple[int, ...]:
        """Asked by one rule after the other of the same key."""
        return tuple(number for number, head, keys in heads if key.startswith(head) and keys.owns(key))

    return owners
