"""When is what asked? Each question as soon as what it hangs on is answered; nothing waits for the rest."""

from collections import defaultdict, deque
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from bucketwright.calls import Call, Outcome

Steps: TypeAlias = Generator[tuple[Call, ...], None, "Iterable[Steps]"]
"""Yields calls and goes on once all of them are answered; what it returns is begun after it."""


@dataclass(eq=False, slots=True)
class _Paused:
    steps: Steps
    left: set[str]
    """What it waits for, by identity."""


@dataclass(slots=True)
class Asking:
    """Many steps at once, and all that was answered to them. No call is made twice."""

    outcomes: dict[str, Outcome] = field(default_factory=dict)
    """By identity."""
    _sent: set[str] = field(default_factory=set)
    _waiting: defaultdict[str, list[_Paused]] = field(default_factory=lambda: defaultdict(list))

    def begin(self, several: Iterable[Steps]) -> list[Call]:
        """The calls that they begin with."""
        calls: list[Call] = []
        going = deque(several)
        while going:
            steps = going.popleft()
            try:
                wanted = next(steps)
            except StopIteration as ended:
                going.extend(ended.value)
                continue
            left = {one.identity for one in wanted if one.identity not in self.outcomes}
            if not left:
                going.append(steps)
                continue
            calls += self._pause(_Paused(steps, left), wanted)
        return calls

    def answered(self, call: Call, outcome: Outcome) -> list[Call]:
        """The calls that an answer leads to."""
        self.outcomes[call.identity] = outcome
        ready = []
        for paused in self._waiting.pop(call.identity, ()):
            paused.left.discard(call.identity)
            if not paused.left:
                ready.append(paused.steps)
        return self.begin(ready)

    def _pause(self, paused: _Paused, wanted: Iterable[Call]) -> list[Call]:
        for identity in paused.left:
            self._waiting[identity].append(paused)
        unsent = paused.left - self._sent
        self._sent.update(unsent)
        return list({one.identity: one for one in wanted if one.identity in unsent}.values())
