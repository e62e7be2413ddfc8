"""Price class: from which of CloudFront's edges is answered?"""

from typing import TYPE_CHECKING, Final

from bucketwright.facets.distribution_answers import CONFIGURATION, configured
from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.reading import Asked
from bucketwright.facets.tokens import DISTRIBUTION
from bucketwright.posture import UNSET, Unset

if TYPE_CHECKING:
    from bucketwright.facets.scopes import DistributionScope

FRESH: Final = "PriceClass_All"
READS: Final = (CONFIGURATION,)
_DECLARED: Final = {"americas-europe": "PriceClass_100", "most": "PriceClass_200", "all": FRESH}


def wanted(scope: "DistributionScope") -> str:
    return FRESH if scope.cloudfront is None else _DECLARED[scope.cloudfront.edges]


def to_args(value: str, _: Resolve) -> tuple[Declared, ...]:
    return () if value == FRESH else (Declared(DISTRIBUTION, {"price_class": value}),)


def from_plan(planned: Planned) -> str | Unset:
    return planned.said.text("priceClass") or UNSET


def from_api(asked: Asked) -> str:
    said = configured(asked)
    return said.needed("priceClass", said.text("priceClass"))
