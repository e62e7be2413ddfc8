"""Bucket: where does the trail deliver what it records?"""

from typing import Final

from bucketwright.facets.facet import Planned
from bucketwright.facets.reading import Asked
from bucketwright.facets.trail_answers import TRAIL_ITSELF, itself

READS: Final = (TRAIL_ITSELF,)


def from_plan(planned: Planned) -> str:
    """The bucket's address, or a stranger's name."""
    said = planned.said
    return said.needed("s3BucketName", said.reference("bucket", "s3BucketName"))


def from_api(asked: Asked) -> str:
    said = itself(asked)
    return said.needed("S3BucketName", said.reference("bucket", "S3BucketName"))
