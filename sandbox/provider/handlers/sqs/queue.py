"""A queue. SQS keeps everything about it as attributes, all of them text."""

from collections.abc import Mapping
from typing import Final

from sandbox.provider import attributes
from sandbox.provider.handler import Clients, Made, Plain, ask, now_live
from sandbox.provider.partitions import dns_suffix_of
from sandbox.provider.retelling import COMPUTED, retold
from sandbox.provider.tagging import removed, said_tags, tags_of

_TYPE: Final = "aws:sqs/queue:Queue"
GONE: Final = ("AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist")
_ATTRIBUTES: Final[Mapping[str, str]] = {
    "contentBasedDeduplication": "ContentBasedDeduplication",
    "deduplicationScope": "DeduplicationScope",
    "delaySeconds": "DelaySeconds",
    "fifoQueue": "FifoQueue",
    "fifoThroughputLimit": "FifoThroughputLimit",
    "kmsDataKeyReusePeriodSeconds": "KmsDataKeyReusePeriodSeconds",
    "kmsMasterKeyId": "KmsMasterKeyId",
    "maxMessageSize": "MaximumMessageSize",
    "messageRetentionSeconds": "MessageRetentionPeriod",
    "policy": "Policy",
    "receiveWaitTimeSeconds": "ReceiveMessageWaitTimeSeconds",
    "redrivePolicy": "RedrivePolicy",
    "sqsManagedSseEnabled": "SqsManagedSseEnabled",
    "visibilityTimeoutSeconds": "VisibilityTimeout",
}
_DEFAULTS: Final = {
    "contentBasedDeduplication": False,
    "deduplicationScope": COMPUTED,
    "delaySeconds": 0,
    "fifoQueue": False,
    "fifoThroughputLimit": COMPUTED,
    "kmsDataKeyReusePeriodSeconds": 300,
    "maxMessageSize": COMPUTED,
    "messageRetentionSeconds": 345_600,
    "policy": COMPUTED,
    "receiveWaitTimeSeconds": 0,
    "sqsManagedSseEnabled": COMPUTED,
    "visibilityTimeoutSeconds": 30,
}


class Queue:
    """Known by its address, as AWS gives it."""

    type = _TYPE
    names = "name"
    replaces = frozenset({"fifoQueue", "name"})
    refuses = frozenset({"namePrefix", "redriveAllowPolicy"})

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Make it."""
        name = str(inputs["name"])
        clients.client("sqs").create_queue(
            QueueName=name, Attributes=attributes.told(inputs, _ATTRIBUTES), tags=tags_of(inputs)
        )
        return now_live(self, clients, _address(clients, name), inputs)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """Its attributes and its tags."""
        sqs = clients.client("sqs")
        found = ask(sqs.get_queue_attributes, GONE, QueueUrl=id_, AttributeNames=["All"])
        if found is None:
            return None
        tags = sqs.list_queue_tags(QueueUrl=id_).get("Tags", {})
        live = {
            "name": id_.rsplit("/", 1)[-1],
            **attributes.said(_TYPE, found["Attributes"], _ATTRIBUTES),
            **said_tags(tags),
        }
        return Made(id_, retold(live, said, _DEFAULTS), {"arn": found["Attributes"]["QueueArn"], "url": id_})

    def update(self, clients: Clients, id_: str, old: Plain, new: Plain) -> Made:
        """Set every attribute that is said, and back to its default what is said no more."""
        sqs = clients.client("sqs")
        unsaid = attributes.unsaid(old, new, _DEFAULTS)
        said = {name: value for name, value in new.items() if name != "fifoQueue"}
        sqs.set_queue_attributes(QueueUrl=id_, Attributes=attributes.told({**unsaid, **said}, _ATTRIBUTES))
        if removed(old, new):
            sqs.untag_queue(QueueUrl=id_, TagKeys=removed(old, new))
        if tags_of(new):
            sqs.tag_queue(QueueUrl=id_, Tags=tags_of(new))
        return now_live(self, clients, id_, new)

    def delete(self, clients: Clients, id_: str, _said: Plain) -> None:
        """Take it away with all it holds."""
        ask(clients.client("sqs").delete_queue, GONE, QueueUrl=id_)


def _address(clients: Clients, name: str) -> str:
    """The queue's address as AWS would spell it, which stays the same wherever the sandbox listens."""
    return f"https://sqs.{clients.region}.{dns_suffix_of(clients.region)}/{clients.account}/{name}"


HANDLER: Final = Queue()
