"""A queue of what arrives in a quarantine, for the scanner to take from."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, cast

import pulumi
import pulumi_aws

from bucketwright.facets.facet import Declared
from components.args import QuarantineArgs, QueueArgs
from components.making import Workshop

RETENTION: Final = 14 * 24 * 3600
"""How long an arrival waits for a scanner; SQS keeps nothing longer."""
VISIBILITY: Final = 900
"""How long one scan may take before another scanner tries."""
ATTEMPTS: Final = 5
_QUEUE: Final = "aws:sqs/queue:Queue"
_POLICY: Final = "aws:sqs/queuePolicy:QueuePolicy"
_RULE: Final = "aws:cloudwatch/eventRule:EventRule"
_TARGET: Final = "aws:cloudwatch/eventTarget:EventTarget"

NOTHING: Final[Mapping[str, object]] = MappingProxyType({})
_KEPT: Final = {"message_retention_seconds": RETENTION, "sqs_managed_sse_enabled": True}


class Quarantine(pulumi.ComponentResource):
    """EventBridge tells a queue of each arrival; what no scanner can handle ends in a queue of its own."""

    queue_url: pulumi.Output[str]

    def __init__(self, name: str, args: QuarantineArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("bucketwright:index:Quarantine", name, {}, opts)
        shop = Workshop(self, name, {"region": args["region"]})
        dead = _queue(shop, "dead", args["dead"])
        redrive = pulumi.Output.json_dumps({"deadLetterTargetArn": dead.arn, "maxReceiveCount": ATTEMPTS})
        waiting = {"visibility_timeout_seconds": VISIBILITY, "redrive_policy": redrive}
        queue = _queue(shop, "", args["arrivals"], waiting)
        matches = {"name": args["rule"], "event_pattern": event_pattern(args), "tags": args["rule_tags"]}
        shop.make(Declared(_RULE, matches))
        target = {"rule": args["rule"], "target_id": "queue", "arn": queue.arn}
        shop.make(Declared(_TARGET, {**target, "dead_letter_config": {"arn": dead.arn}}))
        self.queue_url = queue.id
        self.register_outputs({"queue_url": self.queue_url})


def event_pattern(args: QuarantineArgs) -> str:
    """What EventBridge has to match: new objects of the bucket whose keys are the quarantine's."""
    detail = {"bucket": {"name": [args["bucket"]]}, "object": {"key": [{"wildcard": args["key_pattern"]}]}}
    return json.dumps({"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": detail})


def _queue(
    shop: Workshop, inner: str, args: QueueArgs, more: Mapping[str, object] = NOTHING
) -> "pulumi_aws.sqs.Queue":
    """A queue and its policy."""
    told = {**_KEPT, **more, "name": args["name"], "tags": args["tags"]}
    made = cast("pulumi_aws.sqs.Queue", shop.make(Declared(_QUEUE, told, inner)))
    shop.make(Declared(_POLICY, {"queue_url": made.id, "policy": args["policy"]}, inner))
    return made
