"""Which ranges of keys are looked at? Each runs from behind its first bound to its last, which is within."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple, TypeAlias

Range: TypeAlias = tuple[str, str | None]
"""From behind the first key up to the second, which is within; None: to the end."""
EVERYTHING: Final[Range] = ("", None)


class Span(NamedTuple):
    """A range of keys that was listed to its end."""

    low: str
    high: str | None
    listed_at: datetime
    """When the list was asked for, in UTC."""

    @property
    def range(self) -> Range:
        return self.low, self.high


def reaches(high: str | None, key: str) -> bool:
    """Whether a range that ends there goes as far as the key."""
    return high is None or key <= high


def lesser(one: str | None, other: str | None) -> str | None:
    """The end that comes first."""
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)


def is_empty(span: Range) -> bool:
    """Whether no key can lie in it."""
    return span[1] is not None and span[1] <= span[0]


def joined(spans: Iterable[Range]) -> tuple[Range, ...]:
    """The same keys in as few ranges as can be, in order."""
    found: list[Range] = []
    for low, high in sorted((one for one in spans if not is_empty(one)), key=lambda one: one[0]):
        if found and reaches(found[-1][1], low):
            last = found[-1][1]
            found[-1] = (found[-1][0], None if last is None or high is None else max(last, high))
        else:
            found.append((low, high))
    return tuple(found)


def within(spans: Iterable[Range], outer: Range) -> tuple[Range, ...]:
    """What of the ranges lies in another."""
    cut = ((max(low, outer[0]), lesser(high, outer[1])) for low, high in spans)
    return tuple(one for one in cut if not is_empty(one))


def without(span: Range, taken: Sequence[Range]) -> tuple[Range, ...]:
    """What is left of a range when others, joined and in order, are taken from it."""
    left: list[Range] = []
    low, high = span
    for start, end in taken:
        if not reaches(high, start) or start == high:
            break
        left.append((low, start))
        if end is None:
            return tuple(one for one in left if not is_empty(one))
        low = max(low, end)
    left.append((low, high))
    return tuple(one for one in left if not is_empty(one))


def covers(taken: Sequence[Range], span: Range) -> bool:
    """Whether all of a range lies in others, joined and in order."""
    return not without(span, taken)
