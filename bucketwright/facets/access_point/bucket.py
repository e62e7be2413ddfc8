"""Bucket: of which bucket is it a door?"""

from bucketwright.facets.facet import Planned


def from_plan(planned: Planned) -> str:
    """The bucket's address, or a stranger's name."""
    return planned.said.needed("bucket", planned.said.reference("bucket", "bucket"))
