"""Policy: whom does the topic's own policy let publish to it, and subscribe?"""

from typing import Final

from bucketwright.facets.bucket.policy import Policy, planned_policy
from bucketwright.facets.facet import Planned
from bucketwright.posture import Unset

KIND: Final = "aws:sns/topicPolicy:TopicPolicy"
FRESH: Final[Policy | None] = None
"""What SNS writes into a new one lets in the topic's own account, and no service."""


def from_plan(planned: Planned) -> Policy | Unset:
    return planned_policy(planned, KIND)
