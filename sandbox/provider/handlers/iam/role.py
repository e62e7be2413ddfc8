"""A role: who may assume it, for how long, within which boundary. Its policies are resources of their own."""

import json
from typing import Any, Final

from sandbox.provider.handler import Clients, Made, Plain, ask, now_live
from sandbox.provider.retelling import retold
from sandbox.provider.spelling import Spelling
from sandbox.provider.tagging import pairs, removed, said_tags, tags_of, unpaired
from sandbox.provider.words import Words

_TYPE: Final = "aws:iam/role:Role"
_WORDS: Final = Words(_TYPE, Spelling({"name": "RoleName", "assumeRolePolicy": "AssumeRolePolicyDocument"}))
_GONE: Final = ("NoSuchEntity",)
_HOUR: Final = 3600
_DEFAULTS: Final = {"path": "/", "maxSessionDuration": _HOUR}


class Role:
    """Known by its name."""

    type = _TYPE
    names = "name"
    replaces = frozenset({"name", "path"})
    refuses = frozenset({"inlinePolicies", "managedPolicyArns", "namePrefix"})

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Make it."""
        iam = clients.client("iam")
        iam.create_role(**_WORDS.tell(iam, "create_role", inputs))
        return now_live(self, clients, str(inputs["name"]), inputs)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """What IAM returns; `forceDetachPolicies` is the program's own."""
        iam = clients.client("iam")
        role = (ask(iam.get_role, _GONE, RoleName=id_) or {}).get("Role")
        if role is None:
            return None
        boundary = role.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")
        trust = json.dumps(role["AssumeRolePolicyDocument"])
        plain = {**role, "AssumeRolePolicyDocument": trust, "PermissionsBoundary": None, "Tags": None}
        live = {
            **_WORDS.hear(iam, "get_role", plain, "Role"),
            **({"permissionsBoundary": boundary} if boundary else {}),
            **said_tags(unpaired(role.get("Tags", ()))),
            **{name: said[name] for name in ("forceDetachPolicies",) if name in said},
        }
        computed = {
            "arn": role["Arn"],
            "uniqueId": role["RoleId"],
            "createDate": role["CreateDate"].isoformat(),
        }
        return Made(id_, retold(live, said, _DEFAULTS), computed)

    def update(self, clients: Clients, id_: str, old: Plain, new: Plain) -> Made:
        """Set again all that may change."""
        iam = clients.client("iam")
        iam.update_role(
            RoleName=id_,
            Description=new.get("description", ""),
            MaxSessionDuration=new.get("maxSessionDuration", _HOUR),
        )
        told = _WORDS.tell(iam, "create_role", new)
        iam.update_assume_role_policy(RoleName=id_, PolicyDocument=told["AssumeRolePolicyDocument"])
        if "permissionsBoundary" in new:
            iam.put_role_permissions_boundary(RoleName=id_, PermissionsBoundary=new["permissionsBoundary"])
        else:
            ask(iam.delete_role_permissions_boundary, _GONE, RoleName=id_)
        if removed(old, new):
            iam.untag_role(RoleName=id_, TagKeys=removed(old, new))
        if tags_of(new):
            iam.tag_role(RoleName=id_, Tags=pairs(tags_of(new)))
        return now_live(self, clients, id_, new)

    def delete(self, clients: Clients, id_: str, said: Plain) -> None:
        """IAM refuses to delete a role that still has policies, unless they are to be taken off first."""
        iam = clients.client("iam")
        if said.get("forceDetachPolicies"):
            _detach(iam, id_)
        ask(iam.delete_role, _GONE, RoleName=id_)


def _detach(iam: Any, role: str) -> None:
    attached = ask(iam.list_attached_role_policies, _GONE, RoleName=role) or {"AttachedPolicies": []}
    for policy in attached["AttachedPolicies"]:
        iam.detach_role_policy(RoleName=role, PolicyArn=policy["PolicyArn"])
    inline = ask(iam.list_role_policies, _GONE, RoleName=role) or {"PolicyNames": []}
    for name in inline["PolicyNames"]:
        iam.delete_role_policy(RoleName=role, PolicyName=name)


HANDLER: Final = Role()
