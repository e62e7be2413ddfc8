"""What does a setting of any kind of resource offer, whether a contract can declare it or not?"""

from collections.abc import Mapping
from typing import Final, Protocol, TypeVar

from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.posture import UNSET, Unknown, Unset

Scope = TypeVar("Scope")
Value = TypeVar("Value")
Value_co = TypeVar("Value_co", covariant=True)
Scope_contra = TypeVar("Scope_contra", contravariant=True)
ROLE: Final = "aws:iam/role:Role"
KEY: Final = "aws:kms/key:Key"
ALIAS: Final = "aws:kms/alias:Alias"
DISTRIBUTION: Final = "aws:cloudfront/distribution:Distribution"
ACCESS_POINT: Final = "aws:s3/accessPoint:AccessPoint"
TRAIL: Final = "aws:cloudtrail/trail:Trail"
QUEUE: Final = "aws:sqs/queue:Queue"


class ReadFacet(Protocol[Value_co]):
    """A setting that a plan can tell. Where AWS has a default for it, the module's FRESH says which."""

    def from_plan(self, planned: Planned, /) -> Value_co | Unset | Unknown:
        """What the plan says; Unset where it says nothing. May raise Undetermined."""


class DeclaredFacet(ReadFacet[Value], Protocol[Scope_contra, Value]):
    """A setting that a contract can declare, too."""

    def wanted(self, scope: Scope_contra, /) -> Value | Unset:
        """What the contract declares; Unset where that is nothing."""

    def to_args(self, value: Value, resolve: Resolve, /) -> tuple[Declared, ...]:
        """The resources that say so; none where nothing has to be said."""


def wanted_of(scope: Scope, facets: Mapping[str, DeclaredFacet[Scope, object]]) -> dict[str, object]:
    """What the contract declares of each setting, under the setting's name."""
    return {name: facet.wanted(scope) for name, facet in facets.items()}


def fresh(facet: object) -> object:
    """What AWS gives a resource made today of which nothing is said; Unset where it has no default."""
    return getattr(facet, "FRESH", UNSET)
