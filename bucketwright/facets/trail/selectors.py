"""Selectors: which events does the trail record, of which buckets?"""

from typing import Final

from bucketwright.facets.event_selectors import MANAGEMENT, Selector, advanced, classic
from bucketwright.facets.facet import Planned
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset

FRESH: Final = frozenset({MANAGEMENT})


def from_plan(planned: Planned) -> frozenset[Selector] | Unset:
    plain = planned.said.parts("eventSelectors")
    newer = planned.said.parts("advancedEventSelectors")
    if plain and newer:
        raise Undetermined("selectors", Unknown("a trail has classic selectors or advanced ones, not both"))
    if not plain and not newer:
        return UNSET
    found = (one for said in plain for one in classic(said))
    return frozenset((*found, *(one for said in newer for one in advanced(said))))
