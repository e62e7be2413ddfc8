"""Queues, topics and functions that a bucket sends events to: are they there, and whom do they let in?"""

import json
from collections.abc import Callable, Mapping
from typing import Final

from moto.awslambda.exceptions import UnknownFunctionException
from moto.awslambda.models import lambda_backends
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends

from bucketwright.iam.documents import Document
from sandbox.server.permissions import policy_of

_NO_POLICY: Final = Document("2012-10-17", ())
_PARTS_OF_ARN: Final = 6


def policy_of_target(arn: str) -> Document | None:
    """The policy of a target, which may let in nobody; None where there is no such target."""
    parts = arn.split(":")
    find = _FINDERS.get(parts[2]) if len(parts) >= _PARTS_OF_ARN else None
    return find(arn, parts[4], parts[3]) if find else None


def _of_queue(arn: str, account: str, region: str) -> Document | None:
    queue = sqs_backends[account][region].queues.get(arn.rsplit(":", 1)[1])
    return None if queue is None else _read(queue.policy)


def _of_topic(arn: str, account: str, region: str) -> Document | None:
    topic = sns_backends[account][region].topics.get(arn)
    return None if topic is None else _read(topic.policy)


def _of_function(arn: str, account: str, region: str) -> Document | None:
    try:
        function = lambda_backends[account][region].get_function(arn)
    except UnknownFunctionException:
        return None
    policy = {"Version": "2012-10-17", "Statement": function.policy.statements}
    return _read(json.dumps(policy))


def _read(text: str | None) -> Document:
    return policy_of(text) or _NO_POLICY


_FINDERS: Final[Mapping[str, Callable[[str, str, str], Document | None]]] = {
    "sqs": _of_queue,
    "sns": _of_topic,
    "lambda": _of_function,
}
