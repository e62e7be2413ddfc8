"""Rotation: after how many days does KMS make new material for the key, if ever?"""

from typing import Final

from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.scopes import KeyScope
from bucketwright.facets.tokens import KEY
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset

FRESH: Final[int | None] = None
YEAR: Final = 365
"""What KMS takes where no number is given."""


def wanted(_: KeyScope) -> int | None:
    """Once a year: it costs little, and old material still decrypts."""
    return YEAR


def to_args(value: int | None, _: Resolve) -> tuple[Declared, ...]:
    if value is None:
        return ()
    period = {} if value == YEAR else {"rotation_period_in_days": value}
    return (Declared(KEY, {"enable_key_rotation": True, **period}),)


def from_plan(planned: Planned) -> int | Unset | None:
    on, days = planned.said.flag("enableKeyRotation"), planned.said.number("rotationPeriodInDays")
    if days is not None and not on:
        raise Undetermined("rotation", Unknown("a period is given, and rotation is not turned on"))
    if on is None:
        return UNSET
    return (days or YEAR) if on else None
