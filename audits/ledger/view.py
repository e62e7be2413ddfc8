"""Which parts have to be read for a range of keys? Those that no newer part stands for.

A part that holds all there is of a range stands for every part that was listed before its own list began. Two
runs at one time hide nothing of each other: of what both saw, the row that was listed last counts.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from audits.ledger.manifest import Part
from audits.ledger.spans import Range, joined, reaches, within, without


class Piece(NamedTuple):
    """A range of a part that is to be read."""

    low: str
    high: str | None
    part: Part


class View:
    """The parts of one moment, ready to be asked."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self.parts: Final = tuple(parts)
        self.pieces: Final = sorted(_visible(self.parts), key=lambda one: (one.low, one.part.name))
        self._lows: Final = [one.low for one in self.pieces]
        self._bounds: Final = sorted({*self._lows, *(one.high for one in self.pieces if one.high)})
        self._furthest: Final = list(accumulate((one.high for one in self.pieces), _greater))

    @property
    def seen(self) -> frozenset[str]:
        """The names of the parts of which anything is still to be read."""
        return frozenset(one.part.name for one in self.pieces)

    @property
    def whole(self) -> tuple[Range, ...]:
        """The ranges of which all is known."""
        return joined(span for part in self.parts for span in part.whole)

    def at(self, low: str) -> list[Piece]:
        """The pieces in which the keys right behind this one lie."""
        found: list[Piece] = []
        at = bisect_right(self._lows, low)
        while at and self._furthest[at - 1] != low and reaches(self._furthest[at - 1], low):
            at -= 1
            high = self.pieces[at].high
            if high != low and reaches(high, low):
                found.append(self.pieces[at])
        return found

    def behind(self, low: str) -> str | None:
        """Where the next piece begins; None where none does."""
        at = bisect_right(self._lows, low)
        return self._lows[at] if at < len(self._lows) else None

    def around(self, low: str) -> Range:
        """The range around the keys right behind this one in which no piece begins or ends."""
        at = bisect_right(self._bounds, low)
        return self._bounds[at - 1] if at else "", self._bounds[at] if at < len(self._bounds) else None

    def of(self, low: str, high: str | None) -> list[Piece]:
        """What has to be read for a range, cut to it."""
        found: list[Piece] = []
        at = len(self._lows) if high is None else bisect_left(self._lows, high)
        while at and reaches(self._furthest[at - 1], low) and self._furthest[at - 1] != low:
            at -= 1
            piece = self.pieces[at]
            for start, end in within([(piece.low, piece.high)], (low, high)):
                if piece.part.last > start and reaches(end, piece.part.first):
                    found.append(Piece(start, end, piece.part))
        return found


def _visible(parts: Sequence[Part]) -> Iterable[Piece]:
    """What of each part no newer one stands for."""
    newer = sorted((one for one in parts if one.whole), key=lambda one: one.oldest)
    covered: tuple[Range, ...] = ()
    for part in sorted(parts, key=lambda one: one.newest, reverse=True):
        fresh: list[Range] = []
        while newer and newer[-1].oldest > part.newest:
            fresh += newer.pop().whole
        covered = joined((*covered, *fresh)) if fresh else covered
        for span in part.extent:
            yield from (Piece(low, high, part) for low, high in without(span, covered))


def _greater(one: str | None, other: str | None) -> str | None:
    return None if one is None or other is None else max(one, other)
