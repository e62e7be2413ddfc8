"""What a facet is: one setting of one kind of resource, in the languages of contract, program and plan."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from bucketwright.facets.said import Refer, Said
from bucketwright.plan import Resource
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset

Scope = TypeVar("Scope")
Scope_contra = TypeVar("Scope_contra", contravariant=True)
Value = TypeVar("Value")
Value_co = TypeVar("Value_co", covariant=True)
Args = Mapping[str, object]
Form = Literal["name", "arn", "domain"]


class Resolve(Protocol):
    """What a program has for a contract address: its name, ARN or host name, often an output."""

    def __call__(self, address: str, form: Form, /) -> object: ...


@dataclass(frozen=True, slots=True)
class Declared:
    """Arguments of one resource of a program; facets that share a resource name it alike and are merged."""

    kind: str
    args: Args
    name: str = ""
    """Tells several resources of one kind apart."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A resource of a plan, with the resources that say more of it."""

    resource: Resource
    parts: tuple[Resource, ...]
    refer_from: Callable[[Resource], Refer]

    @property
    def said(self) -> Said:
        """What the resource itself says."""
        return self.says(self.resource)

    def all(self, kind: str) -> tuple[Said, ...]:
        """What its further resources of a kind say."""
        return tuple(self.says(part) for part in self.parts if part.kind == kind)

    def one(self, kind: str) -> Said | None:
        """The same where one such resource is all there can be; two of them contend."""
        found = self.all(kind)
        if len(found) > 1:
            raise Undetermined(kind, Unknown(f"{len(found)} resources set it, and the last one wins"))
        return found[0] if found else None

    def says(self, resource: Resource) -> Said:
        """What one of its resources says."""
        return Said(resource.inputs, self.refer_from(resource))


def agreed(name: str, separate: Value | Unset, inline: Value | Unset) -> Value | Unset:
    """What a resource of its own and the bucket itself say of a setting, where they do not contend."""
    if isinstance(separate, Unset) or isinstance(inline, Unset) or separate == inline:
        return inline if isinstance(separate, Unset) else separate
    raise Undetermined(name, Unknown("the bucket says one thing, a resource of its own another"))


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
