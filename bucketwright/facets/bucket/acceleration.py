"""Acceleration: may uploads come in through CloudFront's edge locations?"""

from typing import TYPE_CHECKING, Final

from bucketwright.facets.facet import (
    Declared,
    Planned,
    Resolve,
    agreed,
)
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import UNSET, Unset, or_unset

if TYPE_CHECKING:
    from bucketwright.facets.bucket_scope import BucketScope

KIND: Final = "aws:s3/bucketAccelerateConfiguration:BucketAccelerateConfiguration"
FRESH: Final = False
_STATUS: Final = {"Enabled": True, "Suspended": False}
_STATE: Final = Read("s3", "GetBucketAccelerateConfiguration", "s3:GetAccelerateConfiguration", ("Bucket",))
READS: Final = (_STATE,)


def wanted(scope: "BucketScope") -> bool:
    return scope.bucket.acceleration


def to_args(value: bool, _: Resolve) -> tuple[Declared, ...]:
    return (Declared(KIND, {"status": "Enabled"}),) if value else ()


def from_plan(planned: Planned) -> bool | Unset:
    said, inline = planned.one(KIND), planned.said.choice("accelerationStatus", _STATUS)
    separate = UNSET if said is None else said.needed("status", said.choice("status", _STATUS))
    return agreed("acceleration", separate, or_unset(inline))


def from_api(asked: Asked) -> bool:
    """No status is answered where it was never on."""
    return bool(asked.answered(_STATE).choice("Status", _STATUS))


def to_api(before: bool, after: bool, site: Site) -> tuple[Write, ...]:
    if before == after:
        return ()
    state = {"AccelerateConfiguration": {"Status": "Enabled" if after else "Suspended"}}
    return (site.write("PutBucketAccelerateConfiguration", "s3:PutAccelerateConfiguration", state),)
