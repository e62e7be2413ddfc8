"""How does AWS spell what Pulumi spells? Both sides are described: Pulumi's by its SDK, AWS's by botocore.

Two names are the same when they differ in capitals only. A handler names the few that are not. Where the
two sides nest differently in a way that AWS uses again and again (tags as a list of pairs, lists in a box
with or without their length, one rule in a list), the two descriptions show it and no handler has to say it.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from botocore.model import ListShape, Shape, StructureShape

from sandbox.provider.handler import Plain
from sandbox.provider.value_kinds import Kind, Listing, Record, Scalar, Table

_PAIRS: Final = (("Key", "Value"), ("TagKey", "TagValue"), ("Name", "Value"))
_MOMENT: Final = "%Y-%m-%dT%H:%M:%SZ"
_BOXED: Final = frozenset({"Quantity", "Items"})


class UnspelledError(ValueError):
    """AWS has no word for what the program says."""


@dataclass(frozen=True, slots=True)
class Codec:
    """How one property is told and read where the two sides nest in their own way."""

    told: Callable[[object], object]
    read: Callable[[object], object]


@dataclass(frozen=True, slots=True)
class Spelling:
    """Names of Pulumi whose name at AWS is another word, used where AWS's shape has that word; and codecs."""

    renames: Mapping[str, str] = field(default_factory=dict)
    codecs: Mapping[str, Codec] = field(default_factory=dict)

    def member(self, name: str, shape: StructureShape) -> str | None:
        """AWS's name, in this shape, for a name of Pulumi."""
        folded = {member.lower(): member for member in shape.members}
        return folded.get(name.lower()) or folded.get(self.renames.get(name, "").lower())

    def arguments(self, kinds: Mapping[str, Kind], shape: Shape, said: Plain) -> dict[str, object]:
        """What of the inputs a call takes, in its words."""
        told: dict[str, object] = {}
        for name, value in said.items():
            member = self.member(name, shape) if isinstance(shape, StructureShape) else None
            if member is not None and isinstance(shape, StructureShape):
                told[member] = self.told(name, kinds[name], shape.members[member], value)
        return {name: value for name, value in told.items() if value is not None}

    def inputs(self, kinds: Mapping[str, Kind], shape: Shape, answer: object) -> dict[str, object]:
        """What an answer says of the inputs, in theirs."""
        said: dict[str, object] = {}
        if isinstance(shape, StructureShape) and isinstance(answer, Mapping):
            for name, kind in kinds.items():
                member = self.member(name, shape)
                if member is not None and answer.get(member) is not None:
                    said[name] = self.read(name, kind, shape.members[member], answer[member])
        return said

    def to_aws(self, kind: Kind, shape: Shape, value: object) -> object:
        """A value as AWS is told it."""
        match shape, value:
            case StructureShape(), Mapping():
                return self._structure(kind, shape, value)
            case StructureShape(), list() | tuple():
                return self._box(kind, shape, value)
            case ListShape(), Mapping():
                return self._list_of_mapping(kind, shape, value)
            case ListShape(), list() | tuple():
                return [self.to_aws(_item(kind), shape.member, inner) for inner in value]
            case _:
                return _scalar_to_aws(shape, value)

    def from_aws(self, kind: Kind, shape: Shape, value: object) -> object:
        """A value as a program of Pulumi would say it; what no program can say is left out."""
        match shape, value:
            case StructureShape(), Mapping():
                return self._said(kind, shape, value)
            case ListShape(), list() | tuple():
                return self._said_list(kind, shape, value)
            case _:
                return _scalar_from_aws(kind, value)

    def _structure(self, kind: Kind, shape: StructureShape, value: Plain) -> Plain:
        unknown = [name for name in value if name not in _members(kind) or not self.member(name, shape)]
        if unknown:
            raise UnspelledError(f"{shape.name} has no member for {', '.join(unknown)}")
        return _counted(shape, self.arguments(_members(kind), shape, value))

    def told(self, name: str, kind: Kind, shape: Shape, value: object) -> object:
        """A property's value as AWS is told it."""
        codec = self.codecs.get(name)
        return codec.told(value) if codec else self.to_aws(kind, shape, value)

    def read(self, name: str, kind: Kind, shape: Shape, value: object) -> object:
        """A property's value as a program would say it."""
        codec = self.codecs.get(name)
        return codec.read(value) if codec else self.from_aws(kind, shape, value)

    def _box(self, kind: Kind, shape: StructureShape, value: Sequence[object]) -> Plain:
        member = _held(shape)
        items = self.to_aws(kind, shape.members[member], value)
        if not _is_box(shape):
            return {member: items}
        enabled = {"Enabled": bool(value)} if "Enabled" in shape.members else {}
        return {**enabled, "Quantity": len(value), **({"Items": items} if value else {})}

    def _list_of_mapping(self, kind: Kind, shape: ListShape, value: Plain) -> Sequence[object]:
        if isinstance(kind, Table):
            key, content = _pair(shape)
            return [{key: name, content: inner} for name, inner in value.items()]
        return [self.to_aws(kind, shape.member, value)]

    def _said(self, kind: Kind, shape: StructureShape, value: Plain) -> object:
        if isinstance(kind, Listing):
            member = _held(shape)
            return self.from_aws(kind, shape.members[member], value.get(member, []))
        return self.inputs(_members(kind), shape, value)

    def _said_list(self, kind: Kind, shape: ListShape, value: Sequence[object]) -> object:
        if isinstance(kind, Table):
            key, content = _pair(shape)
            return {str(pair[key]): pair[content] for pair in value if isinstance(pair, Mapping)}
        if isinstance(kind, Record):
            return self.from_aws(kind, shape.member, value[0]) if value else {}
        return [self.from_aws(_item(kind), shape.member, inner) for inner in value]


def text_of(document: object) -> str:
    """A document as the text AWS takes; a program may also say it as a mapping."""
    return document if isinstance(document, str) else json.dumps(document)


def _members(kind: Kind) -> Mapping[str, Kind]:
    return kind.members if isinstance(kind, Record) else {}


def _item(kind: Kind) -> Kind:
    return kind.item if isinstance(kind, Listing) else kind


def _is_box(shape: StructureShape) -> bool:
    return set(shape.members) >= _BOXED


def _held(shape: StructureShape) -> str:
    """The member of a box that holds the list; a structure of one member is a box too."""
    if _is_box(shape):
        return "Items"
    if len(shape.members) == 1:
        return str(next(iter(shape.members)))
    raise UnspelledError(f"{shape.name} holds more than a list")


def _counted(shape: StructureShape, told: dict[str, object]) -> Plain:
    """A box says how many items it holds."""
    if _is_box(shape):
        items = told.get("Items", ())
        return {**told, "Quantity": len(items) if isinstance(items, Sequence) else 0}
    return told


def _pair(shape: ListShape) -> tuple[str, str]:
    """How a list of pairs calls their two halves."""
    members = set(shape.member.members) if isinstance(shape.member, StructureShape) else set()
    for pair in _PAIRS:
        if members >= set(pair):
            return pair
    raise UnspelledError(f"{shape.name} is no list of pairs")


def _scalar_to_aws(shape: Shape, value: object) -> object:
    if shape.type_name == "timestamp" and isinstance(value, str):
        return datetime.fromisoformat(value)
    if shape.type_name == "string" and isinstance(value, Mapping):
        return text_of(value)
    if shape.type_name == "string" and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value


def _scalar_from_aws(kind: Kind, value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime(_MOMENT)
    if isinstance(kind, Scalar) and kind.type is int and isinstance(value, str):
        return int(value)
    return value
