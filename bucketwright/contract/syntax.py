"""Which bytes and characters have no place in a contract, and what does the parser's complaint mean?"""

import codecs
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import yaml

from bucketwright.contract.problems import Position, Problem

_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_BREAK = re.compile("\r\n|\r|\n")
_REASONS: Final = (
    (re.compile("[\ufeff]"), "a byte order mark stands here", "save the file as UTF-8 without it"),
    (
        re.compile("[\u2028\u2029\x85]"),
        "a line break that only some programs see stands here",
        "use an ordinary line break",
    ),
    (
        re.compile("[\u202a-\u202e\u2066-\u2069]"),
        "an invisible character that turns the direction of text stands here",
        "remove it, or write it as an escape in double quotes",
    ),
)
_MEANINGS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "mapping values are not allowed in this context": (
            "a colon and a blank make a key, and there is no place for one here",
            "put the text in quotes, or begin a new line",
        ),
        "did not find expected node content": ("a value is missing here", "write it, or '' for none"),
        "did not find expected ',' or ']'": (
            "the list is not continued or closed here",
            "write ',' or ']'",
        ),
        "did not find expected ',' or '}'": (
            "the mapping is not continued or closed here",
            "write ',' or '}'",
        ),
        "did not find expected key": (
            "this does not fit the lines above",
            "keys of one mapping begin in the same column",
        ),
        "did not find expected '-' indicator": (
            "this does not fit the list above",
            "entries of one list begin with '- ' in the same column",
        ),
        "did not find expected <document start>": (
            "this does not fit the lines above",
            "the whole contract is one mapping",
        ),
        "could not find expected ':'": ("this is neither a key nor a value", "a key ends with ': '"),
        "found unexpected end of stream": ("the file ends within quotes", "close the quotes"),
        "found unknown escape character": ("this escape is unknown", "use single quotes for a backslash"),
        "block sequence entries are not allowed in this context": (
            "a list cannot begin here",
            "begin it on a line of its own",
        ),
    }
)


def character_problem(text: str, source: str) -> Problem | None:
    """The first character that must not stand in a contract."""
    found = _UNWANTED.search(text)
    if found is None:
        return None
    message, remedy = next(
        (reason for pattern, *reason in _REASONS if pattern.match(found[0])),
        (f"the character U+{ord(found[0]):04X} must not stand here", "remove it"),
    )
    place = position_at(text, found.start())
    return Problem(source, place.line, place.column, place.end_column, "", message, (), remedy)


def decoded(data: bytes, source: str) -> str | Problem:
    """The text of a file, or why it is none."""
    for mark, name in (
        (codecs.BOM_UTF32_LE, "UTF-32"),
        (codecs.BOM_UTF32_BE, "UTF-32"),
        (codecs.BOM_UTF16_LE, "UTF-16"),
        (codecs.BOM_UTF16_BE, "UTF-16"),
    ):
        if data.startswith(mark):
            return Problem(source, 0, 0, 0, "", f"the file is {name}", (), "save it as UTF-8")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        place = position_at(before, len(before))
        message = f"the byte 0x{data[error.start]:02X} is not UTF-8"
        return Problem(
            source, place.line, place.column, place.end_column, "", message, (), "save it as UTF-8"
        )


def syntax_problem(error: yaml.YAMLError, text: str, source: str) -> Problem:
    """libyaml's complaint in our words."""
    mark = getattr(error, "problem_mark", None)
    complaint = getattr(error, "problem", None) or "this is not YAML"
    if mark is None:
        return Problem(source, 0, 0, 0, "", complaint)
    line, column = _within(text, mark.line + 1, mark.column + 1)
    message, remedy = _MEANINGS.get(complaint, (f"this is not YAML: {complaint}", ""))
    context = getattr(error, "context_mark", None)
    if "tab character" in complaint or _char_at(text, line, column) == "\t":
        message, remedy = "a tab cannot indent", "indent with blanks"
    elif complaint == "found character that cannot start any token":
        char = _char_at(text, line, column)
        message, remedy = f"a text cannot begin with '{char}'", "put it in quotes"
    elif complaint == "found unexpected end of stream" and context is not None:
        line, column = context.line + 1, context.column + 1
    elif context is not None and context.line + 1 != line and "closed here" in message:
        message += f"; it begins at line {context.line + 1}"
    return Problem(source, line, column, column + 1, "", message, (), remedy)


def position_at(text: str, offset: int) -> Position:
    """The place of a character, counted from the beginning of the text."""
    line, start = 1, 0
    for line_break in _BREAK.finditer(text, 0, offset):
        line, start = line + 1, line_break.end()
    column = offset - start + 1
    return Position(line, column, column + 1)


def _within(text: str, line: int, column: int) -> tuple[int, int]:
    """A place, or the end of the text where the parser ran past it."""
    lines = _BREAK.split(text)
    return (line, column) if line <= len(lines) else (len(lines), len(lines[-1]) + 1)


def _char_at(text: str, line: int, column: int) -> str:
    lines = _BREAK.split(text)
    row = lines[line - 1] if line <= len(lines) else ""
    return row[column - 1 : column]
