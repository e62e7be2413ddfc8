"""Is a key in a set of keys, when a million are asked about one after the other?

The set is read by the machines that searches in it use, letter by letter, with every step remembered.
"""

from typing import Final

from bucketwright.iam.charset import CharSet
from bucketwright.iam.formulas import Formula, judge, plain, unions
from bucketwright.iam.machines import Alphabet, Machine

_State = tuple[int, ...]
_MOST_STEPS: Final = 50_000
_NO_KEY: Final = "\0"
"""Begins no key of S3."""


class KeySet:
    """The keys of a formula."""

    def __init__(self, formula: Formula) -> None:
        formula = plain(formula)
        parts = tuple(dict.fromkeys(unions(formula)))
        sets = [token.chars for leaves in parts for leaf in leaves for token in leaf.tokens]
        alphabet = Alphabet(sets)
        letters = {char for chars in sets for char in chars.chars if len(char) == 1}
        self._ranks: Final = {char: min(alphabet.listed(CharSet(frozenset({char})))) for char in letters}
        self._unnamed: Final = alphabet.unnamed
        self._machines: Final = tuple(Machine(leaves, alphabet) for leaves in parts)
        self._holds: Final = judge(formula, {leaves: number for number, leaves in enumerate(parts)})
        self._start: Final[_State] = tuple(machine.start for machine in self._machines)
        self._steps: dict[tuple[_State, int], _State] = {}
        self._settled: dict[_State, bool | None] = {}
        self._head, self._answer = _NO_KEY, False
        """Every key that begins so has this answer: keys come in their order, so the next one may well."""

    def __contains__(self, key: str) -> bool:
        if key.startswith(self._head):
            return self._answer
        state = self._start
        for at, letter in enumerate(key):
            settled = self._settles(state)
            if settled is not None:
                self._head, self._answer = key[:at], settled
                return settled
            state = self._step(state, self._ranks.get(letter, self._unnamed))
        accepted = [machine.accepts(at) for machine, at in zip(self._machines, state, strict=True)]
        return self._holds(accepted) is True

    def _settles(self, state: _State) -> bool | None:
        """The answer where it is the same however a key goes on from here."""
        if state not in self._settled:
            found = [machine.settled(at) for machine, at in zip(self._machines, state, strict=True)]
            self._settled[state] = self._holds(found)
        return self._settled[state]

    def _step(self, state: _State, letter: int) -> _State:
        after = self._steps.get((state, letter))
        if after is None:
            if len(self._steps) >= _MOST_STEPS:
                self._steps.clear()
                self._settled.clear()
            after = tuple(machine.step(at, letter) for machine, at in zip(self._machines, state, strict=True))
            self._steps[state, letter] = after
        return after
