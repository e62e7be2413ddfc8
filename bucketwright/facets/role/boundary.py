"""Boundary: which policy does the role never reach beyond, whatever it is granted?"""

from typing import Final

from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.references import resolved
from bucketwright.facets.scopes import RoleScope
from bucketwright.facets.tokens import ROLE
from bucketwright.posture import UNSET, Unset

FRESH: Final[str | None] = None
_NAME: Final = "permissionsBoundary"


def wanted(scope: RoleScope) -> str | None:
    return None if scope.access is None else scope.access.boundary


def to_args(value: str | None, resolve: Resolve) -> tuple[Declared, ...]:
    if value is None:
        return ()
    return (Declared(ROLE, {"permissions_boundary": resolved(value, "arn", resolve)}),)


def from_plan(planned: Planned) -> str | Unset:
    return planned.said.reference("policy", _NAME) or UNSET
