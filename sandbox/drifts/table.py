"""Which drifts are there? Every one of every module of `themes`, found by walking."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from bucketwright.plain_text import did_you_mean, shown
from sandbox.drifts import themes
from sandbox.drifts.drift import Drift, WrongNameError
from sandbox.drifts.facts import FACTS


@cache
def all_drifts() -> Mapping[str, Drift]:
    """All drifts by their names, theme by theme."""
    found: dict[str, Drift] = {}
    for drift in _walk():
        if found.setdefault(drift.name, drift) is not drift:
            raise ValueError(f"two drifts are called {drift.name}")
        if unknown := drift.changes - FACTS:
            raise ValueError(f"{drift.name} changes what is no fact: {', '.join(sorted(unknown))}")
    return MappingProxyType(found)


def _walk() -> Iterator[Drift]:
    for module in iter_modules(themes.__path__):
        members = vars(import_module(f"{themes.__name__}.{module.name}")).values()
        yield from (one for one in members if isinstance(one, Drift))


def drift_named(name: str) -> Drift:
    """The drift of a name; WrongNameError names the nearest."""
    found = all_drifts().get(name)
    if found is None:
        hint = did_you_mean(name, all_drifts()) or "'bucketwright sandbox drift --list' shows all"
        raise WrongNameError(f"there is no drift {shown(name)}; {hint}")
    return found
