"""Acceleration: may uploads come in through CloudFront's edge locations?"""

from typing import Final

from bucketwright.facets.facet import BucketScope, Declared, Planned, Resolve, agreed
from bucketwright.posture import UNSET, Unset, or_unset

KIND: Final = "aws:s3/bucketAccelerateConfiguration:BucketAccelerateConfiguration"
FRESH: Final = False
_STATUS: Final = {"Enabled": True, "Suspended": False}


def wanted(scope: BucketScope) -> bool:
    return scope.bucket.acceleration


def to_args(value: bool, _: Resolve) -> tuple[Declared, ...]:
    return (Declared(KIND, {"status": "Enabled"}),) if value else ()


def from_plan(planned: Planned) -> bool | Unset:
    said, inline = planned.one(KIND), planned.said.choice("accelerationStatus", _STATUS)
    separate = UNSET if said is None else said.needed("status", said.choice("status", _STATUS))
    return agreed("acceleration", separate, or_unset(inline))
