"""Aliases: under which names is the key known?"""

from typing import Final

from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.said import Said
from bucketwright.facets.scopes import KeyScope
from bucketwright.facets.tokens import ALIAS
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset

FRESH: Final[frozenset[str]] = frozenset()


def wanted(scope: KeyScope) -> frozenset[str]:
    """One, by which policies mean the key before anybody knows its id."""
    return frozenset({scope.name})


def to_args(value: frozenset[str], _: Resolve) -> tuple[Declared, ...]:
    """Each alias, which the program points to the key."""
    return tuple(Declared(ALIAS, {"name": alias}, _short(alias)) for alias in sorted(value))


def from_plan(planned: Planned) -> frozenset[str] | Unset:
    return frozenset(map(_name, planned.all(ALIAS))) or UNSET


def _name(said: Said) -> str:
    name = said.text("name")
    if name is None:
        raise Undetermined("aliases", Unknown("the program leaves the name of an alias to the engine"))
    return name


def _short(alias: str) -> str:
    return alias.removeprefix("alias/").replace("/", "-")
