"""Enabled: does the distribution answer at all?"""

from typing import TYPE_CHECKING, Final

from bucketwright.facets.distribution_answers import CONFIGURATION, configured
from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.reading import Asked
from bucketwright.facets.tokens import DISTRIBUTION
from bucketwright.posture import Unset, or_unset

if TYPE_CHECKING:
    from bucketwright.facets.scopes import DistributionScope

READS: Final = (CONFIGURATION,)


def wanted(_: "DistributionScope") -> bool:
    return True


def to_args(value: bool, _: Resolve) -> tuple[Declared, ...]:
    return (Declared(DISTRIBUTION, {"enabled": value}),)


def from_plan(planned: Planned) -> bool | Unset:
    return or_unset(planned.said.flag("enabled"))


def from_api(asked: Asked) -> bool:
    said = configured(asked)
    return said.needed("enabled", said.flag("enabled"))
