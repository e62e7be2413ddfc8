"""Ownership: who owns uploaded objects, and do ACLs mean anything?"""

from typing import Final, Literal

from bucketwright.facets.facet import BucketScope, Declared, Planned, Resolve
from bucketwright.posture import UNSET, Unset

Ownership = Literal["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"]
KIND: Final = "aws:s3/bucketOwnershipControls:BucketOwnershipControls"
FRESH: Final[Ownership] = "BucketOwnerEnforced"
_DECLARED: Final[dict[str, Ownership]] = {
    "enforced": "BucketOwnerEnforced",
    "preferred": "BucketOwnerPreferred",
    "writer": "ObjectWriter",
}


def wanted(scope: BucketScope) -> Ownership:
    return _DECLARED[scope.bucket.ownership]


def to_args(value: Ownership, _: Resolve) -> tuple[Declared, ...]:
    return (Declared(KIND, {"rule": {"object_ownership": value}}),)


def from_plan(planned: Planned) -> Ownership | Unset:
    said = planned.one(KIND)
    if said is None:
        return UNSET
    rule = said.inside("rule")
    return rule.needed("objectOwnership", rule.word("objectOwnership", _DECLARED.values()))
