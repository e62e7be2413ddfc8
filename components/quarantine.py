"""A queue of what arrives in a quarantine, for the scanner to take from."""

import json
from typing import Final

import pulumi

from bucketwright.facets.facet import Declared
from components.args import QuarantineArgs
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


_KEPT: Final = {"message_retention_seconds": RETENTION, "sqs_managed_sse_enabled": True}


class Quarantine(pulumi.ComponentResource):
    """EventBridge tells a queue of each arrival; what no scanner can handle ends in a queue of its own."""

    queue_url: pulumi.Output[str]

    def __init__(self, name: str, args: QuarantineArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("bucketwright:index:Quarantine", name, {}, opts)
        shop = Workshop(self, name, {"region": args["region"]})
        dead = shop.make(
            Declared(_QUEUE, {**_KEPT, "name": args["dead_queue"], "tags": args["dead_tags"]}, "dead")
        )
        redrive = pulumi.Output.json_dumps(
            {"deadLetterTargetArn": getattr(dead, "arn"), "maxReceiveCount": ATTEMPTS}  # noqa: B009
        )
        waiting = {"visibility_timeout_seconds": VISIBILITY, "redrive_policy": redrive}
        queue = shop.make(Declared(_QUEUE, {**_KEPT, **waiting, "name": args["queue"], "tags": args["tags"]}))
        policy = {"queue_url": queue.id, "policy": args["queue_policy"]}
        allowed = shop.make(Declared(_POLICY, policy))
        matches = {"name": args["rule"], "event_pattern": event_pattern(args), "tags": args["tags"]}
        rule = shop.make(Declared(_RULE, matches))
        target = {"rule": args["rule"], "arn": getattr(queue, "arn"), "target_id": "queue"}  # noqa: B009
        shop.make(Declared(_TARGET, target), waits_for=[rule, allowed])
        self.queue_url = queue.id
        self.register_outputs({"queue_url": self.queue_url})


def event_pattern(args: QuarantineArgs) -> str:
    """What EventBridge has to match: new objects of the bucket whose keys are the quarantine's."""
    detail = {"bucket": {"name": [args["bucket"]]}, "object": {"key": [{"wildcard": args["key_pattern"]}]}}
    return json.dumps({"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": detail})
