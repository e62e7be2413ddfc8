"""Whose rules hold for a key that two prefixes share on purpose? The inner one's: its path says more."""

from collections.abc import Sequence

from bucketwright.contract.placement import Place


def inner_of(place: Place, others: Sequence[Place], key: str) -> Place | None:
    """The other prefix that declares this key more exactly; None where this one does."""
    owners = [other for other in others if _are_shared(place, other) and other.keys.owns(key)]
    inner = max(owners, key=_exactness, default=None)
    return inner if inner is not None and _exactness(inner) > _exactness(place) else None


def _are_shared(one: Place, other: Place) -> bool:
    """Whether the contract lets them have the same keys."""
    return other.prefix_id in one.prefix.overlaps or one.prefix_id in other.prefix.overlaps


def _exactness(place: Place) -> tuple[int, tuple[bool, ...], bool]:
    """A deeper path says more, then one with more that is fixed, then one that says how names look."""
    segments = place.path.segments
    return len(segments), tuple(one.literal is not None for one in segments), place.prefix.objects is not None
