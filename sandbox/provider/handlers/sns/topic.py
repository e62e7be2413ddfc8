"""A topic. SNS keeps everything about it as attributes, all of them text, each set by a call of its own."""

from collections.abc import Mapping
from typing import Final

from sandbox.provider import attributes
from sandbox.provider.handler import Clients, Made, Plain, ask, now_live
from sandbox.provider.retelling import COMPUTED, retold
from sandbox.provider.schema import kinds_of
from sandbox.provider.tagging import pairs, removed, said_tags, tags_of, unpaired

_TYPE: Final = "aws:sns/topic:Topic"
_GONE: Final = ("NotFound", "NotFoundException")
_ATTRIBUTES: Final[Mapping[str, str]] = {
    "contentBasedDeduplication": "ContentBasedDeduplication",
    "displayName": "DisplayName",
    "fifoTopic": "FifoTopic",
    "kmsMasterKeyId": "KmsMasterKeyId",
    "policy": "Policy",
}
_DEFAULTS: Final = {
    "contentBasedDeduplication": False,
    "fifoTopic": False,
    "policy": COMPUTED,
}


class Topic:
    """Known by its ARN."""

    type = _TYPE
    names = "name"
    replaces = frozenset({"fifoTopic", "name"})

    @property
    def refuses(self) -> frozenset[str]:
        """All that is neither an attribute carried here, nor its name, nor its tags."""
        return frozenset(kinds_of(_TYPE)) - {*_ATTRIBUTES, "name", "region", "tags"}

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Make it."""
        sns = clients.client("sns")
        made = sns.create_topic(
            Name=inputs["name"], Attributes=attributes.told(inputs, _ATTRIBUTES), Tags=pairs(tags_of(inputs))
        )
        return now_live(self, clients, made["TopicArn"], inputs)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """Its attributes and its tags."""
        sns = clients.client("sns")
        found = ask(sns.get_topic_attributes, _GONE, TopicArn=id_)
        if found is None:
            return None
        live = {
            "name": id_.rsplit(":", 1)[-1],
            **attributes.said(_TYPE, found["Attributes"], _ATTRIBUTES),
            **said_tags(unpaired(sns.list_tags_for_resource(ResourceArn=id_)["Tags"])),
        }
        return Made(
            id_, retold(live, said, _DEFAULTS), {"arn": id_, "owner": found["Attributes"].get("Owner")}
        )

    def update(self, clients: Clients, id_: str, old: Plain, new: Plain) -> Made:
        """Set each attribute that changed."""
        sns = clients.client("sns")
        unsaid = attributes.unsaid(old, new, _DEFAULTS)
        wanted = {name: value for name, value in {**unsaid, **new}.items() if name != "fifoTopic"}
        for word, text in attributes.told(wanted, _ATTRIBUTES).items():
            sns.set_topic_attributes(TopicArn=id_, AttributeName=word, AttributeValue=text)
        if removed(old, new):
            sns.untag_resource(ResourceArn=id_, TagKeys=removed(old, new))
        if tags_of(new):
            sns.tag_resource(ResourceArn=id_, Tags=pairs(tags_of(new)))
        return now_live(self, clients, id_, new)

    def delete(self, clients: Clients, id_: str, _said: Plain) -> None:
        """Take it away with its subscriptions."""
        ask(clients.client("sns").delete_topic, _GONE, TopicArn=id_)


HANDLER: Final = Topic()
