"""A template: one text that formats keys, reads keys, and yields the patterns of other languages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import ClassVar, Final, NamedTuple, Self

from bucketwright.contract.keys.automata import literal_shape
from bucketwright.contract.keys.errors import Mismatch, TemplateError, nearest
from bucketwright.contract.keys.key_text import key_fault, literal_fault, size_fault
from bucketwright.contract.keys.patterns import (
    LifecyclePrefix,
    NotificationFilter,
    event_pattern,
    iam_pattern,
    notification_text,
)
from bucketwright.contract.keys.reading import first_misfit, read_values
from bucketwright.contract.keys.segments import RESERVED, Item, Literal, Segment, Variable, escaped
from bucketwright.contract.keys.template_text import name_segments, names_to_bind, path_segments, placed
from bucketwright.contract.keys.variable_types import TEXT, Value, VariableType
from bucketwright.iam.charset import CharSet, Repeat
from bucketwright.plain_text import shown

_ANYTHING: Final = Repeat(CharSet(frozenset(), negated=True), 0, None)
_SLASH: Final = Literal("/")


class Below(NamedTuple):
    """A key cut at the end of a path: the path's values, and the rest of the key."""

    values: dict[str, Value]
    rest: str


@dataclass(frozen=True, slots=True)
class Template:
    """What paths and names have in common; see PathTemplate and NameTemplate."""

    text: str
    segments: tuple[Segment, ...] = field(init=False, compare=False, repr=False)
    literal_head: str = field(init=False, compare=False, repr=False)
    """The text before the first variable."""
    to_bind: tuple[str, ...] = field(init=False, compare=False, repr=False)
    """The reserved variables that need their values before a key can be read one way only."""
    ending: ClassVar[str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "segments", self._read(self.text))
        literals = takewhile(lambda item: isinstance(item, Literal), self.items)
        object.__setattr__(self, "literal_head", _text(literals))
        object.__setattr__(self, "to_bind", names_to_bind(self.segments))

    @staticmethod
    def _read(text: str) -> tuple[Segment, ...]:
        raise TypeError(f"{shown(text)} has to be a PathTemplate or a NameTemplate")

    @property
    def items(self) -> Iterator[Item]:
        """Literals and variables from left to right."""
        for index, segment in enumerate(self.segments):
            if index:
                yield _SLASH
            yield from segment.items
        if self.ending:
            yield _SLASH

    @property
    def variables(self) -> dict[str, VariableType]:
        """The variables and their types, in the order they stand in."""
        return {variable.name: variable.type for _, variable in placed(self.segments)}

    @property
    def literal_tail(self) -> str:
        """The text after the last variable."""
        literals = takewhile(lambda item: isinstance(item, Literal), reversed(tuple(self.items)))
        return _text(reversed(tuple(literals)))

    def bind(self, /, **values: Value) -> Self:
        """Return the template with values in place of these variables; reserved ones may be absent in it."""
        self._known({name: value for name, value in values.items() if name not in RESERVED})
        texts = {
            variable.name: _spelled(variable, values[variable.name], position)
            for position, variable in placed(self.segments)
            if variable.name in values
        }
        for position, variable in placed(self.segments):
            text = texts.get(variable.name, "")
            if fault := size_fault(text) or literal_fault(text):
                raise TemplateError(f"{variable.name}: {fault.reason}", position)
        return type(self)("".join(_source(item, texts) for item in self.items))

    def format(self, /, **values: Value) -> str:
        """Return the key of these values."""
        self._known(values)
        texts: dict[str, str] = {}
        for position, variable in placed(self.segments):
            if variable.name not in values:
                raise TemplateError(f"{variable.name} needs a value: {variable.type.description}", position)
            texts[variable.name] = _spelled(variable, values[variable.name], position)
        key = "".join(item.text if isinstance(item, Literal) else texts[item.name] for item in self.items)
        if fault := key_fault(key):
            raise TemplateError(fault.reason, 0, f"the key would be {shown(key)}")
        return key

    def parse(self, key: str) -> dict[str, Value] | Mismatch:
        """Return the only values whose key this is, or why there are none."""
        self._readable()
        if fault := key_fault(key):
            return fault
        parts = key.removesuffix(self.ending).split("/")
        ended = key.endswith(self.ending) and len(parts) == len(self.segments)
        values = read_values(self.segments, parts) if ended else None
        return first_misfit(self.segments, key.split("/")) if values is None else values

    def owns(self, key: str) -> bool:
        """Whether the key is the template's: made by it, or for a path also below one made by it."""
        return not isinstance(self.parse(key), Mismatch)

    def key_pattern(self) -> str:
        """Return IAM's pattern of the keys, for a resource ARN or an `s3:prefix` condition."""
        return iam_pattern(self._parts())

    def event_pattern(self) -> str:
        """Return EventBridge's wildcard of the keys."""
        return event_pattern(self._parts())

    def _parts(self) -> list[str | None]:
        parts = [item.text if isinstance(item, Literal) else None for item in self.items]
        return [*parts, None] if self.ending else parts

    def tokens(self) -> tuple[Repeat, ...]:
        """Return the keys it owns as repeated character sets.

        More than its keys only where a type's hull is more than the type (`int`, `slug`, `date`, `month`,
        `day`), and where a key would break a rule for all keys (NFC, dot segments, size).
        """
        spelled = tuple(
            repeat
            for item in self.items
            for repeat in (literal_shape(item.text) if isinstance(item, Literal) else item.type.hull)
        )
        return (*spelled, _ANYTHING) if self.ending else spelled

    def lifecycle_prefix(self) -> LifecyclePrefix:
        """Return the literal prefix for a lifecycle rule; a name's prefix is never exact."""
        return LifecyclePrefix(self.literal_head, self.ending == "/" and not self.variables)

    def notification_filter(self) -> NotificationFilter:
        """Return the literal prefix and suffix for an event notification."""
        suffix = "" if self.ending else notification_text(self.literal_tail)
        return NotificationFilter(notification_text(self.literal_head), suffix, self.lifecycle_prefix().exact)

    def _known(self, values: Mapping[str, Value]) -> None:
        variables = self.variables
        for name in values:
            if name not in variables:
                raise TemplateError(
                    f"there is no variable {shown(name)} in {shown(self.text)}", 0, nearest(name, variables)
                )

    def _readable(self) -> None:
        if self.to_bind:
            names = " and ".join(self.to_bind)
            raise TemplateError(f"keys of {shown(self.text)} cannot be read before {names} is bound")


