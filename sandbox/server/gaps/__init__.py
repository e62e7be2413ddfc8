"""What does moto get wrong that AWS gets right, and how is each mended? One file per part of the API.

A file is found by walking. It names its gaps in `GAPS` and their mends in `MENDINGS`. A gap that moto has
mended is removed here: the test of that gap says so.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from sandbox.server.calls import Call, Level
from sandbox.server.mending import Gap, Mend, Mending


@cache
def all_gaps() -> tuple[Gap, ...]:
    """Every gap, by its file and then as that file lists them."""
    return tuple(gap for file in _files() for gap in file.GAPS)


def mends_of(call: Call) -> tuple[Mend, ...]:
    """What mends this request, outermost first: what is for any request, then what is for its place."""
    return _mends(call.service, call.level, call.method, call.subresource)


@lru_cache(maxsize=1024)
def _mends(service: str, level: Level, method: str, subresource: str) -> tuple[Mend, ...]:
    found = (one for one in _mendings() if one.concerns(service, level, method, subresource))
    return tuple(one.mend for one in sorted(found, key=lambda one: one.order))


@cache
def _mendings() -> tuple[Mending, ...]:
    return tuple(mending for file in _files() for mending in file.MENDINGS)


def _files() -> Iterator[ModuleType]:
    return (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
