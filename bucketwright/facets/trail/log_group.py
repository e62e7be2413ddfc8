"""Log group: where can CloudWatch count what the trail records?"""

from typing import Final

from bucketwright.facets.facet import Planned
from bucketwright.facets.log_groups import log_group
from bucketwright.facets.reading import Asked
from bucketwright.facets.trail_answers import TRAIL_ITSELF, itself
from bucketwright.posture import UNSET, Unset

FRESH: Final[str | None] = None
READS: Final = (TRAIL_ITSELF,)
_NAME: Final = "cloudWatchLogsGroupArn"


def from_plan(planned: Planned) -> str | Unset:
    """The log group's address, or a stranger's name."""
    return log_group(planned.said, _NAME) or UNSET


def from_api(asked: Asked) -> str | None:
    """Nothing is answered where there is none."""
    return log_group(itself(asked), "CloudWatchLogsLogGroupArn")
