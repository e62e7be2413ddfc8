"""The settings of a distribution: one module each, found by walking this folder."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, cast

from bucketwright.facets.walking import settings_in

if TYPE_CHECKING:
    from bucketwright.facets.facet import DeclaredFacet
    from bucketwright.facets.scopes import DistributionScope

FACETS: Final = cast(
    "Mapping[str, DeclaredFacet[DistributionScope, object]]", settings_in(__name__, __path__)
)
