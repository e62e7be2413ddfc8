"""Multi-region: does the trail record what happens in every region?"""

from typing import Final

from bucketwright.facets.facet import Planned
from bucketwright.facets.reading import Asked
from bucketwright.facets.trail_answers import TRAIL_ITSELF, itself
from bucketwright.posture import Unset, or_unset

FRESH: Final = False
READS: Final = (TRAIL_ITSELF,)


def from_plan(planned: Planned) -> bool | Unset:
    return or_unset(planned.said.flag("isMultiRegionTrail"))


def from_api(asked: Asked) -> bool:
    said = itself(asked)
    return said.needed("IsMultiRegionTrail", said.flag("IsMultiRegionTrail"))
