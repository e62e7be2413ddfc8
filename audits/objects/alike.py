"""What does a rule say of one of very many objects, most of which are alike to it?

A rule is run on what it has not seen yet, and what it looks at meanwhile is noted. Whatever later shows the
same in each of these respects gets the same verdict: a rule goes by nothing else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final, TypeAlias, TypeVar, cast

from audits.object_facts import is_worth_saying
from audits.objects.clock import Clock
from audits.objects.ways import Known, Look, Noted, Ways
from bucketwright.objects.postures import DeleteMarkerPosture, ObjectPosture
from bucketwright.posture import Estate, Posture, Unknown
from bucketwright.rules.rule import Rule
from bucketwright.verdicts import Fails, Undecided

Value = TypeVar("Value")
Seen: TypeAlias = Mapping[Look, object]
"""What was looked at, and what it was."""
Later: TypeAlias = Callable[[Look, object], object]
"""What will still be known of something that is seen now, if the thing stays as it is."""


@dataclass(frozen=True, slots=True)
class Unasked(Unknown):
    """It was not asked for so far, and can be."""

    question: str = ""
    possible: tuple[object, ...] = ()
    """What it can be, where that is known."""

    def __hash__(self) -> int:
        """By little of it: it is looked up for every object, and hardly ever by another that is equal."""
        return hash(self.question)


@dataclass(frozen=True, slots=True)
class Ask:
    """It hangs on what was not asked for."""

    questions: frozenset[str]


Said: TypeAlias = Fails | Undecided | Ask | None
"""None: nothing is to be said of it, for the rule is kept or does not apply."""


@dataclass(slots=True, eq=False)
class Reached:
    """What one rule says of all that are alike."""

    said: Said
    lasts: bool = False
    """Whether there is nothing to say of it, and will be nothing for as long as it stays as it is."""


class Alike:
    """One rule, and what it said of the objects of one bucket so far."""

    def __init__(self, rule: Rule[Posture], estate: Estate, later: Later | None = None) -> None:
        self.rule: Final = rule
        self._clock: Final = Clock.of(estate)
        self._later: Final = later
        self._kind: Final = _WATCHED[rule.kind]
        self._ways: Final = Ways[Reached]()

    @property
    def is_endless(self) -> bool:
        """Whether it judges some one by one."""
        return self._ways.is_endless or self._ways.is_full

    def said(self, known: Known) -> Said:
        """What the rule says of what is known, or what has to be asked before it can."""
        return self.reached(known).said

    def reached(self, known: Known) -> Reached:
        """The same, and whether it lasts."""
        found = self._ways.end(known)
        if isinstance(found, Reached):
            return found
        reached, seen = self._judged(known)
        if found is None:
            self._ways.keep(seen.items(), reached)
        return reached

    def _judged(self, known: Known) -> tuple[Reached, Seen]:
        """What is reached, and all that was looked at on the way."""
        noted = Noted(known)
        said = self._run(noted)
        lasts = said is None and self._later is not None and self._will_last(noted, self._later)
        return Reached(said, lasts), noted.seen

    def _run(self, known: Known) -> Said:
        watched = self._kind(known)
        verdict = self.rule.verdict(watched, self._clock)
        if not is_worth_saying(verdict):
            return None
        unasked = {look: one for look, one in watched.seen.items() if isinstance(one, Unasked)}
        if not unasked:
            return verdict
        if all(one.possible for one in unasked.values()) and self._is_kept_anyway(known, unasked):
            return None
        return Ask(frozenset(one.question for one in unasked.values()))

    def _is_kept_anyway(self, known: Known, unasked: Mapping[Look, Unasked]) -> bool:
        """Whether there is nothing to say, whichever of its possible values each fact has."""
        return all(
            self._run(_Instead(known, dict(zip(unasked, values, strict=True)))) is None
            for values in product(*(one.possible for one in unasked.values()))
        )

    def _will_last(self, known: Known, later: Later) -> bool:
        """Whether the same is found later, when some facts may have changed and the time is another."""
        self._clock.forget()
        return self._run(_Later(known, later)) is None and not self._clock.was_asked


@dataclass(frozen=True, slots=True)
class _Instead:
    """What is known, with other values for some of it."""

    known: Known
    others: Mapping[Look, object]

    def __getitem__(self, look: Look) -> object:
        return self.others[look] if look in self.others else self.known[look]


@dataclass(frozen=True, slots=True)
class _Later:
    """What will still be known."""

    known: Known
    later: Later

    def __getitem__(self, look: Look) -> object:
        return self.later(look, self.known[look])


class _Watching:
    """What is known of a thing, read by a rule: it notes what is looked at, and what was seen there."""

    def __init__(self, known: Known) -> None:
        object.__setattr__(self, "known", known)
        object.__setattr__(self, "seen", {})

    known: Known
    seen: dict[Look, object]

    def told(self, name: str) -> object:
        """A fact as it was told."""
        found = self.seen[name] = self.known[name]
        return found

    def of_key(self, follows: Callable[[str], Value]) -> Value:
        """What follows from the key, by which alone it is noted."""
        found = self.seen[follows] = self.known[follows]
        return cast("Value", found)


class _WatchedObject(_Watching, ObjectPosture):
    """An object, of which it is noted what is looked at."""


class _WatchedMarker(_Watching, DeleteMarkerPosture):
    """The same of a delete marker."""


_WATCHED: Final[Mapping[type[Posture], type[_WatchedObject] | type[_WatchedMarker]]] = {
    ObjectPosture: _WatchedObject,
    DeleteMarkerPosture: _WatchedMarker,
}
