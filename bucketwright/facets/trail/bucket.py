"""Bucket: where does the trail deliver what it records?"""

from bucketwright.facets.facet import Planned


def from_plan(planned: Planned) -> str:
    """The bucket's address, or a stranger's name."""
    said = planned.said
    return said.needed("s3BucketName", said.reference("bucket", "s3BucketName"))
