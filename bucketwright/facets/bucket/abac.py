"""ABAC: do tags of the bucket decide who has access?"""

from typing import Final

from bucketwright.facets.facet import BucketScope, Declared, Planned, Resolve
from bucketwright.facets.status import STATUS
from bucketwright.posture import UNSET, Unset

KIND: Final = "aws:s3/bucketAbac:BucketAbac"
FRESH: Final = False


def wanted(scope: BucketScope) -> bool:
    return scope.bucket.abac


def to_args(value: bool, _: Resolve) -> tuple[Declared, ...]:
    return (Declared(KIND, {"abac_status": {"status": "Enabled"}}),) if value else ()


def from_plan(planned: Planned) -> bool | Unset:
    said = planned.one(KIND)
    if said is None:
        return UNSET
    part = said.needed("abacStatus", said.part("abacStatus"))
    return part.needed("status", part.choice("status", STATUS))
