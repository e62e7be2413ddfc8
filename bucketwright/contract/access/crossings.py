"""Which prefixes a grantee has to be kept out of by a Deny, and which keys of its own that costs it.

`*` in IAM crosses slashes: `cases/*/documents/*` also matches `cases/1/exports/documents/x`. The compiler
denies the other prefix's pattern; the keys so lost are those of the granted one that look like the other's.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bucketwright.contract.access.losing import lost_key
from bucketwright.contract.access.reaching import reaches, shows
from bucketwright.contract.access.verbs import WHOLE_BUCKET, among
from bucketwright.contract.placement import Place, places

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment


@dataclass(frozen=True, slots=True)
class Crossing:
    """A granted prefix, and one that its grantee is kept out of."""

    granted: Place
    shut_out: Place


def crossings(environment: "Environment", bucket_id: str, ids: frozenset[str]) -> tuple[Crossing, ...]:
    """Each granted prefix with each prefix whose keys the patterns of all the granted would reach."""
    own = places(environment, bucket_id)
    shut_out = shut_out_of_keys(own, ids)
    return tuple(Crossing(place, other) for place in among(own, ids) for other in shut_out)


def lost_keys(crossing: Crossing) -> str | None:
    """Return a key of the granted prefix that the Deny takes from it, or None where it takes none."""
    return lost_key(crossing.granted.keys, crossing.shut_out.keys)


def shut_out_of_keys(own: Sequence[Place], ids: frozenset[str]) -> tuple[Place, ...]:
    """The prefixes not granted whose keys the granted patterns reach."""
    return _shut_out(own, ids, lambda place, other: reaches(place.keys, other.keys))


def shut_out_of_listing(own: Sequence[Place], ids: frozenset[str]) -> tuple[Place, ...]:
    """The prefixes not granted of which listings below the granted ones would show keys."""
    return _shut_out(own, ids, lambda place, other: shows(place.path, other.keys))


def declared_shared(a: Place, b: Place) -> bool:
    """Whether the contract says on purpose that two prefixes may hold the same keys."""
    return b.prefix_id in a.prefix.overlaps or a.prefix_id in b.prefix.overlaps


def _shut_out(
    own: Sequence[Place], ids: frozenset[str], met: Callable[[Place, Place], bool]
) -> tuple[Place, ...]:
    """A Deny would take shared keys too, so what shares keys with a granted prefix on purpose is let be."""
    granted = among(own, ids)
    others = () if WHOLE_BUCKET in ids else [one for one in own if one.prefix_id not in ids]
    return tuple(
        other
        for other in others
        if any(met(place, other) for place in granted)
        and not any(declared_shared(place, other) for place in granted)
    )
