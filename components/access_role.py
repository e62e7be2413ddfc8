"""A role that may do what it was granted, and nothing else."""

from collections.abc import Sequence

import pulumi

from bucketwright.facets.declaring import merged
from bucketwright.facets.facet import Declared
from bucketwright.facets.role import FACETS
from bucketwright.facets.tokens import ROLE
from components.args import AccessRoleArgs
from components.making import Workshop, declarations, nothing_else
from components.role_parts import ATTACHMENTS, make_role


class AccessRole(pulumi.ComponentResource):
    """The role, its policies of its own, and what attaches them."""

    role_name: pulumi.Output[str]
    role_arn: pulumi.Output[str]
    settled: Sequence[pulumi.Resource]
    """What has to be there before the role can do what it may."""

    def __init__(self, name: str, args: AccessRoleArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("bucketwright:index:AccessRole", name, {}, opts)
        shop, tags = Workshop(self, name), args.get("tags")
        itself = Declared(ROLE, {"name": args["name"], "tags": tags})
        first, *policies = merged((itself, *declarations(FACETS, args, nothing_else)))
        role = make_role(shop, first, policies)
        self.settled = shop.made.get(ATTACHMENTS, ())
        self.role_name, self.role_arn = role.name, role.arn
        self.register_outputs({"role_name": self.role_name, "role_arn": self.role_arn})
