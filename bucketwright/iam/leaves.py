"""Texts of policies as leaves: sequences of repeated character sets.

A policy variable is a letter of its own: it equals itself, and is taken by a star but never by a `?`, because
its value is some text that nobody knows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Final

from bucketwright.iam.charset import CharSet, Repeat
from bucketwright.iam.patterns import ESCAPED, VARIABLE

NO_VARIABLE: Final = "${}"
SEPARATOR: Final = "${{}"
"""A letter that no policy can spell."""
EVERYTHING: Final = CharSet(frozenset(), negated=True)
ONE_CHARACTER: Final = CharSet(frozenset({NO_VARIABLE}), negated=True)
_STAR: Final = Repeat(EVERYTHING, 0, None)
_ANY: Final = Repeat(ONE_CHARACTER, 1, 1)
_FIVE_PARTS: Final = re.compile(r"(?:[^:$]*:){5}")
_IN_PART: Final = {
    "*": Repeat(CharSet(frozenset(":"), negated=True), 0, None),
    "?": Repeat(CharSet(frozenset({":", NO_VARIABLE}), negated=True), 1, 1),
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """All texts that this sequence of repeated character sets spells."""

    tokens: tuple[Repeat, ...]
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Leaves are looked up often and may be long."""
        object.__setattr__(self, "_hash", hash(self.tokens))

    def __hash__(self) -> int:
        return self._hash


def pattern(text: str) -> Leaf:
    """Read a pattern as IAM does."""
    return Leaf(tuple(_stars_first(_tokens(text, wild=True))))


@lru_cache(maxsize=512)
def arns(text: str) -> Leaf:
    """Read a pattern of ARNs: up to the fifth colon no wildcard reaches beyond its own part."""
    return _arns(text)


def _arns(text: str) -> Leaf:
    parts = _FIVE_PARTS.match(text)
    if parts is None:
        return pattern(text)
    return Leaf((*map(_in_part, parts[0]), *pattern(text[parts.end() :]).tokens))


def exactly(text: str) -> Leaf:
    """The one text itself; `*` and `?` in it are plain characters, a variable stays a variable."""
    return Leaf(tuple(_tokens(text, wild=False)))


def beginning(text: str) -> Leaf:
    """All texts that begin with this one."""
    return Leaf((*exactly(text).tokens, _STAR))


def any_case(leaf: Leaf) -> Leaf:
    """The same texts in capitals, small letters or any mixture; a variable in capitals is another letter."""
    return Leaf(tuple(Repeat(_both_cases(token.chars), token.low, token.high) for token in leaf.tokens))


def _tokens(text: str, *, wild: bool) -> Iterator[Repeat]:
    for number, part in enumerate(VARIABLE.split(text)):
        if number % 2:
            yield _only(part if part in ESCAPED else "${" + _folded(part) + "}")
        else:
            yield from (_char(char, wild=wild) for char in part)


def _in_part(char: str) -> Repeat:
    return _IN_PART.get(char) or _only(char)


def _char(char: str, *, wild: bool) -> Repeat:
    if wild and char == "*":
        return _STAR
    return _ANY if wild and char == "?" else _only(char)


@lru_cache(maxsize=4096)
def _only(letter: str) -> Repeat:
    return Repeat(CharSet(frozenset({letter})), 1, 1)


def _folded(body: str) -> str:
    """Variable names know no case; a default value after the comma does."""
    name, comma, default = body.partition(",")
    return name.strip().lower() + comma + default.strip()


def _stars_first(tokens: Iterator[Repeat]) -> Iterator[Repeat]:
    """Write a run of `*` and `?` with a star on each side of every `?`, so that it can be read greedily."""
    for wild, run in groupby(tokens, key=lambda token: token is _STAR or token is _ANY):
        found = list(run)
        if wild and _STAR in found:
            found = [_STAR, *(_ANY, _STAR) * found.count(_ANY)]
        yield from found


def _both_cases(chars: CharSet) -> CharSet:
    spelled = {other for char in chars.chars for other in (char, char.lower(), char.upper())}
    lengths = {len(char) for char in chars.chars}
    return CharSet(frozenset(char for char in spelled if len(char) in lengths), chars.negated)
