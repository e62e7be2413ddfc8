"""Policy: what does the access point's own policy let whom do?"""

from typing import Final

from bucketwright.facets.bucket.policy import Policy, planned_policy
from bucketwright.facets.facet import Planned
from bucketwright.posture import Unset

KIND: Final = "aws:s3control/accessPointPolicy:AccessPointPolicy"
FRESH: Final[Policy | None] = None


def from_plan(planned: Planned) -> Policy | Unset:
    return planned_policy(planned, KIND)
