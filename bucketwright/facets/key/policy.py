"""Policy: whom does the key's own policy let use it?"""

import json
from typing import TYPE_CHECKING, Final

from bucketwright.facets.bucket import policy
from bucketwright.facets.bucket.policy import Policy, answered_policy, planned_policy, policy_of, rendered
from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.handles import KEY as HANDLES
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.tokens import KEY
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import UNSET, Unset

if TYPE_CHECKING:
    from bucketwright.facets.scopes import KeyScope

KIND: Final = "aws:kms/keyPolicy:KeyPolicy"
FRESH: Final[Policy | None] = None
"""The policy KMS writes itself: whoever in the account may, by policies of their own."""
_ONLY: Final = "default"
"""What KMS calls the one policy that a key has."""
_POLICY: Final = Read("kms", "GetKeyPolicy", "kms:GetKeyPolicy", HANDLES, fixed={"PolicyName": _ONLY})
READS: Final = (_POLICY,)


def wanted(scope: "KeyScope") -> Policy | Unset:
    """It names the account; where that is not known it is left to KMS, which lets the same roles in.

    A contract has nobody else to let in then, and does not know what KMS writes.
    """
    if scope.environment.account is None:
        return UNSET
    return policy_of(json.dumps(scope.policy))


def to_args(value: Policy | Unset | None, _: Resolve) -> tuple[Declared, ...]:
    return (Declared(KEY, {"policy": value.text}),) if isinstance(value, Policy) else ()


def from_plan(planned: Planned) -> Policy | Unset:
    return planned_policy(planned, KIND)


def from_api(asked: Asked) -> Policy:
    """There is always one."""
    return answered_policy(asked.answered(_POLICY))


def keeping(before: Policy | Unset | None, after: Policy | Unset | None) -> Policy | Unset | None:
    if isinstance(before, Policy) and isinstance(after, Policy):
        return policy.keeping(before, after)
    return after


def to_api(before: Policy | Unset | None, after: Policy | Unset | None, site: Site) -> tuple[Write, ...]:
    if before == after or not isinstance(after, Policy):
        return ()
    text = rendered(after, site.resolve)
    named = {"KeyId": site.target.handles["KeyId"], "PolicyName": _ONLY, "Policy": text}
    return (site.write("PutKeyPolicy", "kms:PutKeyPolicy", named, "kms"),)
