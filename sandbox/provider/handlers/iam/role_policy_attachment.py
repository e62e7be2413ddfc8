"""A managed policy given to a role."""

from typing import Any, Final

from sandbox.provider.handler import Clients, Made, Plain, ask, now_live

_GONE: Final = ("NoSuchEntity",)


class RolePolicyAttachment:
    """Known by role and ARN, `role/arn`; nothing of it can change."""

    type = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
    names = None
    replaces = frozenset({"policyArn", "role"})
    refuses: frozenset[str] = frozenset()

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Attach it."""
        clients.client("iam").attach_role_policy(RoleName=inputs["role"], PolicyArn=inputs["policyArn"])
        return now_live(self, clients, f"{inputs['role']}/{inputs['policyArn']}", inputs)

    def read(self, clients: Clients, id_: str, _said: Plain) -> Made | None:
        """Whether it is attached."""
        role, _, policy = id_.partition("/")
        if policy not in _attached(clients.client("iam"), role):
            return None
        return Made(id_, {"role": role, "policyArn": policy}, {})

    def update(self, clients: Clients, id_: str, _old: Plain, new: Plain) -> Made:
        """Nothing can change."""
        return now_live(self, clients, id_, new)

    def delete(self, clients: Clients, id_: str, _said: Plain) -> None:
        """Detach it."""
        role, _, policy = id_.partition("/")
        ask(clients.client("iam").detach_role_policy, _GONE, RoleName=role, PolicyArn=policy)


def _attached(iam: Any, role: str) -> frozenset[str]:
    if ask(iam.get_role, _GONE, RoleName=role) is None:
        return frozenset()
    pages = iam.get_paginator("list_attached_role_policies").paginate(RoleName=role)
    return frozenset(policy["PolicyArn"] for page in pages for policy in page["AttachedPolicies"])


HANDLER: Final = RolePolicyAttachment()
