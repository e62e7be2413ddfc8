"""What does CloudFront answer of a distribution, as a plan would spell it?"""

from collections.abc import Mapping
from typing import Final

from bucketwright.facets.api_spelling import as_planned
from bucketwright.facets.handles import DISTRIBUTION
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.said import Said
from bucketwright.posture import Undetermined, Unknown

CONFIGURATION: Final = Read(
    "cloudfront", "GetDistributionConfig", "cloudfront:GetDistributionConfig", DISTRIBUTION
)
_DEEPEST: Final = 10


def configured(asked: Asked) -> Said:
    """The distribution's configuration, each list of it plain."""
    said = asked.answered(CONFIGURATION)
    found = said.needed("DistributionConfig", said.part("DistributionConfig"))
    return as_planned(
        Said({name: _plain(name, one, _DEEPEST) for name, one in found.values.items()}, said.refer)
    )


def listed(asked: Asked, read: Read, name: str, inner: str = "") -> Mapping[str, Said]:
    """What a list tells of all of a kind that an account has, by their ids; nothing is told of none."""
    entries = asked.answered(read).inside(name).parts("Items")
    found = (as_planned(one.inside(inner) if inner else one) for one in entries)
    return {one.needed("id", one.text("id")): one for one in found}


def known(several: Mapping[str, Said], what: str, identifier: str) -> Said:
    """One of them; Undetermined where the list does not tell of it."""
    if identifier not in several:
        raise Undetermined(what, Unknown(f"{identifier} is named, and CloudFront does not list it"))
    return several[identifier]


def _plain(name: str, value: object, depth: int) -> object:
    """CloudFront counts each list, and leaves out what an empty one would hold; some are switched off."""
    if isinstance(value, list) and depth:
        return [_plain(name, one, depth - 1) for one in value]
    if not isinstance(value, Mapping) or not depth:
        return value
    if "Quantity" not in value:
        return {inner: _plain(inner, one, depth - 1) for inner, one in value.items()}
    items = value.get("Items", [])
    if not isinstance(items, list) or len(items) != value["Quantity"]:
        raise Undetermined(name, Unknown("has another number of entries than it says"))
    return [] if value.get("Enabled") is False else [_plain(name, one, depth - 1) for one in items]
