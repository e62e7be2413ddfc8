"""Which prefixes hold objects that S3 hands out only once somebody has had them restored?"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from bucketwright.contract.access.verbs import among, held
from bucketwright.contract.placement import Place

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket
    from bucketwright.contract.model import Environment
    from bucketwright.contract.prefixes import Prefix
    from bucketwright.contract.roles import Access

RESTORE_ACTION: Final = "s3:RestoreObject"
_ARCHIVES: Final = frozenset({"glacier", "deep-archive"})
_TIERED: Final = "intelligent-tiering"


def restorable(
    environment: "Environment", access: "Access", bucket_id: str, own: Iterable[Place]
) -> tuple[Place, ...]:
    """The places that a grantee reads and of which objects may lie in an archive: moved or copied there."""
    read, bucket = among(own, held(access, "read", bucket_id)), environment.buckets[bucket_id]
    if not read or _copied_to_archive(environment, bucket_id):
        return read
    return tuple(place for place in read if _holds_archive(bucket, place.prefix_id, place.prefix))


def _holds_archive(bucket: "Bucket", prefix_id: str, prefix: "Prefix") -> bool:
    classes = frozenset(_classes(prefix))
    tiered = _TIERED in classes and _reaches_archive_tiers(bucket, prefix_id)
    return prefix.delivery.via == "archive" or tiered or not classes.isdisjoint(_ARCHIVES)


def _classes(prefix: "Prefix") -> Iterator[str]:
    """The classes that objects and old versions move to."""
    old = prefix.noncurrent.archive if prefix.noncurrent is not None else ()
    yield from (move.to for move in (*prefix.archive, *old))


def _reaches_archive_tiers(bucket: "Bucket", prefix_id: str) -> bool:
    tiers = bucket.intelligent_tiering
    return tiers is not None and (not tiers.prefixes or prefix_id in tiers.prefixes)


def _copied_to_archive(environment: "Environment", bucket_id: str) -> bool:
    """Whether another bucket's copies arrive here in an archive class."""
    rules = (rule for source in environment.buckets.values() for rule in source.replication)
    return any(rule.to == bucket_id and rule.storage_class in _ARCHIVES for rule in rules)
