"""Rotation: after how many days does KMS make new material for the key, if ever?"""

from typing import TYPE_CHECKING, Final

from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.handles import KEY as HANDLES
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.tokens import KEY
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset

if TYPE_CHECKING:
    from bucketwright.facets.scopes import KeyScope

FRESH: Final[int | None] = None
YEAR: Final = 365
"""What KMS takes where no number is given."""
_STATUS: Final = Read("kms", "GetKeyRotationStatus", "kms:GetKeyRotationStatus", HANDLES)
READS: Final = (_STATUS,)


def wanted(_: "KeyScope") -> int | None:
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


def from_api(asked: Asked) -> int | None:
    said = asked.answered(_STATUS)
    if not said.needed("KeyRotationEnabled", said.flag("KeyRotationEnabled")):
        return None
    return said.needed("RotationPeriodInDays", said.number("RotationPeriodInDays"))


def to_api(before: int | None, after: int | None, site: Site) -> tuple[Write, ...]:
    if before == after:
        return ()
    key = {"KeyId": site.target.handles["KeyId"]}
    if after is None:
        return (site.write("DisableKeyRotation", "kms:DisableKeyRotation", key, "kms"),)
    period = {**key, "RotationPeriodInDays": after}
    return (site.write("EnableKeyRotation", "kms:EnableKeyRotation", period, "kms"),)
