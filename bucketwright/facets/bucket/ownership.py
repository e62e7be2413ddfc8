"""Ownership: who owns uploaded objects, and do ACLs mean anything?"""

from typing import TYPE_CHECKING, Final, Literal

from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import UNSET, Unset

if TYPE_CHECKING:
    from bucketwright.facets.bucket_scope import BucketScope

Ownership = Literal["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"]
KIND: Final = "aws:s3/bucketOwnershipControls:BucketOwnershipControls"
FRESH: Final[Ownership] = "BucketOwnerEnforced"
_DECLARED: Final[dict[str, Ownership]] = {
    "enforced": "BucketOwnerEnforced",
    "preferred": "BucketOwnerPreferred",
    "writer": "ObjectWriter",
}
_UNCONTROLLED: Final[Ownership] = "ObjectWriter"
"""What holds where no controls are configured, as in buckets older than these."""
_CONTROLS: Final = Read(
    "s3",
    "GetBucketOwnershipControls",
    "s3:GetBucketOwnershipControls",
    ("Bucket",),
    frozenset({"OwnershipControlsNotFoundError"}),
)
READS: Final = (_CONTROLS,)


def wanted(scope: "BucketScope") -> Ownership:
    return _DECLARED[scope.bucket.ownership]


def to_args(value: Ownership, _: Resolve) -> tuple[Declared, ...]:
    return (Declared(KIND, {"rule": {"object_ownership": value}}),)


def from_plan(planned: Planned) -> Ownership | Unset:
    said = planned.one(KIND)
    if said is None:
        return UNSET
    rule = said.inside("rule")
    return rule.needed("objectOwnership", rule.word("objectOwnership", _DECLARED.values()))


def from_api(asked: Asked) -> Ownership:
    said = asked.said(_CONTROLS)
    if said is None:
        return _UNCONTROLLED
    controls = said.needed("OwnershipControls", said.part("OwnershipControls"))
    rule = controls.needed("Rules", controls.part("Rules"))
    return rule.needed("ObjectOwnership", rule.word("ObjectOwnership", _DECLARED.values()))


def to_api(before: Ownership, after: Ownership, site: Site) -> tuple[Write, ...]:
    if before == after:
        return ()
    controls = {"OwnershipControls": {"Rules": [{"ObjectOwnership": after}]}}
    return (site.write("PutBucketOwnershipControls", "s3:PutBucketOwnershipControls", controls),)
