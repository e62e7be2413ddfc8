"""What does CloudTrail answer of a trail by itself?"""

from typing import Final

from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.said import Said

TRAIL_ITSELF: Final = Read("cloudtrail", "GetTrail", "cloudtrail:GetTrail", ("Name",))


def itself(asked: Asked) -> Said:
    """What CloudTrail says of the trail."""
    said = asked.answered(TRAIL_ITSELF)
    return said.needed("Trail", said.part("Trail"))
