"""Policy: whom does the queue's own policy let send to it, and take from it?"""

import json
from typing import Final

from bucketwright.contract.access import queue_policy
from bucketwright.facets.bucket.policy import Policy, planned_policy, policy_of
from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.scopes import QueueScope
from bucketwright.posture import Unset

KIND: Final = "aws:sqs/queuePolicy:QueuePolicy"
FRESH: Final[Policy | None] = None


def wanted(scope: QueueScope) -> Policy:
    return policy_of(json.dumps(queue_policy(scope.environment, scope.place, dead=scope.dead)))


def to_args(value: Policy | None, _: Resolve) -> tuple[Declared, ...]:
    return () if value is None else (Declared(KIND, {"policy": value.text}),)


def from_plan(planned: Planned) -> Policy | Unset:
    return planned_policy(planned, KIND)
