"""The two ways to get at keys, asking for one or for a list: when does a grant of one prefix meet another?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bucketwright.contract.access.reaching import breaks_off, reaches, shows
from bucketwright.contract.access.spelling import beginnings, keys_of, unfinished
from bucketwright.contract.keys.templates import Template
from bucketwright.contract.placement import Place
from bucketwright.iam.languages import Formula


@dataclass(frozen=True, slots=True)
class Requests:
    """One way to ask; `denied` says that a Deny of the other prefix's pattern is in force."""

    template: Callable[[Place], Template]
    pattern: Callable[[Place], str]
    meets: Callable[[Place, Place, bool], bool]
    """Whether what the first prefix's pattern matches gets at keys of the second."""
    out_of_bounds: Callable[[Place, bool], Formula]
    """What gets at keys of a prefix: its keys themselves, or for a list the texts with which they begin."""


def _object_meets(granted: Place, other: Place, denied: bool) -> bool:
    return not denied and reaches(granted.keys, other.keys)


def _listing_meets(granted: Place, other: Place, denied: bool) -> bool:
    return breaks_off(granted.path, other.path) if denied else shows(granted.path, other.keys)


KEYS: Final = Requests(
    template=lambda place: place.keys,
    pattern=lambda place: place.key_pattern,
    meets=_object_meets,
    out_of_bounds=lambda place, _: keys_of(place.keys),
)
LISTINGS: Final = Requests(
    template=lambda place: place.path,
    pattern=lambda place: place.path_pattern,
    meets=_listing_meets,
    out_of_bounds=lambda place, denied: unfinished(place.path) if denied else beginnings(place.keys),
)
