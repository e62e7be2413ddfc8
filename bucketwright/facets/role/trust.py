"""Trust: who may take the role on?"""

import json
from typing import Final

from bucketwright.facets.bucket.policy import Policy, policy_in, policy_of
from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.scopes import RoleScope
from bucketwright.facets.tokens import ROLE
from bucketwright.posture import UNSET, Unset

_NAME: Final = "assumeRolePolicy"


def wanted(scope: RoleScope) -> Policy:
    return policy_of(json.dumps(scope.trust))


def to_args(value: Policy, _: Resolve) -> tuple[Declared, ...]:
    return (Declared(ROLE, {"assume_role_policy": value.text}),)


def from_plan(planned: Planned) -> Policy | Unset:
    return policy_in(planned.said, _NAME) or UNSET
