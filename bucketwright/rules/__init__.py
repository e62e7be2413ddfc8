"""The catalogue: every rule once, one file each, found by walking the folders of the themes."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType, ModuleType

from bucketwright.posture import Posture
from bucketwright.rules.rule import Fix, Rule

__all__ = ["catalogue", "theme_of"]


@cache
def catalogue() -> Mapping[str, Rule[Posture]]:
    """Each rule under its id, in the order of the alphabet."""
    rules = sorted(map(_rule_in, _modules()), key=lambda one: one.id)
    return MappingProxyType({one.id: one for one in rules})


def theme_of(rule_id: str) -> str:
    """The folder a rule lies in."""
    return catalogue()[rule_id].judge.__module__.rpartition(".")[0].rpartition(".")[2]


def _modules() -> Iterator[ModuleType]:
    for theme in iter_modules(__path__):
        if theme.ispkg:
            package = import_module(f"{__name__}.{theme.name}")
            for module in iter_modules(package.__path__):
                yield import_module(f"{package.__name__}.{module.name}")


def _rule_in(module: ModuleType) -> Rule[Posture]:
    """The one rule of a file, with its fix where it has one."""
    rules = [value for value in vars(module).values() if isinstance(value, Rule)]
    fixes = [value for value in vars(module).values() if isinstance(value, Fix)]
    named = module.__name__.rpartition(".")[2].replace("_", "-")
    if [named] != [rule.id for rule in rules] or {named} < {named, *(fix.rule for fix in fixes)}:
        held = ", ".join(rule.id for rule in rules) or "no rule"
        raise ValueError(f"{module.__name__} holds {held}: one rule a file, called as the rule is")
    return replace(rules[0], repair=fixes[0] if fixes else None)
