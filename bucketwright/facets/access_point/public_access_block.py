"""Public access block: which of S3's four switches are on at this door?"""

from typing import Final

from bucketwright.facets.bucket.public_access_block import PublicAccessBlock, switches
from bucketwright.facets.facet import Planned
from bucketwright.posture import Unset

FRESH: Final = PublicAccessBlock()


def from_plan(planned: Planned) -> PublicAccessBlock | Unset:
    """They cannot be changed later; one that is not named is on."""
    return switches(planned.said.part("publicAccessBlockConfiguration"), unsaid=True)
