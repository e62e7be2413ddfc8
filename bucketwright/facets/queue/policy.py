"""Policy: whom does the queue's own policy let send to it, and take from it?"""

import json
from typing import TYPE_CHECKING, Final

from bucketwright.facets.bucket import policy
from bucketwright.facets.bucket.policy import Policy, answered_policy, planned_policy, policy_of, rendered
from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.handles import QUEUE
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import Unset

if TYPE_CHECKING:
    from bucketwright.facets.scopes import QueueScope

KIND: Final = "aws:sqs/queuePolicy:QueuePolicy"
FRESH: Final[Policy | None] = None
_ATTRIBUTES: Final = Read(
    "sqs",
    "GetQueueAttributes",
    "sqs:GetQueueAttributes",
    QUEUE,
    fixed={"AttributeNames": ["Policy", "QueueArn"]},
)
READS: Final = (_ATTRIBUTES,)


def wanted(scope: "QueueScope") -> Policy:
    return policy_of(json.dumps(scope.policy))


def to_args(value: Policy | None, _: Resolve) -> tuple[Declared, ...]:
    return () if value is None else (Declared(KIND, {"policy": value.text}),)


def from_plan(planned: Planned) -> Policy | Unset:
    return planned_policy(planned, KIND)


def from_api(asked: Asked) -> Policy | None:
    """A queue without a policy answers its ARN alone."""
    said = asked.answered(_ATTRIBUTES).inside("Attributes")
    said.needed("QueueArn", said.text("QueueArn"))
    return answered_policy(said) if said.text("Policy") else None


def keeping(before: Policy | None, after: Policy | None) -> Policy | None:
    return policy.keeping(before, after)


def to_api(before: Policy | None, after: Policy | None, site: Site) -> tuple[Write, ...]:
    """An empty text takes the policy away."""
    if before == after:
        return ()
    text = "" if after is None else rendered(after, site.resolve)
    params = {"QueueUrl": site.target.handles["QueueUrl"], "Attributes": {"Policy": text}}
    return (site.write("SetQueueAttributes", "sqs:SetQueueAttributes", params, "sqs"),)
