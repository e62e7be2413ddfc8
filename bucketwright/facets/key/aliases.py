"""Aliases: under which names is the key known?"""

from typing import TYPE_CHECKING, Final

from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.handles import KEY
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.said import Said
from bucketwright.facets.tokens import ALIAS
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset

if TYPE_CHECKING:
    from bucketwright.facets.scopes import KeyScope

FRESH: Final[frozenset[str]] = frozenset()
_LISTED: Final = Read("kms", "ListAliases", "kms:ListAliases", KEY)
READS: Final = (_LISTED,)


def wanted(scope: "KeyScope") -> frozenset[str]:
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


def from_api(asked: Asked) -> frozenset[str]:
    several = asked.answered(_LISTED).parts("Aliases")
    return frozenset(one.needed("AliasName", one.text("AliasName")) for one in several)


def keeping(before: frozenset[str], after: frozenset[str]) -> frozenset[str]:
    return before | after


def to_api(before: frozenset[str], after: frozenset[str], site: Site) -> tuple[Write, ...]:
    key = {"TargetKeyId": site.target.handles["KeyId"]}
    changes = (
        *(("CreateAlias", {"AliasName": alias, **key}) for alias in sorted(after - before)),
        *(("DeleteAlias", {"AliasName": alias}) for alias in sorted(before - after)),
    )
    return tuple(site.write(operation, f"kms:{operation}", params, "kms") for operation, params in changes)
