"""Analyzers: where does IAM Access Analyzer look for what outsiders can reach?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

from bucketwright.calls import Call
from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.said import Said
from bucketwright.facets.tokens import ANALYZER
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset

if TYPE_CHECKING:
    from bucketwright.facets.scopes import AccountScope

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
_LISTED: Final = Read("accessanalyzer", "ListAnalyzers", "access-analyzer:ListAnalyzers")
READS: Final = (_LISTED,)
_STATES: Final = {"ACTIVE": True, "CREATING": True, "DISABLED": False, "FAILED": False}
_OURS: Final = "bucketwright"
"""What an analyzer is called that a fix makes."""


def wanted(_: "AccountScope") -> Unset:
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


def from_api(asked: Asked) -> Analyzers:
    """Those of the region that was asked; one that is disabled or failed looks at nothing."""
    region = asked.target.region
    several = asked.answered(_LISTED).parts("analyzers")
    return frozenset(_answered(one, region) for one in several if _looks(one))


def across(regions: Iterable[Analyzers]) -> Analyzers:
    """Those of all regions, each of which is asked by itself."""
    return frozenset[Analyzer]().union(*regions)


def keeping(before: Analyzers, after: Analyzers) -> Analyzers:
    return before | after


def to_api(before: Analyzers, after: Analyzers, site: Site) -> tuple[Write, ...]:
    """Each in its region; deleted is only what such a call made, for the name of others is not known."""
    changes = (
        *(("CreateAnalyzer", one) for one in sorted(after - before, key=repr)),
        *(("DeleteAnalyzer", one) for one in sorted(before - after, key=repr)),
    )
    return tuple(_write(operation, one, site) for operation, one in changes)


def _write(operation: str, one: Analyzer, site: Site) -> Write:
    named = {"analyzerName": f"{_OURS}-{one.type.lower()}"}
    params = {**named, "type": one.type} if operation == "CreateAnalyzer" else named
    call = Call("accessanalyzer", operation, params, one.region, site.target.signer)
    return Write(call, f"access-analyzer:{operation}")


def _answered(said: Said, region: str) -> Analyzer:
    return Analyzer(said.needed("type", said.word("type", _SCOPES)), region)


def _looks(said: Said) -> bool:
    return said.needed("status", said.choice("status", _STATES))
