"""A role that may look at what an audit looks at, and change nothing."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final, Required, TypedDict

import pulumi

from bucketwright.facets.facet import Declared
from bucketwright.facets.tokens import ROLE
from bucketwright.looking.wish import ONE_PRINCIPAL
from components.audit_policies import trusting_principal
from components.making import Workshop
from components.role_parts import make_role

_EXTERNAL_ID: Final = re.compile(r"[A-Za-z0-9+=,.@:/_-]{22,1224}")
"""What IAM takes, and so much of it that 128 bits have room."""


class AuditRoleArgs(TypedDict, total=False):
    """Who may look, and at what."""

    name: Required[str]
    principal: Required[str]
    """The ARN of the one role or user that may take it on."""
    external_id: Required[pulumi.Input[str]]
    """What the principal has to say whenever it does, and nobody could guess."""
    policies: Required[Sequence[Mapping[str, object]]]
    """What it may do, as policy documents."""
    path: str
    boundary: str | None
    tags: Mapping[str, str]


class AuditRole(pulumi.ComponentResource):
    """The role, its policies, and what attaches them; a session of it is over after an hour."""

    role_name: pulumi.Output[str]
    role_arn: pulumi.Output[str]

    def __init__(self, name: str, args: AuditRoleArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("bucketwright:index:AuditRole", name, {}, opts)
        if not re.fullmatch(ONE_PRINCIPAL, args["principal"]):
            raise pulumi.RunError(f"{args['principal']} is not the ARN of one role or user")
        external_id = pulumi.Output.from_input(args["external_id"]).apply(_unguessable)
        trust = external_id.apply(lambda known: trusting_principal(args["principal"], known))
        about = {
            "name": args["name"],
            "path": args.get("path", "/"),
            "permissions_boundary": args.get("boundary"),
            "description": "Looks at the storage of this account, and changes nothing",
            "tags": args.get("tags"),
            "assume_role_policy": trust,
        }
        told = {one: value for one, value in about.items() if value is not None}
        texts = (
            Declared("", {"policy": json.dumps(one)}, str(n)) for n, one in enumerate(args["policies"], 1)
        )
        role = make_role(Workshop(self, name), Declared(ROLE, told), texts)
        self.role_name, self.role_arn = role.name, role.arn
        self.register_outputs({"role_name": self.role_name, "role_arn": self.role_arn})


def _unguessable(external_id: str) -> str:
    """The id; what is wrong with it is said without repeating it."""
    if _EXTERNAL_ID.fullmatch(external_id):
        return external_id
    raise pulumi.RunError(
        "the external id needs at least 22 characters of A-Z, a-z, 0-9 and +=,.@:/_-: `openssl rand -hex 16` "
        "makes one"
    )
