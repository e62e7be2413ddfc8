"""A segment as a machine that reads it character by character, and the search for a cheapest text."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from heapq import heapify, heappop, heappush
from itertools import count
from typing import NamedTuple, TypeVar

from bucketwright.contract.keys.segments import Item, Literal, Segment
from bucketwright.contract.keys.variable_types import Shape
from bucketwright.iam.charset import CharSet, Repeat

State = TypeVar("State", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one character is read: from which set, for which item of the segment, and what may follow."""

    chars: CharSet
    item: int
    following: tuple[int, ...]
    last: bool


@dataclass(frozen=True, slots=True)
class Machine:
    """All spots of a segment, and those where a text may begin."""

    spots: tuple[Spot, ...]
    first: tuple[int, ...]


class _Rest(NamedTuple):
    """What may be read from here on: one of these spots, and with `done` nothing at all."""

    spots: tuple[int, ...]
    done: bool

    def joined(self, other: "_Rest") -> "_Rest":
        return _Rest(self.spots + other.spots, self.done or other.done)


@lru_cache(maxsize=512)
def machine(segment: Segment) -> Machine:
    """Build a segment's machine, from its end to its beginning."""
    spots: list[Spot] = []
    rest = _Rest((), done=True)
    for index in range(len(segment.items) - 1, -1, -1):
        before = _Rest((), done=False)
        for shape in shapes(segment.items[index]):
            before = before.joined(_before(spots, shape, index, rest))
        rest = before
    return Machine(tuple(spots), rest.spots)


def shapes(item: Item) -> tuple[Shape, ...]:
    """The exact spellings of an item."""
    return (literal_shape(item.text),) if isinstance(item, Literal) else item.type.shapes


def literal_shape(text: str) -> Shape:
    """The shape that spells exactly this text."""
    return tuple(Repeat(CharSet(frozenset({char})), 1, 1) for char in text)


@lru_cache(maxsize=65_536)
def shared(a: CharSet, b: CharSet) -> str | None:
    """A character of both sets, or None."""
    both = a.intersect(b)
    return None if both.is_empty() else both.example()


def cheapest_path(
    starts: Iterable[tuple[str, State]],
    moves: Callable[[State], Iterable[tuple[str, State]]],
    accepts: Callable[[State], bool],
) -> tuple[tuple[str, State], ...] | None:
    """Return the characters, and the states they lead to, of a text of fewest bytes that is accepted."""
    arrived: dict[State, tuple[str, State | None]] = {}
    ticks = count()
    queue: list[tuple[int, int, State, str, State | None]] = [
        (len(char.encode()), next(ticks), state, char, None) for char, state in starts
    ]
    heapify(queue)
    while queue:
        cost, _, state, char, origin = heappop(queue)
        if state in arrived:
            continue
        arrived[state] = (char, origin)
        if accepts(state):
            return _walked(state, arrived)
        for step, after in moves(state):
            if after not in arrived:
                heappush(queue, (cost + len(step.encode()), next(ticks), after, step, state))
    return None


def _walked(end: State, arrived: dict[State, tuple[str, State | None]]) -> tuple[tuple[str, State], ...]:
    steps: list[tuple[str, State]] = []
    state: State | None = end
    while state is not None:
        char, origin = arrived[state]
        steps.append((char, state))
        state = origin
    return tuple(reversed(steps))


def _before(spots: list[Spot], shape: Shape, item: int, rest: _Rest) -> _Rest:
    for repeat in reversed(shape):
        rest = _repeated(spots, repeat, item, rest)
    return rest


def _repeated(spots: list[Spot], repeat: Repeat, item: int, rest: _Rest) -> _Rest:
    """Put a repetition before the rest, one spot for each character it counts."""
    following = rest
    count = repeat.high
    if count is None:
        count = max(repeat.low, 1)
        following = _Rest((len(spots),), done=False).joined(rest)
    for read in range(count, 0, -1):
        spots.append(Spot(repeat.chars, item, following.spots, following.done))
        following = _Rest((len(spots) - 1,), done=False)
        if read > repeat.low:
            following = following.joined(rest)
    return following
