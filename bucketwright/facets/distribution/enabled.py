"""Enabled: does the distribution answer at all?"""

from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.scopes import DistributionScope
from bucketwright.facets.tokens import DISTRIBUTION
from bucketwright.posture import Unset, or_unset


def wanted(_: DistributionScope) -> bool:
    return True


def to_args(value: bool, _: Resolve) -> tuple[Declared, ...]:
    return (Declared(DISTRIBUTION, {"enabled": value}),)


def from_plan(planned: Planned) -> bool | Unset:
    return or_unset(planned.said.flag("enabled"))
