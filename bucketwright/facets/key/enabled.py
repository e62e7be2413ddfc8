"""Enabled: can the key be used?"""

from typing import Final

from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.scopes import KeyScope
from bucketwright.facets.tokens import KEY
from bucketwright.posture import Unset, or_unset

FRESH: Final = True


def wanted(_: KeyScope) -> bool:
    return True


def to_args(value: bool, _: Resolve) -> tuple[Declared, ...]:
    return () if value else (Declared(KEY, {"is_enabled": False}),)


def from_plan(planned: Planned) -> bool | Unset:
    return or_unset(planned.said.flag("isEnabled"))
