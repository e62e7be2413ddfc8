"""Selectors: which events does the trail record, of which buckets?"""

from collections.abc import Iterable
from typing import Final

from bucketwright.facets.api_spelling import as_planned
from bucketwright.facets.event_selectors import MANAGEMENT, Selector, advanced, classic
from bucketwright.facets.facet import Planned
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.said import Said
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset

FRESH: Final = frozenset({MANAGEMENT})
_SELECTORS: Final = Read("cloudtrail", "GetEventSelectors", "cloudtrail:GetEventSelectors", ("TrailName",))
READS: Final = (_SELECTORS,)


def from_plan(planned: Planned) -> frozenset[Selector] | Unset:
    plain = planned.said.parts("eventSelectors")
    newer = planned.said.parts("advancedEventSelectors")
    if plain and newer:
        raise Undetermined("selectors", Unknown("a trail has classic selectors or advanced ones, not both"))
    if not plain and not newer:
        return UNSET
    return _chosen(plain, newer)


def from_api(asked: Asked) -> frozenset[Selector]:
    """There is always one; a trail that has none records nothing."""
    said = as_planned(asked.answered(_SELECTORS))
    said.needed("TrailARN", said.text("trailARN"))
    return _chosen(said.parts("eventSelectors"), said.parts("advancedEventSelectors"))


def _chosen(plain: Iterable[Said], newer: Iterable[Said]) -> frozenset[Selector]:
    found = (one for said in plain for one in classic(said))
    return frozenset((*found, *(one for said in newer for one in advanced(said))))
