"""Sets of keys built from patterns by and, or and not: is one empty, and if not, which key is in it?

The search walks all leaves of the formula side by side, one letter at a time, and judges the formula on the
way, so no Deny has to be multiplied out. Containment in a union is as hard as it gets, so the work is
bounded: past the budget the answer is `Undecided`, which callers count as reaching.
"""

from collections import deque
from dataclasses import dataclass
from typing import Final

from bucketwright.iam.formulas import (
    ANYTHING,
    NOTHING,
    And,
    Formula,
    Not,
    Or,
    beside,
    following,
    includes,
    judge,
    plain,
    unions,
)
from bucketwright.iam.leaves import (
    EVERYTHING,
    ONE_CHARACTER,
    Leaf,
    any_case,
    arns,
    beginning,
    exactly,
    pattern,
)
from bucketwright.iam.machines import Alphabet, Machine, spells

__all__ = (
    "ANYTHING", "BUDGET", "EVERYTHING", "NOTHING", "ONE_CHARACTER", "And", "Exhausted", "Formula", "Leaf",
    "Letters", "Not", "Or", "PartSpent", "Undecided", "Work", "any_case", "arns", "beginning",
    "beside", "exactly", "following", "member", "pattern", "plain", "search", "within",
)  # fmt: skip

BUDGET: Final = 40_000
Letters = tuple[str, ...]
"""A text; a policy variable in it is one letter."""
_SPELLING: Final = 2
_CELLS_TO_BUILD: Final = 4
"""So many cost one step more than reading them does."""
_State = tuple[int, ...]


class Undecided(Exception):  # noqa: N818 - an answer, not an error
    """The work budget ran out before the question was settled."""


class PartSpent(Undecided):
    """A part of the budget ran out; something easier may still be settled with the rest."""


class Exhausted(Undecided):
    """The whole budget ran out, so that there is no use in asking on."""


@dataclass(slots=True)
class Work:
    """The steps that are left of a budget; several searches may share one."""

    left: int
    whole: "Work | None" = None

    def spend(self, steps: int) -> None:
        """Take these steps off, or raise Undecided where there are too few."""
        if steps > self.left:
            raise (PartSpent if self.whole else Exhausted)("too many cases to compare")
        self.left -= steps
        if self.whole:
            self.whole.spend(steps)

    def part(self, steps: int) -> "Work":
        """So much of it, and no more than is left."""
        return Work(steps, self)


def member(formula: Formula, budget: int = BUDGET) -> str | None:
    """Return a shortest text in the set, or None where it is empty; raise Undecided past the budget."""
    found = search(formula, Work(budget))
    return None if found is None else "".join(found)


def search(formula: Formula, work: Work) -> Letters | None:
    """Return a shortest text in the set, or None where it is empty; raise Undecided without work left."""
    reader = _Reader(formula, work)
    came_from: dict[_State, tuple[_State, str] | None] = {reader.start: None}
    queue = deque([reader.start])
    while queue:
        state = queue.popleft()
        if reader.accepts(state):
            return _letters(came_from, state)
        apart = reader.tells_apart(state)
        work.spend(reader.cost(state) * len(apart))
        for letter in sorted(apart):
            after = reader.step(state, letter)
            if after not in came_from:
                came_from[after] = state, reader.alphabet.letters[letter]
                if reader.may_accept(after):
                    queue.append(after)
    return None


def within(formula: Formula, text: Letters, work: Work) -> bool:
    """Whether the text is in the set; raise Undecided without work left."""

    def spelled(leaf: Leaf) -> bool:
        work.spend(_SPELLING)
        return spells(leaf, text)

    return includes(formula, spelled)


class _Reader:
    """All unions of leaves of a formula side by side, and the formula as the judge of what they say."""

    def __init__(self, formula: Formula, work: Work) -> None:
        formula = plain(formula)
        parts = tuple(dict.fromkeys(unions(formula)))
        tokens = [token for leaves in parts for leaf in leaves for token in leaf.tokens]
        cells = sum(token.high or token.low or 1 for token in tokens)
        work.spend(cells + cells // _CELLS_TO_BUILD)
        self.alphabet: Final = Alphabet(token.chars for token in tokens)
        self._machines: Final = tuple(Machine(leaves, self.alphabet) for leaves in parts)
        self._holds: Final = judge(formula, {leaves: number for number, leaves in enumerate(parts)})
        self.start: Final[_State] = tuple(machine.start for machine in self._machines)

    def cost(self, state: _State) -> int:
        """What one step from here costs."""
        return 1 + sum(machine.cost(at) for machine, at in zip(self._machines, state, strict=True))

    def step(self, state: _State, letter: int) -> _State:
        return tuple(machine.step(at, letter) for machine, at in zip(self._machines, state, strict=True))

    def accepts(self, state: _State) -> bool:
        accepted = [machine.accepts(at) for machine, at in zip(self._machines, state, strict=True)]
        return self._holds(accepted) is True

    def may_accept(self, state: _State) -> bool:
        """Whether some text may still lead to acceptance from here."""
        settled = [machine.settled(at) for machine, at in zip(self._machines, state, strict=True)]
        return self._holds(settled) is not False

    def tells_apart(self, state: _State) -> set[int]:
        """The letters that have to be tried from here; the unnamed one stands for all others."""
        told = (machine.tells_apart(at) for machine, at in zip(self._machines, state, strict=True))
        return {self.alphabet.unnamed}.union(*told)


def _letters(came_from: dict[_State, tuple[_State, str] | None], state: _State) -> Letters:
    letters: list[str] = []
    while step := came_from[state]:
        state, letter = step
        letters.append(letter)
    return tuple(reversed(letters))
