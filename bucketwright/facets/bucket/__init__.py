"""The settings of a bucket: one module each, found by walking this folder."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, cast

from bucketwright.facets.walking import settings_in

if TYPE_CHECKING:
    from bucketwright.facets.bucket_scope import BucketFacet

FACETS: Final = cast("Mapping[str, BucketFacet[object]]", settings_in(__name__, __path__))
