"""Managed: which policies that AWS writes does the role have?"""

from typing import TYPE_CHECKING, Final

from bucketwright.facets.attachments import attached_of_aws, is_of_aws
from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.reading import Asked
from bucketwright.facets.role_answers import DETAILS, details_of
from bucketwright.facets.tokens import ROLE
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import UNSET, Unset

if TYPE_CHECKING:
    from bucketwright.facets.scopes import RoleScope

FRESH: Final[frozenset[str]] = frozenset()
READS: Final = (DETAILS,)


def wanted(_: "RoleScope") -> frozenset[str]:
    """None: a contract grants prefixes, and those of AWS know no prefix."""
    return FRESH


def to_args(value: frozenset[str], _: Resolve) -> tuple[Declared, ...]:
    return (Declared(ROLE, {"managed_policy_arns": sorted(value)}),) if value else ()


def from_plan(planned: Planned) -> frozenset[str] | Unset:
    return attached_of_aws(planned) or UNSET


def from_api(asked: Asked) -> frozenset[str]:
    several = details_of(asked).parts("AttachedManagedPolicies")
    return frozenset(filter(is_of_aws, (one.needed("PolicyArn", one.text("PolicyArn")) for one in several)))


def keeping(before: frozenset[str], after: frozenset[str]) -> frozenset[str]:
    return before | after


def to_api(before: frozenset[str], after: frozenset[str], site: Site) -> tuple[Write, ...]:
    changes = (
        *(("AttachRolePolicy", arn) for arn in sorted(after - before)),
        *(("DetachRolePolicy", arn) for arn in sorted(before - after)),
    )
    role = {"RoleName": site.target.handles["RoleName"]}
    return tuple(
        site.write(operation, f"iam:{operation}", {**role, "PolicyArn": arn}, "iam")
        for operation, arn in changes
    )
