"""Region: where does the bucket live?"""

from typing import Final

from bucketwright.facets.facet import BucketScope, Declared, Planned, Resolve
from bucketwright.facets.tokens import BUCKET
from bucketwright.posture import Unknown

FRESH: Final = ""
"""The provider's own, whichever that is."""


def wanted(scope: BucketScope) -> str:
    return scope.region


def to_args(value: str, _: Resolve) -> tuple[Declared, ...]:
    return (Declared(BUCKET, {"region": value}),) if value else ()


def from_plan(planned: Planned) -> str | Unknown:
    return planned.said.text("region") or Unknown("the provider's own region, which the bucket does not say")
