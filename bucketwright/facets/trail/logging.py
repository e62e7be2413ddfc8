"""Logging: is the trail recording at all?"""

from typing import Final

from bucketwright.facets.facet import Planned
from bucketwright.posture import UNSET, Unset

FRESH: Final = True
"""The engine starts what it makes."""


def from_plan(planned: Planned) -> bool | Unset:
    said = planned.said.flag("enableLogging")
    return UNSET if said is None else said
