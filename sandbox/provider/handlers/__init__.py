"""Which handler serves a type? Every handler of every module below, found by walking."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache

from sandbox.provider.handler import Handler


@cache
def handlers() -> Mapping[str, Handler]:
    """All handlers, by the token of their type."""
    return {handler.type: handler for handler in all_handlers()}


def all_handlers() -> Iterator[Handler]:
    """The handler of each module that has one."""
    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        handler = getattr(importlib.import_module(module.name), "HANDLER", None)
        if isinstance(handler, Handler):
            yield handler
