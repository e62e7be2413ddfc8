"""Can one text between two slashes be read as two different sets of values?"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, product

from bucketwright.contract.keys.automata import cheapest_path, machine, shared
from bucketwright.contract.keys.segments import RESERVED, Segment, Variable
from bucketwright.plain_text import shown

Pair = tuple[int, int, bool]


@dataclass(frozen=True, slots=True)
class TwoReadings:
    """A text, and two different sets of values it can stand for."""

    text: str
    first: tuple[tuple[str, str], ...]
    second: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"{shown(self.text)} reads as {_listed(self.first)} and as {_listed(self.second)}"


@lru_cache(maxsize=16_384)
def two_readings(segment: Segment) -> TwoReadings | None:
    """Return a shortest text that reads two ways, or None where every text reads one way.

    Two machines read the same text side by side; they disagree as soon as one character belongs to
    different items. With at most one item of open length there is only one way to cut a text.
    """
    if sum(variable.type.length is None for variable in segment.variables) <= 1:
        return None
    reader = machine(segment)

    def pairs(left: tuple[int, ...], right: tuple[int, ...], differed: bool) -> Iterator[tuple[str, Pair]]:
        for p, q in product(left, right):
            char = shared(reader.spots[p].chars, reader.spots[q].chars)
            if char is not None:
                yield char, (p, q, differed or reader.spots[p].item != reader.spots[q].item)

    path = cheapest_path(
        pairs(reader.first, reader.first, False),
        lambda at: pairs(reader.spots[at[0]].following, reader.spots[at[1]].following, at[2]),
        lambda at: at[2] and reader.spots[at[0]].last and reader.spots[at[1]].last,
    )
    if path is None:
        return None
    chars = "".join(char for char, _ in path)
    sides = [[reader.spots[state[side]].item for _, state in path] for side in (0, 1)]
    first, second = (_values(segment, chars, items) for items in sides)
    return TwoReadings(chars, first, second)


@lru_cache(maxsize=16_384)
def must_bind(segment: Segment) -> bool:
    """Whether the segment reads one way only after its reserved variables have their values."""
    names = [variable.name for variable in segment.variables]
    reserved = not RESERVED.isdisjoint(names)
    return reserved and (len(set(names)) < len(names) or two_readings(segment) is not None)


def _values(segment: Segment, chars: str, items: list[int]) -> tuple[tuple[str, str], ...]:
    taken = {
        item: "".join(char for char, _ in run)
        for item, run in groupby(zip(chars, items, strict=True), key=lambda step: step[1])
    }
    return tuple(
        (item.name, taken[index]) for index, item in enumerate(segment.items) if isinstance(item, Variable)
    )


def _listed(values: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(f"{name}={shown(text)}" for name, text in values)
