"""The catalogue: every rule once, one file each, found by walking the folders of the themes."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Final

from bucketwright.posture import Posture
from bucketwright.rules.rule import Fix, Rule

__all__ = ["catalogue", "theme_of"]


@cache
def catalogue() -> Mapping[str, Rule[Posture]]:
    """Each rule under its id, in the order of the alphabet."""
    return _Catalogue()


def theme_of(rule_id: str) -> str:
    """The folder a rule lies in."""
    return catalogue()[rule_id].judge.__module__.rpartition(".")[0].rpartition(".")[2]


class _Catalogue(Mapping[str, Rule[Posture]]):
    """A rule's file is loaded when somebody looks at the rule: most programs want few of them."""

    def __init__(self) -> None:
        self._files: Final = dict(sorted(_files()))
        self._loaded: Final[dict[str, Rule[Posture]]] = {}

    def __getitem__(self, rule_id: str) -> Rule[Posture]:
        found = self._loaded.get(rule_id)
        if found is None:
            found = self._loaded[rule_id] = _rule_in(import_module(self._files[rule_id]))
        return found

    def __contains__(self, rule_id: object) -> bool:
        return rule_id in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def _files() -> Iterator[tuple[str, str]]:
    """Each rule's id and its module, by the names of the files."""
    for theme in iter_modules(__path__):
        if theme.ispkg:
            package = import_module(f"{__name__}.{theme.name}")
            for module in iter_modules(package.__path__):
                yield _id_of(module.name), f"{package.__name__}.{module.name}"


def _id_of(file: str) -> str:
    return file.replace("_", "-")


def _rule_in(module: ModuleType) -> Rule[Posture]:
    """The one rule of a file, with its fix where it has one."""
    rules = [value for value in vars(module).values() if isinstance(value, Rule)]
    fixes = [value for value in vars(module).values() if isinstance(value, Fix)]
    named = _id_of(module.__name__.rpartition(".")[2])
    if [named] != [rule.id for rule in rules] or {named} < {named, *(fix.rule for fix in fixes)}:
        held = ", ".join(rule.id for rule in rules) or "no rule"
        raise ValueError(f"{module.__name__} holds {held}: one rule a file, called as the rule is")
    return replace(rules[0], repair=fixes[0] if fixes else None)
