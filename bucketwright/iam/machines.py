"""Leaves as a machine that reads a text letter by letter, and the letters that tell leaves apart."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Final

from bucketwright.iam.charset import CharSet, Repeat
from bucketwright.iam.leaves import EVERYTHING, NO_VARIABLE, Leaf

_Cell = tuple[CharSet, bool, bool]
_CELLS_A_STEP: Final = 4096
_AT_ONCE: Final = 16
_STAR: Final = (EVERYTHING, True, True)
_END: Final = (CharSet(frozenset()), False, False)


class Alphabet:
    """One letter for each group of characters that no set tells apart, readable ones first."""

    def __init__(self, sets: Iterable[CharSet]) -> None:
        listed: dict[str, list[int]] = {}
        for number, chars in enumerate(dict.fromkeys(sets)):
            for char in chars.chars - {NO_VARIABLE}:
                listed.setdefault(char, []).append(number)
        groups: dict[tuple[bool, tuple[int, ...]], str] = {}
        for char in sorted(listed, key=_readability):
            groups.setdefault((len(char) > 1, tuple(listed[char])), char)
        unnamed = CharSet(frozenset(listed), negated=True).example()
        self.letters: Final = tuple(sorted((*groups.values(), unnamed), key=_readability))
        ranks = {letter: rank for rank, letter in enumerate(self.letters)}
        self.unnamed: Final = ranks[unnamed]
        """The letter that stands for every character that no set lists."""
        self._rank: Final = {
            char: ranks[groups[len(char) > 1, tuple(numbers)]] for char, numbers in listed.items()
        }
        self._variables: Final = {rank for letter, rank in ranks.items() if len(letter) > 1}

    def listed(self, chars: CharSet) -> frozenset[int]:
        """The letters that the set treats unlike the unnamed one."""
        found = {self._rank[char] for char in chars.chars - {NO_VARIABLE}}
        return frozenset(found | self._variables if NO_VARIABLE in chars.chars else found)


class Machine:
    """Some leaves, any of which may spell the text, as one row of cells, each leaf's followed by its end.

    The cells that a text may have led to are kept as bits of one number. A star takes whatever the cells
    before it would, so those are forgotten; at a star that ends a leaf everything is.
    """

    def __init__(self, leaves: tuple[Leaf, ...], alphabet: Alphabet) -> None:
        row: list[_Cell] = []
        starts: list[int] = []
        self._first: dict[int, int] = {}
        for leaf in leaves:
            starts.append(len(row))
            row += (cell for token in leaf.tokens for cell in _cells(token))
            self._first.update((at, starts[-1]) for at in range(starts[-1], len(row)) if row[at] == _STAR)
            row.append(_END)
        self._skip = _mask(at for at, (_, optional, _) in enumerate(row) if optional)
        self._stay = _mask(at for at, (_, _, endless) in enumerate(row) if endless)
        self._stars = _mask(self._first)
        self._last = _mask(at for at in self._first if row[at + 1] is _END)
        self._accepting = self._last | _mask(at for at, cell in enumerate(row) if cell is _END)
        cells: dict[CharSet, list[int]] = {}
        for at, (chars, _, _) in enumerate(row):
            cells.setdefault(chars, []).append(at)
        listed = {chars: alphabet.listed(chars) for chars in cells}
        self._listed = [listed[chars] for chars, _, _ in row]
        self._sets = [(chars.negated, listed[chars], _mask(found)) for chars, found in cells.items()]
        self._takes: dict[int, int] = {}
        self._apart: dict[int, frozenset[int]] = {}
        self._weight: Final = 1 + len(row) // _CELLS_A_STEP
        self.start: Final = self._rested(_mask(starts))

    def cost(self, at: int) -> int:
        """What one step from here costs."""
        return self._weight + at.bit_count() // _AT_ONCE

    def step(self, at: int, letter: int) -> int:
        takes = self._takes.get(letter)
        if takes is None:
            takes = sum(cells for negated, listed, cells in self._sets if (letter in listed) != negated)
            self._takes[letter] = takes
        onwards = at & takes
        return self._rested(onwards << 1 | onwards & self._stay)

    def accepts(self, at: int) -> bool:
        return bool(at & self._accepting)

    def settled(self, at: int) -> bool | None:
        """False where nothing can be accepted any more, True where everything will be."""
        return False if not at else True if at & self._last else None

    def tells_apart(self, at: int) -> frozenset[int]:
        """The letters that lead elsewhere from here than the unnamed one."""
        if at not in self._apart:
            self._apart[at] = frozenset[int]().union(*(self._listed[cell] for cell in _cells_of(at)))
        return self._apart[at]

    def _rested(self, at: int) -> int:
        """Skip what may be skipped, and forget what a star makes up for."""
        at |= (self._skip + (at & self._skip)) ^ self._skip
        if at & self._last:
            return self._last
        for star in _cells_of(at & self._stars):
            at &= ~((1 << star) - (1 << self._first[star]))
        return at


@lru_cache(maxsize=16_384)
def spells(leaf: Leaf, text: tuple[str, ...]) -> bool:
    """Whether the leaf spells the text: without a machine, for a text that often differs soon."""
    return _spelled(leaf, text)


def _spelled(leaf: Leaf, text: tuple[str, ...]) -> bool:
    head, row = _head_and_row(leaf)
    if text[: len(head)] != head:
        return False
    at = _rested(row, {len(head)})
    for letter in text[len(head) :]:
        taken = [number for number in at if _takes(row[number][0], letter)]
        at = _rested(row, {number + 1 for number in taken} | {number for number in taken if row[number][2]})
        if not at:
            return False
    return len(row) - 1 in at


@lru_cache(maxsize=1024)
def _head_and_row(leaf: Leaf) -> tuple[tuple[str, ...], tuple[_Cell, ...]]:
    """The letters with which every text begins; and the leaf's cells and its end."""
    row = (*(cell for token in leaf.tokens for cell in _cells(token)), _END)
    plain = takewhile(
        lambda cell: len(cell[0].chars) == 1 and cell == (CharSet(cell[0].chars), False, False), row
    )
    return tuple(char for chars, _, _ in plain for char in chars.chars), row


def _rested(row: Sequence[_Cell], at: set[int]) -> set[int]:
    """Skip what may be skipped, and forget what a star makes up for."""
    for number in sorted(at):
        skipped = next(end for end in range(number, len(row)) if not row[end][1])
        at.update(range(number, skipped + 1))
    last = max((number for number in at if row[number] == _STAR), default=0)
    return {number for number in at if number >= last}


def _takes(chars: CharSet, letter: str) -> bool:
    listed = letter in chars.chars or (len(letter) > 1 and NO_VARIABLE in chars.chars)
    return listed != chars.negated


def _cells(token: Repeat) -> Iterator[_Cell]:
    """Spell out a repetition as cells: the characters, whether it may be skipped, and repeat for ever."""
    yield from ((token.chars, False, False) for _ in range(token.low))
    if token.high is None:
        yield (token.chars, True, True)
    else:
        yield from ((token.chars, True, False) for _ in range(token.high - token.low))


def _mask(cells: Iterable[int]) -> int:
    packed = bytearray()
    for cell in cells:
        packed.extend(bytes(cell // 8 + 1 - len(packed)))
        packed[cell // 8] |= 1 << cell % 8
    return int.from_bytes(packed, "little")


def _cells_of(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _readability(letter: str) -> tuple[bool, bool, str]:
    return not (letter.isascii() and letter.isalnum()), not letter.isprintable(), letter
