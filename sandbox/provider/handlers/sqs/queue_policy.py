"""The policy of a queue, as a resource of its own."""

from typing import Final

from sandbox.provider.handler import Clients, Made, Plain, ask, now_live
from sandbox.provider.handlers.sqs.queue import GONE
from sandbox.provider.retelling import retold
from sandbox.provider.spelling import text_of


class QueuePolicy:
    """Known by the queue's address."""

    type = "aws:sqs/queuePolicy:QueuePolicy"
    names = None
    replaces = frozenset({"queueUrl"})
    refuses: frozenset[str] = frozenset()

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Put it."""
        queue, policy = str(inputs["queueUrl"]), text_of(inputs["policy"])
        clients.client("sqs").set_queue_attributes(QueueUrl=queue, Attributes={"Policy": policy})
        return now_live(self, clients, queue, inputs)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """The document, if the queue has one."""
        sqs = clients.client("sqs")
        found = ask(sqs.get_queue_attributes, GONE, QueueUrl=id_, AttributeNames=["Policy"]) or {}
        policy = found.get("Attributes", {}).get("Policy")
        return Made(id_, retold({"queueUrl": id_, "policy": policy}, said), {}) if policy else None

    def update(self, clients: Clients, _id: str, _old: Plain, new: Plain) -> Made:
        """Put it anew."""
        return self.create(clients, new)

    def delete(self, clients: Clients, id_: str, _said: Plain) -> None:
        """Take it off the queue."""
        ask(clients.client("sqs").set_queue_attributes, GONE, QueueUrl=id_, Attributes={"Policy": ""})


HANDLER: Final = QueuePolicy()
