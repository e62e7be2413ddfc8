"""Policy: whom does the key's own policy let use it?"""

import json
from typing import Final

from bucketwright.contract.access import key_policy
from bucketwright.facets.bucket.policy import Policy, planned_policy, policy_of
from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.scopes import KeyScope
from bucketwright.facets.tokens import KEY
from bucketwright.posture import UNSET, Unset

KIND: Final = "aws:kms/keyPolicy:KeyPolicy"
FRESH: Final[Policy | None] = None
"""The policy KMS writes itself: whoever in the account may, by policies of their own."""


def wanted(scope: KeyScope) -> Policy | Unset:
    """It names the account; where that is not known it is left to KMS, which lets the same roles in.

    A contract has nobody else to let in then, and does not know what KMS writes.
    """
    if scope.environment.account is None:
        return UNSET
    return policy_of(json.dumps(key_policy(scope.environment, scope.bucket_id)))


def to_args(value: Policy | Unset | None, _: Resolve) -> tuple[Declared, ...]:
    return (Declared(KEY, {"policy": value.text}),) if isinstance(value, Policy) else ()


def from_plan(planned: Planned) -> Policy | Unset:
    return planned_policy(planned, KIND)
