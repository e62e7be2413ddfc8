"""Policy: what does the access point's own policy let whom do?"""

from typing import Final

from bucketwright.facets.bucket.policy import Policy, policy_in
from bucketwright.facets.facet import Planned, agreed
from bucketwright.posture import UNSET, Unset

KIND: Final = "aws:s3control/accessPointPolicy:AccessPointPolicy"
FRESH: Final[Policy | None] = None


def from_plan(planned: Planned) -> Policy | Unset:
    said = planned.one(KIND)
    separate = UNSET if said is None else said.needed("policy", policy_in(said))
    return agreed("policy", separate, policy_in(planned.said) or UNSET)
