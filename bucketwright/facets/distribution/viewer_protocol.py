"""Viewer protocol: what does the distribution do with plain HTTP, by path?"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from bucketwright.facets.behaviors import EVERYTHING, behavior_args, behaviors
from bucketwright.facets.distribution_answers import CONFIGURATION, configured
from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.reading import Asked
from bucketwright.facets.said import Said

if TYPE_CHECKING:
    from bucketwright.facets.scopes import DistributionScope

ViewerProtocol = Literal["allow-all", "https-only", "redirect-to-https"]
READS: Final = (CONFIGURATION,)
_NAME: Final = "viewerProtocolPolicy"
_WORDS: Final[tuple[ViewerProtocol, ...]] = ("allow-all", "https-only", "redirect-to-https")


def wanted(_: "DistributionScope") -> Mapping[str, ViewerProtocol]:
    """A signed link that came by plain HTTP has been read by others on its way: it is refused."""
    return MappingProxyType({EVERYTHING: "https-only"})


def to_args(value: Mapping[str, ViewerProtocol], _: Resolve) -> tuple[Declared, ...]:
    return (behavior_args({one: {"viewer_protocol_policy": word} for one, word in value.items()}),)


def from_plan(planned: Planned) -> Mapping[str, ViewerProtocol]:
    return _protocols(planned.said)


def from_api(asked: Asked) -> Mapping[str, ViewerProtocol]:
    return _protocols(configured(asked))


def _protocols(said: Said) -> Mapping[str, ViewerProtocol]:
    return MappingProxyType({one: _protocol(part) for one, part in behaviors(said).items()})


def _protocol(said: Said) -> ViewerProtocol:
    return said.needed(_NAME, said.word(_NAME, _WORDS))
