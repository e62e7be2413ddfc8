"""Who reads which keys, when a list is read from many places at once? Each key has one owner at any time.

A range `(low, high]` is read from its lower end. Whoever has nothing to do takes the upper half of the range
that seems to hold the most, at a place of which nothing is known. A page that came while that happened is cut
where the range ends by then: so no key is told twice, and none is left out.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter, le, lt
from typing import Final, Generic, NamedTuple

from bucketwright.s3.wholeness import BadAnswerError
from bucketwright.s3.wire.lists import Item, Make, Turned
from bucketwright.s3.wire.repeats import Name, Repeats
from bucketwright.s3.wire.splits import shared, split

_DIGITS: Final = 8
_PAGES_PER_PART: Final = 2
"""How many pages have to come for another part: a part costs about a page that holds little, or nothing."""


class Piece(NamedTuple, Generic[Item]):
    """Some rows, and the range that they cover; `low` and `high` as in a Page."""

    rows: Sequence[Item]
    low: str
    high: str | None


class Manner(NamedTuple):
    """How a server lists."""

    in_parts: bool
    """Whether it lists from after any key on, in the order of their bytes."""
    whole_keys: bool
    """Whether all that there is of a key is on one page."""
    most_empty: int
    """Pages in a row."""
    worth: float = 4_000
    """Fewer keys ahead than these are read as fast by who reads them already."""
    apart: str = "version"
    """The field that tells the rows of one key apart."""


class Range(Generic[Item]):
    """A part of a list that is read by one reader."""

    __slots__ = (
        "at",
        "empty",
        "first",
        "following",
        "guess",
        "held",
        "high",
        "latest",
        "listed",
        "low",
        "repeats",
        "turned",
    )

    def __init__(self, low: str, high: str | None, guess: int = 0) -> None:
        self.low = self.first = self.latest = self.at = low
        """Up to where all is told; the first key that was read, the first of the last page, and the last."""
        self.high = high
        self.following: Mapping[str, str] | None = None
        """What asks for the next page; None before the first."""
        self.held: Sequence[Item] = ()
        """What was read of a key of which there may be more."""
        self.repeats = Repeats()
        self.listed = self.turned = self.empty = 0
        """Keys so far; those of the last page; empty pages since then."""
        self.guess = guess
        """How it is split next."""

    @property
    def ahead(self) -> float:
        """How many keys may still come, if they are spread as all that came, or as those of the last page."""
        return max(self._ahead(self.first, self.listed), self._ahead(self.latest, self.turned))

    def _ahead(self, since: str, count: int) -> float:
        same = shared(since, self.high)
        top = float(1 << 8 * _DIGITS) if self.high is None else _number(self.high, same)
        read = _number(self.at, same) - _number(since, same)
        return count * (top - _number(self.at, same)) / max(read, 1)


class Ranges(Generic[Item]):
    """All parts of one list that are not read to their ends."""

    def __init__(self, low: str, high: str | None, manner: Manner) -> None:
        self.parts: list[Range[Item]] = [Range(low, high)]
        self._manner = manner
        self._name: Callable[[Item], Name] = attrgetter("key", manner.apart)
        self._pages = self._made = 0

    def stolen(self) -> Range[Item] | None:
        """The upper half of the part with most ahead, for who is free; None where that is of no use."""
        if not self._manner.in_parts or self._made * _PAGES_PER_PART > self._pages:
            return None
        able = [part for part in self.parts if part.listed]
        for part in sorted(able, key=lambda one: one.ahead, reverse=True):
            if part.ahead < self._manner.worth:
                return None
            middle = split(part.latest, part.at, part.high, part.guess)
            if middle is not None:
                part.guess += 1
                taken: Range[Item] = Range(middle, part.high, part.guess)
                part.high = middle
                self._made += 1
                self.parts.append(taken)
                return taken
        return None

    def turned(self, part: Range[Item], turned: Turned[Item]) -> Piece[Item] | None:
        """What a page adds to what is told, if anything; BadAnswerError where the list goes astray."""
        self._refuse_circles(part, turned)
        keys, rows = self._in_order(part, turned)
        ends = turned.next is None
        if part.high is not None and keys:
            last = keys[-1]
            ends = ends or last > part.high or (self._manner.whole_keys and last == part.high)
            del keys[bisect_right(keys, part.high) :]
        part.following = turned.next
        if keys:
            part.first = part.first if part.listed else keys[0]
            part.latest, part.at = keys[0], keys[-1]
            part.turned = len(keys)
            part.listed += len(keys)
        self._pages += 1
        told = self._joined(part, rows(slice(len(keys))))
        if ends:
            self.end(part)
            return Piece(told, part.low, part.high)
        return self._so_far(part, told)

    def end(self, part: Range[Item]) -> None:
        """Nothing more is read of it."""
        self.parts.remove(part)

    def _so_far(self, part: Range[Item], rows: Sequence[Item]) -> Piece[Item] | None:
        """What is whole of a part that goes on."""
        if not self._manner.whole_keys and rows:
            first = bisect_left(rows, rows[-1].key, key=_key)
            rows, part.held = rows[:first], rows[first:]
        if not rows:
            return None
        low, part.low = part.low, rows[-1].key
        return Piece(rows, low, part.low)

    def _in_order(self, part: Range[Item], turned: Turned[Item]) -> tuple[list[str], Make[Item]]:
        """What is on a page; that of a server that keeps no order is put in one, and none comes again."""
        keys = turned.keys
        is_sorted = all(map(lt if self._manner.whole_keys else le, keys, keys[1:]))
        if is_sorted and (not keys or self._goes_on(part, keys[0])):
            return keys, turned.rows
        if self._manner.whole_keys and len(set(keys)) < len(keys):
            raise BadAnswerError("the same key is listed twice")
        if self._manner.in_parts or part.following is not None:
            raise BadAnswerError("the keys of the list are not in order")
        rows = sorted((row for row in turned.rows(slice(None)) if row.key > part.low), key=_key)
        return [row.key for row in rows], rows.__getitem__

    def _joined(self, part: Range[Item], rows: Sequence[Item]) -> Sequence[Item]:
        """What was held back and what came after it; some servers begin with what they ended with."""
        if self._manner.whole_keys:
            return rows
        fresh = rows[1:] if part.held and rows[:1] == part.held[-1:] else rows
        part.repeats.refuse(list(map(self._name, fresh)))
        return [*part.held, *fresh] if part.held else fresh

    def _goes_on(self, part: Range[Item], key: str) -> bool:
        """Whether the first key of a page comes after those of the last."""
        again = key == part.at and part.following is not None and not self._manner.whole_keys
        return key > part.at or again

    def _refuse_circles(self, part: Range[Item], turned: Turned[Item]) -> None:
        part.empty = 0 if turned.keys else part.empty + 1
        if part.empty > self._manner.most_empty:
            raise BadAnswerError(f"the list has more than {self._manner.most_empty} empty pages in a row")
        if turned.next is not None and turned.next == part.following:
            raise BadAnswerError("the same page was pointed to twice")


def _key(row: Item) -> str:
    return row.key


def _number(text: str, place: int) -> int:
    """The first bytes of what stands from a place on, as a number."""
    return int.from_bytes(text[place : place + _DIGITS].encode()[:_DIGITS].ljust(_DIGITS, b"\0"))
