"""Public access block: which of S3's four switches are on at this door?"""

from typing import Final

from bucketwright.facets.access_point_answers import POINT_ITSELF
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock, answered, switches
from bucketwright.facets.facet import Planned
from bucketwright.facets.reading import Asked
from bucketwright.posture import Unset

FRESH: Final = PublicAccessBlock()
READS: Final = (POINT_ITSELF,)


def from_plan(planned: Planned) -> PublicAccessBlock | Unset:
    """They cannot be changed later; one that is not named is on."""
    return switches(planned.said.part("publicAccessBlockConfiguration"), unsaid=True)


def from_api(asked: Asked) -> PublicAccessBlock:
    return answered(asked.answered(POINT_ITSELF))
