"""Lifecycle: when do objects and unfinished uploads of a directory bucket go away by themselves?"""

from typing import Final

from bucketwright.facets.bucket import lifecycle
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.facets.facet import Planned
from bucketwright.posture import Unset

KIND: Final = lifecycle.KIND
FRESH: Final = lifecycle.FRESH


def from_plan(planned: Planned) -> Lifecycle | Unset:
    """The same resource says it as of any other bucket."""
    return lifecycle.from_plan(planned)
