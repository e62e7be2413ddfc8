"""Tags: whose is the bucket, and which part of which contract is it?"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bucketwright.facets.facet import BUCKET, BucketScope, Declared, Planned, Resolve
from bucketwright.facets.tagging import NONE, resource_tags
from bucketwright.posture import UNSET, Unset

FRESH: Final = NONE


def wanted(scope: BucketScope) -> Mapping[str, str]:
    return resource_tags(scope.environment, scope.address, scope.bucket.tags)


def to_args(value: Mapping[str, str], _: Resolve) -> tuple[Declared, ...]:
    return (Declared(BUCKET, {"tags": dict(value)}),) if value else ()


def from_plan(planned: Planned) -> Mapping[str, str] | Unset:
    return MappingProxyType(dict(planned.said.map("tags"))) or UNSET
