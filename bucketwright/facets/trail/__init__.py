"""The settings of a trail: one module each, found by walking this folder."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, cast

from bucketwright.facets.walking import settings_in

if TYPE_CHECKING:
    from bucketwright.facets.facet import ReadFacet

FACETS: Final = cast("Mapping[str, ReadFacet[object]]", settings_in(__name__, __path__))