@dataclass(frozen=True, slots=True)
class NameTemplate(Template):
    """The name of one object, or one whole key: `chunk_{i:int}.txt`."""

    ending: ClassVar[str] = ""

    @staticmethod
    def _read(text: str) -> tuple[Segment, ...]:
        return name_segments(text)


@dataclass(frozen=True, slots=True)
class PathTemplate(Template):
    """The beginning of keys, closed by a slash: `{env}/cases/{case_id:int}/documents/`."""

    ending: ClassVar[str] = "/"

    @staticmethod
    def _read(text: str) -> tuple[Segment, ...]:
        return path_segments(text)

    def owns(self, key: str) -> bool:
        return isinstance(self.parse_below(key), Below)

    def parse_below(self, key: str) -> Below | Mismatch:
        """Return the values of the path that owns this key and what stands below it, or why it does not."""
        self._readable()
        parts = key.split("/", len(self.segments))
        if len(parts) <= len(self.segments):
            return first_misfit(self.segments, parts)
        rest = parts.pop()
        if fault := size_fault(key) or key_fault(key[: len(key) - len(rest)]):
            return fault
        values = read_values(self.segments, parts)
        return first_misfit(self.segments, parts) if values is None else Below(values, rest)

    def joined(self, name: NameTemplate) -> NameTemplate:
        """The whole keys of objects so named below this path."""
        return NameTemplate(self.text + name.text)


def _spelled(variable: Variable, value: object, position: int) -> str:
    text = variable.type.spell(value)
    if text is None:
        message = f"{variable.name} must be {variable.type.description}, found {shown(value)}"
        raise TemplateError(message, position)
    return text


def _source(item: Item, texts: Mapping[str, str]) -> str:
    if isinstance(item, Literal):
        return escaped(item.text)
    if item.name in texts:
        return escaped(texts[item.name])
    return f"{{{item.name}}}" if item.type == TEXT else f"{{{item.name}:{item.type.name}}}"


def _text(literals: Iterator[Item]) -> str:
    return "".join(item.text for item in literals if isinstance(item, Literal))
