"""Which settings does a kind of resource have? The modules of its folder."""

from collections.abc import Iterable, Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType, ModuleType


def settings_in(package: str, folder: Iterable[str]) -> Mapping[str, ModuleType]:
    """The modules of a folder by their names, in the order of the alphabet."""
    names = sorted(module.name for module in iter_modules(folder))
    return MappingProxyType({name: import_module(f"{package}.{name}") for name in names})
