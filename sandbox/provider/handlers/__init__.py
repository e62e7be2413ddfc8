"""Which handler serves a type? Every handler of every module below, found by walking."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache

from sandbox.provider.handler import Handler


@cache
def handlers() -> Mapping[str, Handler]:
    """All handlers, by the token of their type."""
    found: dict[str, Handler] = {}
    for handler in _walk():
        if found.setdefault(handler.type, handler) is not handler:
            raise ValueError(f"two handlers for {handler.type}")
    return found


def _walk() -> Iterator[Handler]:
    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        if not module.ispkg:
            handler = getattr(importlib.import_module(module.name), "HANDLER", None)
            if isinstance(handler, Handler):
                yield handler
