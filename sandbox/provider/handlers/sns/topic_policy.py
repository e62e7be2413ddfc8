"""The policy of a topic, as a resource of its own."""

import json
from typing import Final

from sandbox.provider.handler import Clients, Made, Plain, ask, now_live
from sandbox.provider.retelling import retold
from sandbox.provider.spelling import text_of

_GONE: Final = ("NotFound", "NotFoundException")
_DEFAULT: Final = "__default_policy_ID"


class TopicPolicy:
    """Known by the topic's ARN."""

    type = "aws:sns/topicPolicy:TopicPolicy"
    names = None
    replaces = frozenset({"arn"})
    refuses: frozenset[str] = frozenset()

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Put it."""
        topic, policy = str(inputs["arn"]), text_of(inputs["policy"])
        clients.client("sns").set_topic_attributes(
            TopicArn=topic, AttributeName="Policy", AttributeValue=policy
        )
        return now_live(self, clients, topic, inputs)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """The document, unless it is the one that AWS gives to every topic."""
        found = ask(clients.client("sns").get_topic_attributes, _GONE, TopicArn=id_) or {}
        policy = found.get("Attributes", {}).get("Policy")
        if not policy or json.loads(policy).get("Id") == _DEFAULT:
            return None
        return Made(id_, retold({"arn": id_, "policy": policy}, said), {})

    def update(self, clients: Clients, _id: str, _old: Plain, new: Plain) -> Made:
        """Put it anew."""
        return self.create(clients, new)

    def delete(self, clients: Clients, id_: str, _said: Plain) -> None:
        """A topic is never without one: it gets the one back that AWS gives to every topic."""
        ask(
            clients.client("sns").set_topic_attributes,
            _GONE,
            TopicArn=id_,
            AttributeName="Policy",
            AttributeValue=_default(id_, clients.account),
        )


def _default(topic: str, account: str) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": "*"},
        "Action": ["sns:Publish", "sns:Subscribe"],
        "Resource": topic,
        "Condition": {"StringEquals": {"aws:SourceOwner": account}},
    }
    return json.dumps({"Version": "2008-10-17", "Id": _DEFAULT, "Statement": [statement]})


HANDLER: Final = TopicPolicy()
