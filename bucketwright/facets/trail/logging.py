"""Logging: is the trail recording at all?"""

from typing import Final

from bucketwright.facets.facet import Planned
from bucketwright.posture import Unset, or_unset

FRESH: Final = True
"""The engine starts what it makes."""


def from_plan(planned: Planned) -> bool | Unset:
    return or_unset(planned.said.flag("enableLogging"))
