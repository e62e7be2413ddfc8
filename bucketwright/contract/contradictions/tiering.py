"""Are the archive tiers of intelligent tiering within S3's bounds, for prefixes that exist?"""

from collections.abc import Iterator

from bucketwright.contract.contradictions.scope import Scope
from bucketwright.contract.problems import Fault

_BOUNDS = {"archive": (90, 730), "deep_archive": (180, 730)}


def tiering(scope: Scope) -> Iterator[Fault]:
    """Tiers too early, too late or in the wrong order."""
    for bucket_id, bucket in scope.environment.buckets.items():
        tiers = bucket.intelligent_tiering
        if tiers is None:
            continue
        above = ("buckets", bucket_id, "intelligent_tiering")
        if tiers.archive is None and tiers.deep_archive is None:
            yield Fault(above, "no tier is given", tuple(_BOUNDS))
        for name, (low, high) in _BOUNDS.items():
            days = getattr(tiers, name)
            if days is not None and not low <= days <= high:
                yield Fault((*above, name), f"{low} to {high} days are needed, found {days}")
        if (
            tiers.archive is not None
            and tiers.deep_archive is not None
            and tiers.deep_archive <= tiers.archive
        ):
            message = f"the deep tier comes after the archive tier at {tiers.archive} days"
            yield Fault((*above, "deep_archive"), message)
        for place, prefix_id in enumerate(tiers.prefixes):
            yield from scope.unknown_prefix((*above, "prefixes", place), bucket_id, prefix_id)
