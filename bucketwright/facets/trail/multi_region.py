"""Multi-region: does the trail record what happens in every region?"""

from typing import Final

from bucketwright.facets.facet import Planned
from bucketwright.posture import Unset, or_unset

FRESH: Final = False


def from_plan(planned: Planned) -> bool | Unset:
    return or_unset(planned.said.flag("isMultiRegionTrail"))
