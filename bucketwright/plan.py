"""What a Pulumi program would make, as plain data: resources, what they are told, and what they hang on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bucketwright.contract.own_tags import ADDRESS_TAG

UNKNOWN_INPUT: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""How the engine spells a value that nobody knows before the deployment."""


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource as the program registers it; names of inputs as the engine spells them."""

    urn: str
    type: str
    name: str
    inputs: Mapping[str, object]
    parent: str | None = None
    depends_on: tuple[str, ...] = ()
    property_dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    custom: bool = True
    protect: bool = False
    retain_on_delete: bool = False
    import_id: str | None = None
    """Of a thing that is there already and only taken over: what AWS calls it."""
    provider: str | None = None
    """The URN of the provider that the program chose; the stack's own one where it chose none."""
    ignore_changes: tuple[str, ...] = ()
    """Paths of properties that stay as they are once the resource is there, whatever the inputs say."""

    @property
    def kind(self) -> str:
        """The type without the V2 that older programs still write."""
        return kind_of(self.type)

    @property
    def address(self) -> str | None:
        """The contract address it carries as a tag."""
        tags = self.inputs.get("tags")
        found = tags.get(ADDRESS_TAG) if isinstance(tags, Mapping) else None
        return found if isinstance(found, str) and found != UNKNOWN_INPUT else None


@dataclass(frozen=True, slots=True)
class Plan:
    """All resources of one stack, in the order they were registered."""

    project: str
    stack: str
    resources: tuple[Resource, ...]

    def of_kind(self, kind: str) -> Iterator[Resource]:
        """The resources of one type."""
        return (resource for resource in self.resources if resource.kind == kind)


def kind_of(token: str) -> str:
    """A type without the V2 that older programs still write."""
    return token.replace("V2", "")


def kind_in(urn: str) -> str:
    """The kind of the resource that has a URN, whether a plan holds it or not."""
    chain = urn.split("::")[2:3]
    return kind_of(chain[0].rpartition("$")[2]) if chain else ""


def without_unknowns(value: object) -> object:
    """The same with null wherever nobody knows what stands there."""
    match value:
        case Mapping():
            return {name: without_unknowns(one) for name, one in value.items()}
        case list() | tuple():
            return [without_unknowns(one) for one in value]
        case _:
            return None if value == UNKNOWN_INPUT else value


def is_known(value: object) -> bool:
    """Whether a value, and all that is in it, is known before the deployment."""
    match value:
        case Mapping():
            return all(map(is_known, value.values()))
        case list() | tuple():
            return all(map(is_known, value))
        case _:
            return value != UNKNOWN_INPUT
