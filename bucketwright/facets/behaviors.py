"""Which behaviors does a distribution have, by the paths they are for?"""

from collections.abc import Mapping
from typing import Final

from bucketwright.facets.facet import Args, Declared
from bucketwright.facets.said import Said
from bucketwright.facets.tokens import DISTRIBUTION
from bucketwright.posture import Undetermined, Unknown

EVERYTHING: Final = "*"
"""The pattern of the default behavior, for what no other is for."""


def behaviors(said: Said) -> Mapping[str, Said]:
    """Each behavior under its pattern, in the order CloudFront tries them, the default one last."""
    found = dict[str, Said]()
    for one in said.parts("orderedCacheBehaviors"):
        pattern = one.needed("pathPattern", one.text("pathPattern"))
        if pattern in (EVERYTHING, *found):
            raise Undetermined("behaviors", Unknown(f"two of them are for {pattern}"))
        found[pattern] = one
    default = said.part("defaultCacheBehavior")
    return {**found, EVERYTHING: said.needed("defaultCacheBehavior", default)}


def behavior_args(values: Mapping[str, Args]) -> Declared:
    """A distribution whose behaviors are told so, under their patterns."""
    ordered = [{"path_pattern": one, **args} for one, args in values.items() if one != EVERYTHING]
    default = {"default_cache_behavior": values[EVERYTHING]} if EVERYTHING in values else {}
    return Declared(DISTRIBUTION, {**default, **({"ordered_cache_behaviors": ordered} if ordered else {})})


def asks_for_signature(said: Said) -> bool:
    """Whether a behavior hands out nothing without a signature, whoever may sign."""
    return any(said.entries(name) for name in ("trustedKeyGroups", "trustedSigners"))
