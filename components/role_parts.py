"""How is a role made, with the policies it has of its own and what attaches them?"""

from collections.abc import Iterable, Sequence
from typing import Final, cast

import pulumi
import pulumi_aws

from bucketwright.facets.attachments import POLICY
from bucketwright.facets.facet import Declared
from bucketwright.facets.role_documents import document_name
from components.making import Workshop, short_kind

_ATTACHMENT: Final = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
ATTACHMENTS: Final = short_kind(_ATTACHMENT)
"""Under which a workshop keeps what attaches policies: before that is there, a role can do nothing."""
_OF_BOTH: Final = ("path", "tags")


def make_role(
    shop: Workshop,
    declared: Declared,
    policies: Iterable[Declared],
    after: Sequence[pulumi.Resource] = (),
) -> "pulumi_aws.iam.Role":
    """The role; its policies are called after it, and stand where it stands."""
    role = cast("pulumi_aws.iam.Role", shop.make(declared, waits_for=after))
    common = {one: declared.args[one] for one in _OF_BOTH if one in declared.args}
    for policy in policies:
        named = {**common, "name": document_name(str(declared.args["name"]), policy.name)}
        inner = "-".join(filter(None, (declared.name, policy.name)))
        told = Declared(POLICY, {**named, **policy.args}, inner)
        made = cast("pulumi_aws.iam.Policy", shop.make(told))
        shop.make(Declared(_ATTACHMENT, {"role": role.name, "policy_arn": made.arn}, inner))
    return role
