"""Boundary: which policy does the role never reach beyond, whatever it is granted?"""

from typing import TYPE_CHECKING, Final

from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.reading import Asked
from bucketwright.facets.references import resolved
from bucketwright.facets.role_answers import ROLE_ITSELF, itself
from bucketwright.facets.tokens import ROLE
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import UNSET, Unset

if TYPE_CHECKING:
    from bucketwright.facets.scopes import RoleScope

FRESH: Final[str | None] = None
_NAME: Final = "permissionsBoundary"
_ARN: Final = "PermissionsBoundaryArn"
READS: Final = (ROLE_ITSELF,)


def wanted(scope: "RoleScope") -> str | None:
    return None if scope.access is None else scope.access.boundary


def to_args(value: str | None, resolve: Resolve) -> tuple[Declared, ...]:
    if value is None:
        return ()
    return (Declared(ROLE, {"permissions_boundary": resolved(value, "arn", resolve)}),)


def from_plan(planned: Planned) -> str | Unset:
    return planned.said.reference("policy", _NAME) or UNSET


def from_api(asked: Asked) -> str | None:
    """Nothing is answered where there is none."""
    said = itself(asked).part("PermissionsBoundary")
    if said is None:
        return None
    return said.needed(_ARN, said.reference("policy", _ARN))


def to_api(before: str | None, after: str | None, site: Site) -> tuple[Write, ...]:
    if before == after:
        return ()
    role = {"RoleName": site.target.handles["RoleName"]}
    if after is None:
        gone = "DeleteRolePermissionsBoundary"
        return (site.write(gone, f"iam:{gone}", role, "iam"),)
    put, arn = "PutRolePermissionsBoundary", resolved(after, "arn", site.resolve)
    return (site.write(put, f"iam:{put}", {**role, "PermissionsBoundary": arn}, "iam"),)
