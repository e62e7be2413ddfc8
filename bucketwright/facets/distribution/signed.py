"""Signed: does the distribution hand out nothing without a signed link or cookie, by path?"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bucketwright.facets.behaviors import EVERYTHING, asks_for_signature, behaviors
from bucketwright.facets.distribution_answers import CONFIGURATION, configured
from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.reading import Asked
from bucketwright.facets.said import Said

if TYPE_CHECKING:
    from bucketwright.facets.scopes import DistributionScope

READS: Final = (CONFIGURATION,)


def wanted(_: "DistributionScope") -> Mapping[str, bool]:
    return MappingProxyType({EVERYTHING: True})


def to_args(_: Mapping[str, bool], __: Resolve) -> tuple[Declared, ...]:
    """Nothing by itself: the key group that `trusted_keys` asks for says it."""
    return ()


def from_plan(planned: Planned) -> Mapping[str, bool]:
    return _signed(planned.said)


def from_api(asked: Asked) -> Mapping[str, bool]:
    return _signed(configured(asked))


def _signed(said: Said) -> Mapping[str, bool]:
    return MappingProxyType({one: asks_for_signature(part) for one, part in behaviors(said).items()})
