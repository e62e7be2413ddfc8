"""Logging: is the trail recording at all?"""

from typing import Final

from bucketwright.facets.facet import Planned
from bucketwright.facets.reading import Asked, Read
from bucketwright.posture import Unset, or_unset

FRESH: Final = True
"""The engine starts what it makes."""
_STATUS: Final = Read("cloudtrail", "GetTrailStatus", "cloudtrail:GetTrailStatus", ("Name",))
READS: Final = (_STATUS,)


def from_plan(planned: Planned) -> bool | Unset:
    return or_unset(planned.said.flag("enableLogging"))


def from_api(asked: Asked) -> bool:
    said = asked.answered(_STATUS)
    return said.needed("IsLogging", said.flag("IsLogging"))
