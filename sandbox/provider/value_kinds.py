"""What kind of value does an argument class of Pulumi's SDK take: text, number, list, table or record?"""

import inspect
import types
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Final, TypeGuard, Union, get_args, get_origin, is_typeddict

import pulumi
from pulumi._types import input_type_py_to_pulumi_names, input_type_types, is_input_type

WORDS: Final[Mapping[object, str]] = {
    str: "a string",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
}


@dataclass(frozen=True, slots=True)
class Scalar:
    """A string, a number or a truth value."""

    type: type

    def __str__(self) -> str:
        return WORDS[self.type]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of values of one kind."""

    item: "Kind"

    def __str__(self) -> str:
        return "a list"


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping whose keys the program chooses."""

    value: "Kind"

    def __str__(self) -> str:
        return "a mapping"


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping whose keys the provider names: an argument class of the SDK, read when it is asked for."""

    arguments: type

    def __str__(self) -> str:
        return "a mapping"

    @property
    def members(self) -> Mapping[str, "Kind"]:
        """Each key, in the spelling of the wire, and what it takes."""
        return _members(self.arguments)

    @property
    def required(self) -> frozenset[str]:
        """The keys that may not be left out."""
        return _required(self.arguments)


@dataclass(frozen=True, slots=True)
class Either:
    """A value of any of several kinds."""

    kinds: "tuple[Kind, ...]"

    def __str__(self) -> str:
        return " or ".join(map(str, self.kinds))


@dataclass(frozen=True, slots=True)
class Anything:
    """A value the provider hands on as it is."""


Kind = Scalar | Listing | Table | Record | Either | Anything


def _is_class(hint: object) -> TypeGuard[type]:
    return inspect.isclass(hint) and not get_args(hint)


@cache
def _members(arguments: type) -> Mapping[str, Kind]:
    hints = input_type_types(arguments)
    return {name: kind_of(hints[name]) for name in input_type_py_to_pulumi_names(arguments).values()}


@cache
def _required(arguments: type) -> frozenset[str]:
    parameters = inspect.signature(arguments).parameters
    spelled = input_type_py_to_pulumi_names(arguments)
    return frozenset(
        name for python, name in spelled.items() if parameters[python].default is inspect.Parameter.empty
    )


def kind_of(hint: object) -> Kind:
    """The kind a type hint of the SDK describes, whatever outputs and futures it also admits."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        return _either(tuple(kind_of(member) for member in inner if not _is_wrapping(member)))
    if inspect.isclass(origin) and issubclass(origin, Mapping):
        return Table(kind_of(inner[1]))
    if inspect.isclass(origin) and issubclass(origin, Sequence):
        return Listing(kind_of(inner[0]))
    return _plain(hint)


def _plain(hint: object) -> Kind:
    if not _is_class(hint):
        return Anything()
    if issubclass(hint, Enum):
        return Scalar(str)
    if hint in WORDS:
        return Scalar(hint)
    return Record(hint) if is_input_type(hint) else Anything()


def _is_wrapping(hint: object) -> bool:
    """Whether a member of a union says how a value may arrive, and not what it is."""
    origin = get_origin(hint) or hint
    return origin in {Awaitable, pulumi.Output, type(None)} or is_typeddict(origin)


def _either(kinds: tuple[Kind, ...]) -> Kind:
    distinct = tuple(dict.fromkeys(kinds))
    return distinct[0] if len(distinct) == 1 else Either(distinct)
