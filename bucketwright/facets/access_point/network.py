"""Network: does it answer the internet, or one VPC alone?"""

from typing import Final

from bucketwright.facets.facet import Planned
from bucketwright.posture import UNSET, Unset

INTERNET: Final = "internet"
FRESH: Final = INTERNET


def from_plan(planned: Planned) -> str | Unset:
    """The VPC's address, or its id."""
    said = planned.said.part("vpcConfiguration")
    return UNSET if said is None else said.needed("vpcId", said.reference("vpc", "vpcId"))
