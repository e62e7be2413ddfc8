"""Multi-region: does the trail record what happens in every region?"""

from typing import Final

from bucketwright.facets.facet import Planned
from bucketwright.posture import UNSET, Unset

FRESH: Final = False


def from_plan(planned: Planned) -> bool | Unset:
    said = planned.said.flag("isMultiRegionTrail")
    return UNSET if said is None else said
