"""Which settings does a kind of resource have? The modules of its folder."""

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Final


def settings_in(package: str, folder: Iterable[str]) -> Mapping[str, ModuleType]:
    """The modules of a folder by their names, in the order of the alphabet."""
    return _Settings(package, folder)


class _Settings(Mapping[str, ModuleType]):
    """A setting's file is loaded when somebody looks at the setting: most programs want few of them."""

    def __init__(self, package: str, folder: Iterable[str]) -> None:
        self._package: Final = package
        self._names: Final = dict.fromkeys(sorted(module.name for module in iter_modules(folder)))

    def __getitem__(self, name: str) -> ModuleType:
        if name not in self._names:
            raise KeyError(name)
        return import_module(f"{self._package}.{name}")

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
