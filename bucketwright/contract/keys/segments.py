"""One segment of a template, between two slashes: the literal text and the variables it is made of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from bucketwright.contract.keys.errors import TemplateError, nearest
from bucketwright.contract.keys.key_text import literal_fault
from bucketwright.contract.keys.variable_types import TEXT, TYPES, VariableType, shortest
from bucketwright.plain_text import shown

RESERVED: Final = frozenset({"account", "bucket", "env", "project", "region"})
MAX_VARIABLES: Final = 6
MAX_LITERAL: Final = 128
_TOKEN = re.compile(r"\{\{|\}\}|\{[^{}]*\}|[{}]|[^{}]+")
_VARIABLE = re.compile(r"([a-z][a-z0-9_]*)(?::([^:]*))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Literal:
    """Text that stands in every key as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Variable:
    """A value that differs from key to key; `position` is where it stands in the segment's source."""

    name: str
    type: VariableType
    position: int


Item = Literal | Variable


@dataclass(frozen=True, slots=True)
class Segment:
    """What stands between two slashes; its source alone says which segment it is."""

    source: str
    items: tuple[Item, ...] = field(compare=False, repr=False)
    variables: tuple[Variable, ...] = field(compare=False, repr=False)
    literal: str | None = field(compare=False, repr=False)
    """Its text where it holds no variable."""
    fewest_bytes: int = field(compare=False, repr=False)
    """The size of the shortest text it can become."""


@lru_cache(maxsize=16_384)
def read_segment(source: str) -> Segment:
    """Read the text between two slashes; errors count positions from its beginning."""
    if fault := literal_fault(source):
        raise TemplateError(fault.reason, fault.position)
    items = tuple(_merged(_items(source)))
    variables = tuple(item for item in items if isinstance(item, Variable))
    text = "".join(item.text for item in items if isinstance(item, Literal))
    size = len(text.encode()) + sum(shortest(variable.type.hull) for variable in variables)
    _within_limits(text, variables)
    return Segment(source, items, variables, None if variables else text, size)


def escaped(text: str) -> str:
    """Spell literal text as a template writes it."""
    return text.replace("{", "{{").replace("}", "}}")


def _within_limits(text: str, variables: Sequence[Variable]) -> None:
    if text in {".", ".."} and not variables:
        raise TemplateError(f"a key may not hold the segment {text!r}", 0, "write the path it stands for")
    if len(variables) > MAX_VARIABLES:
        position = variables[MAX_VARIABLES].position
        raise TemplateError(
            f"more than {MAX_VARIABLES} variables between two slashes", position, "put '/' between some"
        )
    if variables and len(text) > MAX_LITERAL:
        raise TemplateError(
            f"more than {MAX_LITERAL} characters of text beside a variable", 0, "put '/' between them"
        )


def _items(source: str) -> Iterator[Item]:
    for match in _TOKEN.finditer(source):
        token, position = match[0], match.start()
        if token in {"{{", "}}"}:
            yield Literal(token[0])
        elif token in {"{", "}"}:
            raise TemplateError(f"a lone {token!r}", position, _lone_brace_hint(token))
        elif token[0] == "{":
            yield _variable(token[1:-1], position, after_dollar=source[:position].endswith("$"))
        else:
            yield Literal(token)


def _lone_brace_hint(brace: str) -> str:
    return f"a variable is closed in its own segment, {{name}}; write {brace * 2} for the character itself"


def _merged(items: Iterator[Item]) -> Iterator[Item]:
    """Join neighbouring literals."""
    text = ""
    for item in items:
        if isinstance(item, Literal):
            text += item.text
            continue
        if text:
            yield Literal(text)
        text = ""
        yield item
    if text:
        yield Literal(text)


def _variable(inside: str, position: int, *, after_dollar: bool) -> Variable:
    match = _VARIABLE.fullmatch(inside)
    if after_dollar and (match is None or match[2] not in {None, *TYPES}):
        message = f"{shown('${' + inside + '}')} is a policy variable of IAM, not one of a template"
        raise TemplateError(message, position - 1, "write a variable such as {name}")
    if match is None:
        raise TemplateError(
            f"{shown('{' + inside + '}')} is no variable",
            position,
            "write {name} or {name:type}; a name is a-z, 0-9 and _, and begins with a letter",
        )
    kind = TEXT if match[2] is None else TYPES.get(match[2])
    if kind is None:
        where = position + 2 + len(match[1])
        raise TemplateError(f"there is no type {shown(match[2])}", where, nearest(match[2], TYPES))
    return Variable(match[1], kind, position)
