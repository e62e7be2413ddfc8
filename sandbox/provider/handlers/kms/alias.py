"""A name for a KMS key, which can move to another key."""

from typing import Any, Final

from sandbox.provider.handler import Clients, Made, Plain, ask, now_live
from sandbox.provider.partitions import arn
from sandbox.provider.retelling import retold

_GONE: Final = ("NotFoundException",)


class Alias:
    """Known by its name, `alias/…`."""

    type = "aws:kms/alias:Alias"
    names = "name"
    replaces = frozenset({"name"})
    refuses = frozenset({"namePrefix"})

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Make it."""
        name = str(inputs["name"])
        clients.client("kms").create_alias(AliasName=name, TargetKeyId=inputs["targetKeyId"])
        return now_live(self, clients, name, inputs)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """The key it names; a program may name the key by its id or by its ARN."""
        target = _target(clients.client("kms"), id_)
        if target is None:
            return None
        key = arn(clients, "kms", f"key/{target}")
        shown = key if said.get("targetKeyId") == key else target
        computed = {
            "arn": arn(clients, "kms", id_),
            "targetKeyArn": key,
        }
        return Made(id_, retold({"name": id_, "targetKeyId": shown}, said), computed)

    def update(self, clients: Clients, id_: str, _old: Plain, new: Plain) -> Made:
        """Move it to another key."""
        clients.client("kms").update_alias(AliasName=id_, TargetKeyId=new["targetKeyId"])
        return now_live(self, clients, id_, new)

    def delete(self, clients: Clients, id_: str, _said: Plain) -> None:
        """Take the name away; the key stays."""
        ask(clients.client("kms").delete_alias, _GONE, AliasName=id_)


def _target(kms: Any, name: str) -> str | None:
    for page in kms.get_paginator("list_aliases").paginate():
        for alias in page["Aliases"]:
            if alias["AliasName"] == name:
                return str(alias["TargetKeyId"])
    return None


HANDLER: Final = Alias()
