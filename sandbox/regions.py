"""What is CreateBucket told of a region?"""

from collections.abc import Mapping
from typing import Any, Final

FIRST_REGION: Final = "us-east-1"


def located(region: str) -> Mapping[str, Any]:
    """The argument that names it; of S3's first region nothing may be said."""
    return {} if region == FIRST_REGION else {"CreateBucketConfiguration": {"LocationConstraint": region}}
