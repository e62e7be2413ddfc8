"""What do the rules that are asked for say of the objects and delete markers of one bucket?"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from audits.objects.alike import Alike, Ask, Later
from audits.objects.known import KnownObject, Thing
from bucketwright.judging import Judgement
from bucketwright.objects.postures import DeleteMarkerPosture, ObjectPosture
from bucketwright.posture import Estate, Posture
from bucketwright.rules.rule import Rule
from bucketwright.verdicts import Fails, Undecided

Tell = Callable[[Judgement], None]
Found = tuple[Rule[Posture], Fails | Undecided]
_KINDS: Final = (ObjectPosture, DeleteMarkerPosture)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An object of which something has to be asked, and the rules that wait for it."""

    one: KnownObject
    rules: tuple[Alike, ...]
    questions: frozenset[str]
    told: tuple[Found, ...]
    """What other rules said already."""


class Judges:
    """The rules, each with what it said so far, and whom to tell what fails or is not decided."""

    def __init__(
        self, rules: Iterable[Rule[Posture]], estate: Estate, tell: Tell, later: Later | None = None
    ) -> None:
        several = tuple(Alike(one, estate, later) for one in rules if one.kind in _KINDS)
        self._of_objects: Final = tuple(one for one in several if one.rule.kind is ObjectPosture)
        self._of_markers: Final = tuple(one for one in several if one.rule.kind is DeleteMarkerPosture)
        self._tell: Final = tell
        self.wrong = 0
        """How many objects broke a rule once all was known of them that it asks for."""

    def first(self, one: Thing) -> Waiting | None:
        """Judge it by all rules; what has to be asked of it before all is told."""
        if isinstance(one, KnownObject):
            return self._judged(one, self._of_objects, ())
        reached = [(alike.rule, alike.reached(one)) for alike in self._of_markers]
        one.lasts = all(end.lasts for _, end in reached)
        self._say(one, [(rule, end.said) for rule, end in reached if isinstance(end.said, Fails | Undecided)])
        return None

    def again(self, what: Waiting) -> Waiting | None:
        """The same by the rules that waited, once something was asked."""
        return self._judged(what.one, what.rules, what.told)

    def _judged(self, one: KnownObject, rules: Iterable[Alike], told: tuple[Found, ...]) -> Waiting | None:
        waiting: list[Alike] = []
        questions: set[str] = set()
        found: list[Found] = []
        for alike in rules:
            reached = alike.reached(one)
            said = reached.said
            if said is None:
                one.lasts = one.lasts and reached.lasts
            elif isinstance(said, Ask):
                waiting.append(alike)
                questions |= said.questions
            else:
                one.lasts = False
                found.append((alike.rule, said))
        if waiting:
            return Waiting(one, tuple(waiting), frozenset(questions), (*told, *found))
        self._say(one, (*told, *found))
        self.wrong += any(isinstance(said, Fails) for _, said in found)
        return None

    def _say(self, one: Thing, found: Sequence[Found]) -> None:
        if found:
            posture = one.posture
            for rule, verdict in found:
                self._tell(Judgement(rule, posture, verdict))
