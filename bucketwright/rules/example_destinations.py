"""What do notifications, and those whom they tell, look like in the examples of rules?"""

from collections.abc import Mapping
from typing import Final

from bucketwright.estate import FunctionPosture, QueuePosture, TopicPosture
from bucketwright.facets.bucket.notifications import Notifications, Service, Target
from bucketwright.facets.bucket.policy import Policy
from bucketwright.rules.example_access import allow, policy

S3: Final = {"Service": "s3.amazonaws.com"}
HERE: Final = {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::example"}}
"""The bucket that is judged."""


def told(*services: Service, name: str = "jobs") -> Notifications:
    """Each of these is told of new objects."""
    targets = (Target(one, f"{one}:{name}", ("s3:ObjectCreated:*",)) for one in services)
    return Notifications(targets=tuple(targets))


def sends(
    principal: object = S3, action: object = "sqs:SendMessage", **elements: object
) -> dict[str, object]:
    """An Allow for S3 to send what happens in the bucket, or otherwise."""
    return allow(principal, action, **{"Resource": "*", "Condition": HERE, **elements})


CALL: Final = sends(action="lambda:InvokeFunction", Resource=None)


def queue(*statements: Mapping[str, object]) -> QueuePosture:
    return QueuePosture("queue:jobs", "jobs", {"policy": _policy(statements)})


def topic(*statements: Mapping[str, object]) -> TopicPosture:
    return TopicPosture("topic:jobs", "jobs", {"policy": _policy(statements)})


def function(*statements: Mapping[str, object]) -> FunctionPosture:
    return FunctionPosture("function:jobs", "jobs", {"permissions": _policy(statements)})


def _policy(statements: tuple[Mapping[str, object], ...]) -> Policy | None:
    return policy(*statements) if statements else None
