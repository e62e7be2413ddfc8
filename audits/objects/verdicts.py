"""What do the rules that are asked for say of the objects and delete markers of one bucket?"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from audits.object_facts import is_left_out
from audits.objects.alike import Alike, Ask, Later, Reached
from audits.objects.known import KnownObject, Thing
from audits.objects.together import Together
from bucketwright.judging import Judgement
from bucketwright.objects.postures import DeleteMarkerPosture, ObjectPosture
from bucketwright.posture import Estate, Posture
from bucketwright.rules.rule import Rule
from bucketwright.verdicts import Fails, Undecided

Tell = Callable[[Judgement], None]
Found = tuple[Rule[Posture], Fails | Undecided]
_KINDS: Final = (ObjectPosture, DeleteMarkerPosture)
_MOST_SUMS: Final = 4_096


class Waiting(NamedTuple):
    """An object of which something has to be asked, and the rules that wait for it."""

    one: KnownObject
    rules: Together
    questions: frozenset[str]
    told: tuple[Found, ...]
    """What other rules said already."""
    fails: bool
    """Whether it broke one of those that waited before."""


@dataclass(frozen=True, slots=True)
class _Sum:
    """What several rules say together."""

    waiting: Together | None
    questions: frozenset[str]
    found: tuple[Found, ...]
    lasts: bool
    fails: bool


class Judges:
    """The rules, each with what it said so far, and whom to tell what fails or is not decided."""

    def __init__(
        self, rules: Iterable[Rule[Posture]], estate: Estate, tell: Tell, later: Later | None = None
    ) -> None:
        several = tuple(Alike(one, estate, later) for one in rules if one.kind in _KINDS)
        self._of_objects: Final = Together(one for one in several if one.rule.kind is ObjectPosture)
        self._of_markers: Final = tuple(one for one in several if one.rule.kind is DeleteMarkerPosture)
        self._tell: Final = tell
        self._sums: Final[dict[tuple[Reached, ...], _Sum]] = {}
        """By what each rule reached, for that is the same again and again."""
        self._groups: Final[dict[tuple[Alike, ...], Together]] = {}
        """Of rules that wait for an answer."""
        self.wrong = 0
        """How many objects broke a rule that waited, once all was known of them that it asks for."""
        self.left = 0
        """Of how many something was not asked."""
        self.shut = 0
        """Into how many nobody may look, as far as nothing else is wrong with them."""

    def first(self, one: Thing) -> Waiting | None:
        """Judge it by all rules; what has to be asked of it before all is told."""
        if isinstance(one, KnownObject):
            return self._judged(one, self._of_objects, None)
        reached = [(alike.rule, alike.reached(one)) for alike in self._of_markers]
        one.lasts = all(end.lasts for _, end in reached)
        self._say(one, [(rule, end.said) for rule, end in reached if isinstance(end.said, Fails | Undecided)])
        return None

    def again(self, what: Waiting) -> Waiting | None:
        """The same by the rules that waited, once something was asked."""
        return self._judged(what.one, what.rules, what)

    def leave(self, what: Waiting) -> None:
        """Nothing more is asked of it: what rules said already is told, and the others stay undecided."""
        what.one.lasts = False
        self.left += 1
        self._say(what.one, what.told)

    def _judged(self, one: KnownObject, rules: Together, before: Waiting | None) -> Waiting | None:
        several, reached = rules.reached(one)
        total = self._sums.get(reached) or self._summed(several, reached)
        found = total.found if before is None else before.told + total.found
        fails = before is not None and (before.fails or total.fails)
        if not total.lasts:
            one.lasts = False
        if total.waiting is not None:
            return Waiting(one, total.waiting, total.questions, found, fails)
        self.wrong += fails
        self.shut += not fails and any(is_left_out(verdict) for _, verdict in found)
        self._say(one, found)
        return None

    def _summed(self, rules: tuple[Alike, ...], reached: tuple[Reached, ...]) -> _Sum:
        said = [(alike, end.said) for alike, end in zip(rules, reached, strict=True)]
        asks = [(alike, one) for alike, one in said if isinstance(one, Ask)]
        found = tuple((alike.rule, one) for alike, one in said if isinstance(one, Fails | Undecided))
        total = _Sum(
            waiting=self._group(tuple(alike for alike, _ in asks)),
            questions=frozenset[str]().union(*(one.questions for _, one in asks)),
            found=found,
            lasts=all(end.lasts or isinstance(end.said, Ask) for end in reached),
            fails=any(isinstance(one, Fails) for _, one in found),
        )
        if len(self._sums) < _MOST_SUMS:
            self._sums[reached] = total
        return total

    def _group(self, rules: tuple[Alike, ...]) -> Together | None:
        if rules and rules not in self._groups:
            self._groups[rules] = Together(rules)
        return self._groups.get(rules)

    def _say(self, one: Thing, found: Sequence[Found]) -> None:
        if found:
            posture = one.posture
            for rule, verdict in found:
                self._tell(Judgement(rule, posture, verdict))
