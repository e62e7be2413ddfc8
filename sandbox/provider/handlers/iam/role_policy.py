"""A policy written into a role."""

import json
from typing import Final

from sandbox.provider.handler import Clients, Made, Plain, ask, now_live
from sandbox.provider.retelling import retold
from sandbox.provider.spelling import Spelling
from sandbox.provider.words import Words

_TYPE: Final = "aws:iam/rolePolicy:RolePolicy"
_WORDS: Final = Words(_TYPE, Spelling({"name": "PolicyName", "role": "RoleName", "policy": "PolicyDocument"}))
_GONE: Final = ("NoSuchEntity",)


class RolePolicy:
    """Known by role and name, `role:name`."""

    type = _TYPE
    names = "name"
    replaces = frozenset({"name", "role"})
    refuses = frozenset({"namePrefix"})

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Put it."""
        iam = clients.client("iam")
        iam.put_role_policy(**_WORDS.tell(iam, "put_role_policy", inputs))
        return now_live(self, clients, f"{inputs['role']}:{inputs['name']}", inputs)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """The document, as text."""
        role, _, name = id_.partition(":")
        iam = clients.client("iam")
        found = ask(iam.get_role_policy, _GONE, RoleName=role, PolicyName=name)
        if found is None:
            return None
        live = {"role": role, "name": name, "policy": json.dumps(found["PolicyDocument"])}
        return Made(id_, retold(live, said), {})

    def update(self, clients: Clients, _id: str, _old: Plain, new: Plain) -> Made:
        """Put it anew."""
        return self.create(clients, new)

    def delete(self, clients: Clients, id_: str, _said: Plain) -> None:
        """Take it out of the role."""
        role, _, name = id_.partition(":")
        ask(clients.client("iam").delete_role_policy, _GONE, RoleName=role, PolicyName=name)


HANDLER: Final = RolePolicy()
