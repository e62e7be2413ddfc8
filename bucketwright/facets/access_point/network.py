"""Network: does it answer the internet, or one VPC alone?"""

from typing import Final

from bucketwright.facets.access_point_answers import POINT_ITSELF
from bucketwright.facets.facet import Planned
from bucketwright.facets.reading import Asked
from bucketwright.posture import UNSET, Unset

INTERNET: Final = "internet"
FRESH: Final = INTERNET
READS: Final = (POINT_ITSELF,)
_ORIGINS: Final = ("Internet", "VPC")


def from_plan(planned: Planned) -> str | Unset:
    """The VPC's address, or its id."""
    said = planned.said.part("vpcConfiguration")
    return UNSET if said is None else said.needed("vpcId", said.reference("vpc", "vpcId"))


def from_api(asked: Asked) -> str:
    said = asked.answered(POINT_ITSELF)
    origin = said.needed("NetworkOrigin", said.word("NetworkOrigin", _ORIGINS))
    vpc = said.inside("VpcConfiguration")
    return INTERNET if origin == "Internet" else vpc.needed("VpcId", vpc.reference("vpc", "VpcId"))
