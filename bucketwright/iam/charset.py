"""Sets of characters and repetitions of them: the letters of which every pattern of keys is made."""

import string
import sys
from collections.abc import Iterator
from dataclasses import dataclass

_READABLE = string.ascii_lowercase + "123456789" + "0" + string.ascii_uppercase + "-_"
_SURROGATES = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class CharSet:
    """The characters listed, or with `negated` every character but those listed."""

    chars: frozenset[str]
    negated: bool = False

    def contains(self, char: str) -> bool:
        return (char in self.chars) != self.negated

    def complement(self) -> "CharSet":
        return CharSet(self.chars, not self.negated)

    def intersect(self, other: "CharSet") -> "CharSet":
        if self.negated and other.negated:
            return CharSet(self.chars | other.chars, negated=True)
        if self.negated:
            return CharSet(other.chars - self.chars)
        if other.negated:
            return CharSet(self.chars - other.chars)
        return CharSet(self.chars & other.chars)

    def union(self, other: "CharSet") -> "CharSet":
        return self.complement().intersect(other.complement()).complement()

    def is_empty(self) -> bool:
        """Whether no character is left."""
        return next(self._members(), None) is None

    def example(self) -> str:
        """Return a member, a readable one where there is one; raise ValueError for the empty set."""
        found = next(self._members(), None)
        if found is None:
            raise ValueError("an empty set has no example")
        return found

    def _members(self) -> Iterator[str]:
        """Every member, readable ones first."""
        yield from filter(self.contains, _READABLE)
        for printable in (True, False):
            candidates = _characters() if self.negated else sorted(self.chars)
            yield from (
                char for char in candidates if char.isprintable() == printable and self.contains(char)
            )


def _characters() -> Iterator[str]:
    """Every character that UTF-8 can spell."""
    return (chr(code) for code in range(sys.maxunicode + 1) if code not in _SURROGATES)


@dataclass(frozen=True, slots=True)
class Repeat:
    """Between `low` and `high` characters of a set; without `high`, any number from `low` on."""

    chars: CharSet
    low: int
    high: int | None
