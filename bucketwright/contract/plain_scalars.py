"""What does an unquoted word of YAML stand for, and which words do two readers of YAML read differently?

The answers are those of YAML 1.2's core schema. A word that YAML 1.1 takes for something else is a trap: it
is read in the sense it was most likely meant, and reported.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import isinf
from types import MappingProxyType
from typing import Final

from bucketwright.plain_text import clipped

Value = str | int | float | bool | None

_CONSTANTS: Final[Mapping[str, bool | None]] = MappingProxyType(
    dict.fromkeys(("", "~", "null", "Null", "NULL"))
    | dict.fromkeys(("true", "True", "TRUE"), True)
    | dict.fromkeys(("false", "False", "FALSE"), False)
)
_OLD_SWITCHES: Final[Mapping[str, bool]] = MappingProxyType(
    {
        spelling: on
        for on, words in ((True, ("y", "yes", "on")), (False, ("n", "no", "off")))
        for word in words
        for spelling in (word, word.capitalize(), word.upper())
    }
)
_NUMERIC_START: Final = frozenset("0123456789+-.")
_MOST_DIGITS: Final = 40
_ACCOUNT_DIGITS: Final = 12
_INTEGER = re.compile(r"[-+]?[0-9]+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_HEXADECIMAL = re.compile(r"[-+]?0x[0-9a-fA-F_]+", re.ASCII)
_OCTAL = re.compile(r"[-+]?0o?[0-7]+", re.ASCII)
_BINARY = re.compile(r"[-+]?0b[01_]+", re.ASCII)
_UNDERSCORED = re.compile(
    r"[-+]?(?=[^_]*_)(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9_]+)(?:[eE][-+]?[0-9]+)?", re.ASCII
)
_SEXAGESIMAL = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?", re.ASCII)
_NOT_A_NUMBER = re.compile(r"[-+]?\.(?:inf|Inf|INF|nan|NaN|NAN)", re.ASCII)
_UNUSUAL = re.compile(r"[eE]|^[-+]\.")
_ODD_NUMBERS: Final = (
    (_OCTAL, "YAML 1.1 reads {} as text, YAML 1.2 as an octal number"),
    (_HEXADECIMAL, "{} is a hexadecimal number"),
    (_BINARY, "YAML 1.1 reads {} as a binary number, YAML 1.2 as text"),
    (_SEXAGESIMAL, "YAML 1.1 reads {} as a number to the base of 60, YAML 1.2 as text"),
    (_UNDERSCORED, "YAML 1.1 reads {} as a number, YAML 1.2 as text"),
    (_NOT_A_NUMBER, "{} is no number that a contract can use"),
)


@dataclass(frozen=True, slots=True)
class Trap:
    """A word not to be trusted: what it was most likely meant to be, what is wrong, what to write."""

    meant: Value
    message: str
    help: str


def plain_value(word: str) -> Value | Trap:
    """The value of an unquoted word."""
    if word in _CONSTANTS:
        return _CONSTANTS[word]
    if word[0] in _NUMERIC_START:
        return _numeric(word)
    if word in _OLD_SWITCHES:
        on = _OLD_SWITCHES[word]
        switch = "true" if on else "false"
        return Trap(
            on,
            f"YAML 1.1 reads {word} as {switch}, YAML 1.2 as text",
            f"write {switch}, or '{word}' for the text",
        )
    return word


def _numeric(word: str) -> Value | Trap:
    if _INTEGER.fullmatch(word):
        digits = word.lstrip("+-")
        if len(digits) > 1 and digits[0] == "0":
            return _padded(word)
        return int(word) if len(word) <= _MOST_DIGITS else _too_long(word)
    if _FLOAT.fullmatch(word):
        return _decimal(word)
    return _odd_number(word)


def _padded(word: str) -> Trap:
    if not _OCTAL.fullmatch(word) or len(word) > _MOST_DIGITS:
        quoted = f": '{word}'" if len(word) <= _MOST_DIGITS else ""
        return Trap(word, "a number must not begin with 0", f"put it in quotes if it is text{quoted}")
    message = f"YAML 1.1 reads {word} as the octal number {int(word, 8)}, YAML 1.2 as {int(word)}"
    if len(word) == _ACCOUNT_DIGITS:
        return Trap(word, message, f"put it in quotes, as an account is text: '{word}'")
    return Trap(word, message, f"write {int(word)}, or '{word}' for the text")


def _decimal(word: str) -> Value | Trap:
    if len(word) > _MOST_DIGITS or isinf(float(word)):
        return _too_long(word)
    if _UNUSUAL.search(word):
        return Trap(
            float(word),
            f"YAML 1.1 reads {word} as text, YAML 1.2 as a number",
            f"write it with all its digits and without an exponent, or '{word}' for the text",
        )
    return float(word)


def _too_long(word: str) -> Trap:
    return Trap(word, "a number this long is not exact", "put it in quotes if it is text")


def _odd_number(word: str) -> str | Trap:
    """A word that looks like a number and is none in plain decimal."""
    for pattern, verdict in _ODD_NUMBERS:
        if pattern.fullmatch(word):
            return Trap(
                word,
                verdict.format(clipped(word)),
                "write a plain decimal number, or put it in quotes for the text",
            )
    return word
