"""Deletion window: for how many days can the key's deletion be taken back?"""

from typing import TYPE_CHECKING, Final

from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.tokens import KEY
from bucketwright.posture import Unset, or_unset

if TYPE_CHECKING:
    from bucketwright.facets.scopes import KeyScope

FRESH: Final = 30


def wanted(_: "KeyScope") -> int:
    """As long as KMS has it: with the key all objects under it are gone."""
    return FRESH


def to_args(value: int, _: Resolve) -> tuple[Declared, ...]:
    return () if value == FRESH else (Declared(KEY, {"deletion_window_in_days": value}),)


def from_plan(planned: Planned) -> int | Unset:
    return or_unset(planned.said.number("deletionWindowInDays"))
