"""A pattern with `*`, `?` and policy variables as tokens, and cut at its stars."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Final


class Wild(Enum):
    """The two wildcards."""

    ANY = "?"
    STAR = "*"


ANY: Final = Wild.ANY
STAR: Final = Wild.STAR
Token = str | Wild
VARIABLE: Final = re.compile(r"\$\{([^{}]+)\}")
ESCAPED: Final = frozenset("*?$")


@dataclass(frozen=True)
class Pattern:
    """A pattern as tokens: single characters and wildcards."""

    tokens: tuple[Token, ...]

    @cached_property
    def head(self) -> str:
        """The literal text every match begins with."""
        end = next((i for i, token in enumerate(self.tokens) if isinstance(token, Wild)), len(self.tokens))
        return "".join(map(str, self.tokens[:end]))

    @cached_property
    def has_star(self) -> bool:
        return STAR in self.tokens

    @cached_property
    def pieces(self) -> "Pieces":
        return _pieces(self.tokens)


@dataclass(frozen=True, slots=True)
class Pieces:
    """A pattern with stars, cut at them.

    The head and the tail are anchored. Between them `middles[i]` follows a gap of at least `gaps[i]`
    characters, and the last gap stands before the tail. Middles begin and end with a character.
    """

    head: tuple[Token, ...]
    gaps: tuple[int, ...]
    middles: tuple[tuple[Token, ...], ...]
    tail: tuple[Token, ...]


def parse(text: str) -> Pattern:
    """Read a pattern as IAM does; a `${variable}` may be any string."""
    return Pattern(tuple(_without_double_stars(_tokens(text))))


def without_variables(text: str) -> Pattern:
    """Read a pattern of an element that knows no variables."""
    return Pattern(tuple(_without_double_stars(_plain(text))))


def literal(text: str) -> Pattern:
    """The pattern that matches exactly this text."""
    return Pattern(tuple(text))


def _tokens(text: str) -> Iterator[Token]:
    for number, part in enumerate(VARIABLE.split(text)):
        if number % 2:
            yield part if part in ESCAPED else STAR
        else:
            yield from _plain(part)


def _plain(text: str) -> Iterator[Token]:
    for char in text:
        yield STAR if char == "*" else ANY if char == "?" else char


def _without_double_stars(tokens: Iterable[Token]) -> Iterator[Token]:
    last: Token | None = None
    for token in tokens:
        if not (token is STAR and last is STAR):
            yield token
        last = token


def _pieces(tokens: tuple[Token, ...]) -> Pieces:
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token is STAR:
            parts.append([])
        else:
            parts[-1].append(token)
    last = len(parts) - 1
    kept: list[tuple[Token, ...]] = []
    gaps = [0]
    for number, part in enumerate(parts):
        body, before, after = _trimmed(part, first=number == 0, last=number == last)
        gaps[-1] += before
        if body or number in {0, last}:
            kept.append(body)
            gaps.append(after)
    return Pieces(kept[0], tuple(gaps[1:-1]), tuple(kept[1:-1]), kept[-1])


def _trimmed(part: list[Token], *, first: bool, last: bool) -> tuple[tuple[Token, ...], int, int]:
    """Move the `?` beside a star into the star's gap."""
    start, end = 0, len(part)
    while not first and start < end and part[start] is ANY:
        start += 1
    while not last and start < end and part[end - 1] is ANY:
        end -= 1
    return tuple(part[start:end]), start, len(part) - end
