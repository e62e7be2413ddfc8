"""Versioning: can an overwritten or deleted object be brought back?"""

from typing import TYPE_CHECKING, Final, Literal

from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.writing import Site, Unsettable, Write
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset

if TYPE_CHECKING:
    from bucketwright.facets.bucket_scope import BucketScope

Versioning = Literal["Enabled", "Suspended", "Disabled"]
KIND: Final = "aws:s3/bucketVersioning:BucketVersioning"
FRESH: Final[Versioning] = "Disabled"
_DECLARED: Final[dict[str, Versioning]] = {
    "enabled": "Enabled",
    "suspended": "Suspended",
    "disabled": "Disabled",
}
STATE: Final = Read("s3", "GetBucketVersioning", "s3:GetBucketVersioning", ("Bucket",))
READS: Final = (STATE,)


def wanted(scope: "BucketScope") -> Versioning:
    return _DECLARED[scope.bucket.versioning]


def to_args(value: Versioning, _: Resolve) -> tuple[Declared, ...]:
    if value == FRESH:
        return ()
    return (Declared(KIND, {"versioning_configuration": {"status": value}}),)


def from_plan(planned: Planned) -> Versioning | Unset:
    """The bucket's own property says on, or nothing: off may mean suspended or never on."""
    said, inline = planned.one(KIND), planned.said.part("versioning")
    on = None if inline is None else bool(inline.flag("enabled"))
    if said is None:
        return "Enabled" if on else UNSET
    part = said.needed("versioningConfiguration", said.part("versioningConfiguration"))
    status: Versioning = part.needed("status", part.word("status", _DECLARED.values()))
    if on is not None and on != (status == "Enabled"):
        raise Undetermined("versioning", Unknown("the bucket says one thing, a resource of its own another"))
    return status


def from_api(asked: Asked) -> Versioning:
    """No status is answered where it was never on."""
    status: Versioning | None = asked.answered(STATE).word("Status", ("Enabled", "Suspended"))
    return status or FRESH


def to_api(before: Versioning, after: Versioning, site: Site) -> tuple[Write, ...]:
    if before == after:
        return ()
    if after == FRESH:
        raise Unsettable("S3 cannot turn versioning off once it was on; it can suspend it")
    state = {"VersioningConfiguration": {"Status": after}}
    return (site.write("PutBucketVersioning", "s3:PutBucketVersioning", state),)
