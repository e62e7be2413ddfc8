"""What does S3 answer of an access point by itself?"""

from typing import Final

from bucketwright.facets.handles import ACCESS_POINT
from bucketwright.facets.reading import Read

POINT_ITSELF: Final = Read("s3control", "GetAccessPoint", "s3:GetAccessPoint", ACCESS_POINT)
