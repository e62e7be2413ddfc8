"""Methods that a behaviour answers, and that it caches: side by side in Pulumi, nested in CloudFront."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sandbox.provider.handler import Plain

TOLD: Final = {"compress": False, "smoothStreaming": False}
_CACHED: Final = "cachedMethods"
_DEFAULT: Final = "defaultCacheBehavior"
_ORDERED: Final = "orderedCacheBehaviors"


def told(inputs: Plain) -> Plain:
    """The inputs with each behaviour's defaults, and without what CloudFront nests elsewhere."""
    ordered = inputs.get(_ORDERED)
    return {
        **inputs,
        _DEFAULT: _told(inputs[_DEFAULT]),
        **({_ORDERED: [_told(one) for one in ordered]} if isinstance(ordered, Sequence) else {}),
    }


def nest_cached_methods(config: dict[str, Any], inputs: Plain) -> dict[str, Any]:
    """The configuration with the cached methods of the inputs where CloudFront wants them."""
    ordered = inputs.get(_ORDERED)
    said = [inputs[_DEFAULT], *(ordered if isinstance(ordered, Sequence) else ())]
    for behaviour, one in zip(_behaviours(config), said, strict=True):
        cached = one.get(_CACHED, []) if isinstance(one, Mapping) else []
        behaviour["AllowedMethods"]["CachedMethods"] = {"Quantity": len(cached), "Items": cached}
    return config


def with_cached_methods(live: dict[str, Any], config: dict[str, Any]) -> dict[str, Any]:
    """What is live as inputs, with the cached methods that CloudFront nests."""
    said = [live[_DEFAULT], *live.get(_ORDERED, ())]
    for one, behaviour in zip(said, _behaviours(config), strict=True):
        cached = behaviour.get("AllowedMethods", {}).get("CachedMethods", {}).get("Items")
        one.update({_CACHED: cached} if cached else {})
    return live


def _behaviours(config: dict[str, Any]) -> list[dict[str, Any]]:
    return [config["DefaultCacheBehavior"], *config.get("CacheBehaviors", {}).get("Items", ())]


def _told(behaviour: object) -> Plain:
    said = behaviour if isinstance(behaviour, Mapping) else {}
    return {**TOLD, **{name: value for name, value in said.items() if name != _CACHED}}
