"""ABAC: do tags of the bucket decide who has access?"""

from typing import TYPE_CHECKING, Final

from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.status import STATUS, status
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import UNSET, Unset

if TYPE_CHECKING:
    from bucketwright.facets.bucket_scope import BucketScope

KIND: Final = "aws:s3/bucketAbac:BucketAbac"
FRESH: Final = False
_STATUS: Final = Read("s3", "GetBucketAbac", "s3:GetBucketAbac", ("Bucket",))
READS: Final = (_STATUS,)


def wanted(scope: "BucketScope") -> bool:
    return scope.bucket.abac


def to_args(value: bool, _: Resolve) -> tuple[Declared, ...]:
    return (Declared(KIND, {"abac_status": {"status": "Enabled"}}),) if value else ()


def from_plan(planned: Planned) -> bool | Unset:
    said = planned.one(KIND)
    if said is None:
        return UNSET
    part = said.needed("abacStatus", said.part("abacStatus"))
    return part.needed("status", part.choice("status", STATUS))


def from_api(asked: Asked) -> bool:
    said = asked.answered(_STATUS)
    part = said.needed("AbacStatus", said.part("AbacStatus"))
    return part.needed("Status", part.choice("Status", STATUS))


def to_api(before: bool, after: bool, site: Site) -> tuple[Write, ...]:
    if before == after:
        return ()
    return (site.write("PutBucketAbac", "s3:PutBucketAbac", {"AbacStatus": {"Status": status(after)}}),)
