"""Policy: whom does the topic's own policy let publish to it, and subscribe?"""

from typing import Final

from bucketwright.facets.bucket.policy import Policy, answered_policy, planned_policy
from bucketwright.facets.facet import Planned
from bucketwright.facets.handles import TOPIC
from bucketwright.facets.reading import Asked, Read
from bucketwright.posture import Unset

KIND: Final = "aws:sns/topicPolicy:TopicPolicy"
FRESH: Final[Policy | None] = None
"""What SNS writes into a new one lets in the topic's own account, and no service."""
_ATTRIBUTES: Final = Read("sns", "GetTopicAttributes", "sns:GetTopicAttributes", TOPIC)
READS: Final = (_ATTRIBUTES,)


def from_plan(planned: Planned) -> Policy | Unset:
    return planned_policy(planned, KIND)


def from_api(asked: Asked) -> Policy:
    """There is always one."""
    return answered_policy(asked.answered(_ATTRIBUTES).inside("Attributes"))
