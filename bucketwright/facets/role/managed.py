"""Managed: which policies that AWS writes does the role have?"""

from typing import Final

from bucketwright.facets.attachments import attached_of_aws
from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.scopes import RoleScope
from bucketwright.facets.tokens import ROLE
from bucketwright.posture import UNSET, Unset

FRESH: Final[frozenset[str]] = frozenset()


def wanted(_: RoleScope) -> frozenset[str]:
    """None: a contract grants prefixes, and those of AWS know no prefix."""
    return FRESH


def to_args(value: frozenset[str], _: Resolve) -> tuple[Declared, ...]:
    return (Declared(ROLE, {"managed_policy_arns": sorted(value)}),) if value else ()


def from_plan(planned: Planned) -> frozenset[str] | Unset:
    return attached_of_aws(planned) or UNSET
