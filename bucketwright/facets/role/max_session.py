"""Longest session: for how many seconds may somebody have the role at a time?"""

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.reading import Asked
from bucketwright.facets.role_answers import ROLE_ITSELF, itself
from bucketwright.facets.tokens import ROLE
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import Unset, or_unset

if TYPE_CHECKING:
    from bucketwright.facets.scopes import RoleScope

FRESH: Final = 3600
READS: Final = (ROLE_ITSELF,)
_SECOND: Final = timedelta(seconds=1)


def wanted(scope: "RoleScope") -> int:
    longest = None if scope.access is None else scope.access.max_session
    return FRESH if longest is None else longest // _SECOND


def to_args(value: int, _: Resolve) -> tuple[Declared, ...]:
    return () if value == FRESH else (Declared(ROLE, {"max_session_duration": value}),)


def from_plan(planned: Planned) -> int | Unset:
    return or_unset(planned.said.number("maxSessionDuration"))


def from_api(asked: Asked) -> int:
    said = itself(asked)
    return said.needed("MaxSessionDuration", said.number("MaxSessionDuration"))


def to_api(before: int, after: int, site: Site) -> tuple[Write, ...]:
    if before == after:
        return ()
    longest = {"RoleName": site.target.handles["RoleName"], "MaxSessionDuration": after}
    return (site.write("UpdateRole", "iam:UpdateRole", longest, "iam"),)
