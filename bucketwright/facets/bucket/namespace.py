"""Namespace: could anybody else ever take the bucket's name?"""

from typing import Final, Literal

from bucketwright.facets.facet import BucketScope, Declared, Planned, Resolve
from bucketwright.facets.tokens import BUCKET
from bucketwright.posture import UNSET, Unset

Namespace = Literal["global", "account-regional"]
FRESH: Final[Namespace] = "global"
_KNOWN: Final[dict[str, Namespace]] = {"global": "global", "account-regional": "account-regional"}


def wanted(scope: BucketScope) -> Namespace:
    return scope.bucket.namespace


def to_args(value: Namespace, _: Resolve) -> tuple[Declared, ...]:
    return () if value == FRESH else (Declared(BUCKET, {"bucket_namespace": value}),)


def from_plan(planned: Planned) -> Namespace | Unset:
    return planned.said.choice("bucketNamespace", _KNOWN) or UNSET
