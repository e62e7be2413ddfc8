"""Analyzers: where does IAM Access Analyzer look for what outsiders can reach?"""

from dataclasses import dataclass
from typing import Final, Literal, get_args

from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.said import Said
from bucketwright.facets.scopes import AccountScope
from bucketwright.facets.tokens import ANALYZER
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset

Scope = Literal[
    "ACCOUNT", "ACCOUNT_INTERNAL_ACCESS", "ACCOUNT_UNUSED_ACCESS",
    "ORGANIZATION", "ORGANIZATION_INTERNAL_ACCESS", "ORGANIZATION_UNUSED_ACCESS",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Analyzer:
    """One analyzer."""

    type: Scope
    region: str


Analyzers = frozenset[Analyzer]
KIND: Final = ANALYZER
EXTERNAL: Final[frozenset[Scope]] = frozenset({"ACCOUNT", "ORGANIZATION"})
"""Those that look for access from outside; the others look at what is granted within."""
_SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)


def wanted(_: AccountScope) -> Unset:
    """A contract leaves them to whoever has the account."""
    return UNSET


def to_args(_: Analyzers | Unset, __: Resolve) -> tuple[Declared, ...]:
    return ()


def from_plan(planned: Planned) -> Analyzers | Unset:
    return frozenset(map(_analyzer, planned.all(KIND))) or UNSET


def _analyzer(said: Said) -> Analyzer:
    region = said.text("region")
    if region is None:
        raise Undetermined("region", Unknown("the provider's own region, which the analyzer does not say"))
    return Analyzer(said.word("type", _SCOPES) or "ACCOUNT", region)
