"""Bucket: of which bucket is it a door?"""

from typing import Final

from bucketwright.facets.access_point_answers import POINT_ITSELF
from bucketwright.facets.facet import Planned
from bucketwright.facets.reading import Asked

READS: Final = (POINT_ITSELF,)


def from_plan(planned: Planned) -> str:
    """The bucket's address, or a stranger's name."""
    return planned.said.needed("bucket", planned.said.reference("bucket", "bucket"))


def from_api(asked: Asked) -> str:
    said = asked.answered(POINT_ITSELF)
    return said.needed("Bucket", said.reference("bucket", "Bucket"))
