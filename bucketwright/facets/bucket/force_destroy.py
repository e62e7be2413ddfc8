"""Force destroy: do the objects die with the bucket when a program destroys it?"""

from typing import TYPE_CHECKING, Final

from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.tokens import BUCKET
from bucketwright.posture import Unset, or_unset

if TYPE_CHECKING:
    from bucketwright.facets.bucket_scope import BucketScope

FRESH: Final = False


def wanted(scope: "BucketScope") -> bool:
    return scope.bucket.destroy_objects


def to_args(value: bool, _: Resolve) -> tuple[Declared, ...]:
    return (Declared(BUCKET, {"force_destroy": True}),) if value else ()


def from_plan(planned: Planned) -> bool | Unset:
    return or_unset(planned.said.flag("forceDestroy"))
