"""Which objects stand for the others, and how many of the others may be wrong for all that these show?

An object is drawn by the hash of its key and version: every run draws the same ones, in whatever order they
are listed. Each prefix is drawn from by itself, as many objects from a small one as from a large one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from heapq import heappop, heappush, heappushpop
from math import exp, fsum, log
from typing import Final, Generic, TypeVar

from bucketwright.objects.headings import ELSEWHERE, Heading

Row = TypeVar("Row")
SEED: Final = b"bucketwright sample 1"
CONFIDENCE: Final = 0.95
USUAL_SIZE: Final = 300
"""Drawn from each prefix: where none of them is wrong, at most one in a hundred others is."""
MOST_SEGMENTS: Final = 100
"""First segments of undeclared keys that are drawn from by themselves; the rest is drawn from together."""
_BYTES: Final = 8
_LIKELY: Final = 0.5
"""What is found is as often less than its mean as more."""
_NOTHING: Final = 1e-18


def _forget(_row: object) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True, slots=True)
class Drawn(Generic[Row]):
    """What stands for a stratum."""

    stratum: Heading
    seen: int
    """How many objects it has."""
    rows: tuple[Row, ...]


class Sample(Generic[Row]):
    """Takes every object that is listed, and keeps those that are drawn: no more memory for more objects."""

    def __init__(
        self,
        stratum_of: Callable[[str], Heading],
        size: int = USUAL_SIZE,
        seed: bytes = SEED,
        spare: Callable[[Row], object] = _forget,
    ) -> None:
        """`spare` is told each that is not drawn, as soon as that is certain."""
        self._stratum_of = stratum_of
        self._spare = spare
        self._size = size
        self._seed = seed
        self._urns: dict[Heading, _Urn[Row]] = {}
        self._segments: list[tuple[int, str]] = []
        """The undeclared ones, the first to give way on top."""
        self._farthest = 2 ** (8 * _BYTES)
        """Segments drawn from here on have given way."""

    def offer(self, row: Row, key: str, version: str = "") -> None:
        """One object; each may be offered once."""
        urn = self._urn(self._stratum_of(key))
        urn.offer(draw(f"{key}\0{version}", self._seed), row)

    def drawn(self) -> Iterator[Drawn[Row]]:
        """What is drawn, stratum by stratum, in the order of the draw."""
        for stratum in sorted(self._urns, key=lambda one: (not one.declared, one.rest, one.name)):
            urn = self._urns[stratum]
            rows = tuple(row for _, _, row in sorted(urn.drawn, key=lambda entry: (-entry[0], entry[1])))
            yield Drawn(stratum, urn.seen, rows)

    def _urn(self, stratum: Heading) -> "_Urn[Row]":
        found = self._urns.get(stratum)
        if found is not None:
            return found
        if stratum.declared:
            return self._urns.setdefault(stratum, self._new_urn())
        number = draw(stratum.name, self._seed)
        if number >= self._farthest:
            return self._rest()
        heappush(self._segments, (-number, stratum.name))
        urn = self._urns.setdefault(stratum, self._new_urn())
        if len(self._segments) <= MOST_SEGMENTS:
            return urn
        return self._give_way(stratum) or urn

    def _give_way(self, newest: Heading) -> "_Urn[Row] | None":
        """Pour the last of the segments into the rest; give that where it was the newest."""
        number, name = heappop(self._segments)
        self._farthest = -number
        rest, poured = self._rest(), self._urns.pop(Heading(name))
        rest.pour(poured)
        return rest if name == newest.name else None

    def _rest(self) -> "_Urn[Row]":
        return self._urns.setdefault(ELSEWHERE, self._new_urn())

    def _new_urn(self) -> "_Urn[Row]":
        return _Urn(self._size, self._spare)


@dataclass(slots=True)
class _Urn(Generic[Row]):
    """Those of a stratum with the smallest numbers."""

    size: int
    spare: Callable[[Row], object]
    seen: int = 0
    drawn: list[tuple[int, int, Row]] = field(default_factory=list)
    """With their numbers below nothing, so that the largest is on top, and in the order they came."""

    def offer(self, number: int, row: Row) -> None:
        self.seen += 1
        if len(self.drawn) < self.size:
            heappush(self.drawn, (-number, self.seen, row))
        elif self.drawn and -number > self.drawn[0][0]:
            self.spare(heappushpop(self.drawn, (-number, self.seen, row))[2])
        else:
            self.spare(row)

    def pour(self, other: "_Urn[Row]") -> None:
        for number, _, row in other.drawn:
            self.offer(-number, row)
        self.seen += other.seen - len(other.drawn)


def draw(text: str, seed: bytes = SEED) -> int:
    """A number as good as thrown, the same whenever it is asked for."""
    spelled = text.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(spelled, digest_size=_BYTES, key=seed).digest(), "big")


def at_most(found: int, drawn: int, of: int) -> int:
    """How many of all objects are wrong at most, where so many of those drawn are.

    The largest number that would show no more than this with more chance than the confidence leaves:
    exact for drawing without putting back, and for any number above it the chance is smaller still.
    """
    if not 0 <= found <= drawn <= of:
        raise ValueError("no more can be found than drawn, nor drawn than there are")
    low, high = found, of - (drawn - found)
    while low < high:
        middle = (low + high + 1) // 2
        if _chance(found, drawn, middle, of) > 1 - CONFIDENCE:
            low = middle
        else:
            high = middle - 1
    return low


def told(found: int, drawn: int, of: int) -> str:
    """The same as a sentence."""
    seen = f"{drawn:,} of {of:,} looked at, {found:,} of them wrong"
    if drawn == of:
        return seen
    most = at_most(found, drawn, of)
    return f"{seen}: at {CONFIDENCE:.0%} confidence at most {most:,} are ({100 * most / of:.3g} %)"


def _chance(found: int, drawn: int, wrong: int, of: int) -> float:
    """How likely it is to draw no more wrong ones than were found; where that is likely, that it is."""
    if found * of >= drawn * wrong:
        return _LIKELY
    least, term = max(0, drawn - (of - wrong)), exp(_log_chance(found, drawn, wrong, of))
    total = term
    for one in range(found, least, -1):
        term *= one * (of - wrong - drawn + one) / ((wrong - one + 1) * (drawn - one + 1))
        total += term
        if term < total * _NOTHING:
            break
    return total


def _log_chance(found: int, drawn: int, wrong: int, of: int) -> float:
    """Of drawing exactly so many wrong ones."""
    ways = (log((drawn - one) / (found - one)) for one in range(found))
    bad = (log((wrong - one) / (of - one)) for one in range(found))
    good = (log((of - wrong - one) / (of - found - one)) for one in range(drawn - found))
    return fsum((*ways, *bad, *good))
