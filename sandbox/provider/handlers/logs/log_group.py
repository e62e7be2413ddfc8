"""A group of logs."""

from typing import Final

from sandbox.provider.handler import Clients, Made, Plain, ask, now_live
from sandbox.provider.partitions import arn
from sandbox.provider.retelling import retold
from sandbox.provider.schema import kinds_of
from sandbox.provider.tagging import removed, said_tags, tags_of

_TYPE: Final = "aws:cloudwatch/logGroup:LogGroup"
_GONE: Final = ("ResourceNotFoundException",)
_DAYS: Final = "retentionInDays"


class LogGroup:
    """Known by its name."""

    type = _TYPE
    names = "name"
    replaces = frozenset({"name"})

    @property
    def refuses(self) -> frozenset[str]:
        """All but its name, its retention and its tags."""
        return frozenset(kinds_of(_TYPE)) - {"name", _DAYS, "region", "tags"}

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Make it."""
        logs, name = clients.client("logs"), str(inputs["name"])
        logs.create_log_group(logGroupName=name, tags=tags_of(inputs))
        if inputs.get(_DAYS):
            logs.put_retention_policy(logGroupName=name, retentionInDays=inputs[_DAYS])
        return now_live(self, clients, name, inputs)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """The group, its retention and its tags; a name is also how others begin."""
        logs = clients.client("logs")
        pages = logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=id_)
        groups = (one for page in pages for one in page["logGroups"])
        group = next((one for one in groups if one["logGroupName"] == id_), None)
        if group is None:
            return None
        where = arn(clients, "logs", f"log-group:{id_}")
        tags = logs.list_tags_for_resource(resourceArn=where)["tags"]
        live = {"name": id_, _DAYS: group.get(_DAYS, 0), **said_tags(tags)}
        return Made(id_, retold(live, said, {_DAYS: 0}), {"arn": where})

    def update(self, clients: Clients, id_: str, old: Plain, new: Plain) -> Made:
        """Keep logs for as long as is said now, or for ever."""
        logs, where = clients.client("logs"), arn(clients, "logs", f"log-group:{id_}")
        if new.get(_DAYS):
            logs.put_retention_policy(logGroupName=id_, retentionInDays=new[_DAYS])
        elif old.get(_DAYS):
            logs.delete_retention_policy(logGroupName=id_)
        if removed(old, new):
            logs.untag_resource(resourceArn=where, tagKeys=removed(old, new))
        if tags_of(new):
            logs.tag_resource(resourceArn=where, tags=tags_of(new))
        return now_live(self, clients, id_, new)

    def delete(self, clients: Clients, id_: str, _said: Plain) -> None:
        """Take it away with all it holds."""
        ask(clients.client("logs").delete_log_group, _GONE, logGroupName=id_)


HANDLER: Final = LogGroup()
