"""Domains: under which host names of one's own does the distribution answer?"""

from typing import TYPE_CHECKING, Final

from bucketwright.facets.distribution_answers import CONFIGURATION, configured
from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.reading import Asked
from bucketwright.facets.tokens import DISTRIBUTION
from bucketwright.posture import UNSET, Unset

if TYPE_CHECKING:
    from bucketwright.facets.scopes import DistributionScope

FRESH: Final[frozenset[str]] = frozenset()
READS: Final = (CONFIGURATION,)


def wanted(scope: "DistributionScope") -> frozenset[str]:
    return FRESH if scope.cloudfront is None else frozenset(scope.cloudfront.domains)


def to_args(value: frozenset[str], _: Resolve) -> tuple[Declared, ...]:
    return (Declared(DISTRIBUTION, {"aliases": sorted(value)}),) if value else ()


def from_plan(planned: Planned) -> frozenset[str] | Unset:
    return frozenset(planned.said.texts("aliases")) or UNSET


def from_api(asked: Asked) -> frozenset[str]:
    return frozenset(configured(asked).texts("aliases"))
