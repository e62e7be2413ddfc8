"""Sets of keys built from patterns by and, or and not: is one empty, and if not, which key is in it?

The search walks all leaves of the formula side by side, one letter at a time, and judges the formula on the
way, so no Deny has to be multiplied out. Containment in a union is as hard as it gets, so the work is
bounded: past the budget the answer is `Undecided`, which callers count as reaching.
"""

from collections import deque
from typing import Final

from bucketwright.iam.formulas import ANYTHING, NOTHING, And, Formula, Not, Or, beside, judge, plain, unions
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
from bucketwright.iam.machines import Alphabet, Machine

__all__ = (
    "ANYTHING", "BUDGET", "EVERYTHING", "NOTHING", "ONE_CHARACTER", "And", "Formula", "Leaf", "Not", "Or",
    "Undecided", "any_case", "arns", "beginning", "beside", "exactly", "member", "pattern",
)  # fmt: skip

BUDGET: Final = 100_000
_State = tuple[int, ...]


class Undecided(Exception):  # noqa: N818 - an answer, not an error
    """The work budget ran out before the question was settled."""


def member(formula: Formula, budget: int = BUDGET) -> str | None:
    """Return a shortest text in the set, or None where it is empty; raise Undecided past the budget."""
    formula = plain(formula)
    parts = tuple(dict.fromkeys(unions(formula)))
    tokens = [token for leaves in parts for leaf in leaves for token in leaf.tokens]
    budget = _less(budget, sum(token.high or token.low or 1 for token in tokens))
    alphabet = Alphabet(token.chars for token in tokens)
    machines = tuple(Machine(leaves, alphabet) for leaves in parts)
    holds = judge(formula, {leaves: number for number, leaves in enumerate(parts)})
    weight = 1 + sum(machine.weight for machine in machines)
    start = tuple(machine.start for machine in machines)
    came_from: dict[_State, tuple[_State, str] | None] = {start: None}
    queue = deque([start])
    while queue:
        state = queue.popleft()
        if holds([machine.accepts(at) for machine, at in zip(machines, state, strict=True)]):
            return _text(came_from, state)
        apart = {alphabet.unnamed}.union(*(m.tells_apart(at) for m, at in zip(machines, state, strict=True)))
        budget = _less(budget, weight * len(apart))
        for letter in sorted(apart):
            after = tuple(machine.step(at, letter) for machine, at in zip(machines, state, strict=True))
            if after not in came_from:
                came_from[after] = state, alphabet.letters[letter]
                settled = [machine.settled(at) for machine, at in zip(machines, after, strict=True)]
                if holds(settled) is not False:
                    queue.append(after)
    return None


def _less(budget: int, work: int) -> int:
    if work > budget:
        raise Undecided("too many cases to compare")
    return budget - work


def _text(came_from: dict[_State, tuple[_State, str] | None], state: _State) -> str:
    letters: list[str] = []
    while step := came_from[state]:
        state, letter = step
        letters.append(letter)
    return "".join(reversed(letters))
