"""Under which declared prefix does a key lie, and what does the contract say of it there?"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from bucketwright.posture import Estate, Undetermined, Unknown

if TYPE_CHECKING:  # what a contract says is worked out where there is one
    from bucketwright.contract.buckets import Bucket
    from bucketwright.contract.placement import Place
    from bucketwright.objects.postures import KeyedPosture

Value = TypeVar("Value")


def bucket_places(estate: Estate, bucket_id: str) -> "tuple[Place, ...]":
    """The declared prefixes of a bucket; none where a contract says nothing of it."""
    if estate.environment is None or bucket_id not in estate.environment.buckets:
        return ()
    from bucketwright.contract.placement import places  # noqa: PLC0415 - brings the language of paths

    return places(estate.environment, bucket_id)


def quarantine_of(estate: Estate, bucket_id: str) -> "Callable[[str], Place | None]":
    """In which quarantine of a bucket a key waits, so that nobody but the scanner reads it."""
    if estate.environment is None:
        return lambda _: None
    from bucketwright.contract.access.quarantine import quarantine_of  # noqa: PLC0415 - brings the policies

    return quarantine_of(estate.environment, bucket_id)


def declared_bucket(row: "KeyedPosture", estate: Estate) -> "Bucket | None":
    """What the contract says of the bucket; None where it says nothing."""
    if estate.environment is None:
        return None
    return estate.environment.buckets.get(_bucket_id(row))


def declared_places(row: "KeyedPosture", estate: Estate) -> "tuple[Place, ...]":
    """The declared prefixes that own the key: several only where the contract says so on purpose."""
    if estate.environment is None or _bucket_id(row) not in estate.environment.buckets:
        return ()
    from bucketwright.objects.owners import owners_of  # noqa: PLC0415 - brings the language of paths

    return owners_of(estate.environment, _bucket_id(row), row)


def declared(row: "KeyedPosture", estate: Estate, say: "Callable[[Place], Value]") -> Value | None:
    """What the contract says where the key lies; None where no prefix owns it.

    Undetermined where several own it, and something else is said of each.
    """
    owners = declared_places(row, estate)
    said = [say(place) for place in owners]
    if any(one != said[0] for one in said):
        names = " and ".join(place.prefix_id for place in owners)
        raise Undetermined("prefix", Unknown(f"the key belongs to {names}, which the contract treats unlike"))
    return said[0] if said else None


def declared_tags(row: "KeyedPosture", estate: Estate) -> Mapping[str, str]:
    """The tags that every object carries where the key lies."""
    if estate.environment is None:
        return {}
    from bucketwright.objects.owners import tags_at  # noqa: PLC0415 - brings the language of paths

    return declared(row, estate, partial(tags_at, estate.environment)) or {}


def written_by_aws(row: "KeyedPosture", estate: Estate) -> bool:
    """Whether the contract has the bucket for what AWS delivers, under keys and types of its own choice."""
    bucket = declared_bucket(row, estate)
    return bucket is not None and bucket.purpose != "data"


def _bucket_id(row: "KeyedPosture") -> str:
    return row.bucket.partition(":")[2]
