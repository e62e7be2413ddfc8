"""Lifecycle: when do objects and unfinished uploads of a directory bucket go away by themselves?"""

from typing import Final

from bucketwright.facets.bucket import lifecycle
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.facets.facet import Planned
from bucketwright.facets.handles import DIRECTORY_BUCKET
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import Unset

KIND: Final = lifecycle.KIND
FRESH: Final = lifecycle.FRESH
_RULES: Final = Read(
    "s3",
    "GetBucketLifecycleConfiguration",
    "s3express:GetLifecycleConfiguration",
    DIRECTORY_BUCKET,
    lifecycle.NOT_CONFIGURED,
)
READS: Final = (_RULES,)


def from_plan(planned: Planned) -> Lifecycle | Unset:
    """The same resource says it as of any other bucket."""
    return lifecycle.from_plan(planned)


def from_api(asked: Asked) -> Lifecycle:
    return lifecycle.answered(asked.said(_RULES))


def keeping(before: Lifecycle, after: Lifecycle) -> Lifecycle:
    return lifecycle.keeping(before, after)


def to_api(before: Lifecycle, after: Lifecycle, site: Site) -> tuple[Write, ...]:
    return lifecycle.writes(before, after, site, "s3express:PutLifecycleConfiguration")
