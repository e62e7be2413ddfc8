"""Trust: who may take the role on?"""

import json
from typing import TYPE_CHECKING, Final

from bucketwright.facets.bucket.policy import Policy, policy_in, policy_of, rendered
from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.reading import Asked
from bucketwright.facets.role_answers import ROLE_ITSELF, document_in, itself
from bucketwright.facets.tokens import ROLE
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import UNSET, Unset

if TYPE_CHECKING:
    from bucketwright.facets.scopes import RoleScope

_NAME: Final = "assumeRolePolicy"
READS: Final = (ROLE_ITSELF,)


def wanted(scope: "RoleScope") -> Policy:
    return policy_of(json.dumps(scope.trust))


def to_args(value: Policy, _: Resolve) -> tuple[Declared, ...]:
    return (Declared(ROLE, {"assume_role_policy": value.text}),)


def from_plan(planned: Planned) -> Policy | Unset:
    return policy_in(planned.said, _NAME) or UNSET


def from_api(asked: Asked) -> Policy:
    return document_in(itself(asked), "AssumeRolePolicyDocument")


def to_api(before: Policy, after: Policy, site: Site) -> tuple[Write, ...]:
    """Whole: whoever is let take the role on besides was let by nobody who declares it."""
    if before == after:
        return ()
    named = {"RoleName": site.target.handles["RoleName"]}
    params = {**named, "PolicyDocument": rendered(after, site.resolve)}
    return (site.write("UpdateAssumeRolePolicy", "iam:UpdateAssumeRolePolicy", params, "iam"),)
