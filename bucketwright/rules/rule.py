"""What is a rule: a predicate on one resource, with its manual, its examples and its fix in one file?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final, Generic, Literal, TypeAlias, TypeVar, get_type_hints

from bucketwright.contract.words import Severity
from bucketwright.posture import Estate, Posture, Undetermined
from bucketwright.rules.examples import Example
from bucketwright.rules.manual import Manual, manual_of
from bucketwright.verdicts import Confidence, NotApplicable, Undecided, Verdict

Lens = Literal["intended", "planned", "live"]
Tier = Literal["baseline", "chosen"]
ALL: Final[frozenset[Lens]] = frozenset({"intended", "planned", "live"})
DEPLOYED: Final[frozenset[Lens]] = frozenset({"planned", "live"})
"""Of what no contract declares."""
LIVE: Final[frozenset[Lens]] = frozenset({"live"})
BASELINE: Final[Tier] = "baseline"
CHOSEN: Final[Tier] = "chosen"
PRESENCE: Final = "presence"
"""Stands for the fact that a thing is there at all."""
SomePosture = TypeVar("SomePosture", bound=Posture)
Examples: TypeAlias = Callable[[], Sequence[Example]]


@dataclass(frozen=True, slots=True)
class Change:
    """One fact of one resource before and after a fix."""

    address: str
    fact: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Fix(Generic[SomePosture]):
    """What would make a resource keep a rule."""

    rule: str
    make: Callable[[SomePosture, Estate], Change]
    does: str
    """In one sentence."""
    is_safe: bool
    """Whether nothing can break by it that works now."""

    @property
    def risk(self) -> str:
        """What may break by it, on one line; empty where nothing can."""
        return "" if self.is_safe else " ".join(self.does.split())


@dataclass(frozen=True, slots=True)
class Rule(Generic[SomePosture]):
    """One rule of the catalogue."""

    id: str
    severity: Severity
    tier: Tier
    maps_to: tuple[str, ...]
    reads: tuple[str, ...]
    """Facts it may look at: those of its own kind by their names, first that which it is about; others as
    `kind.fact`."""
    lenses: frozenset[Lens]
    exemplify: Examples
    """Its examples, which only its pages and its tests look at."""
    kind: type[SomePosture]
    judge: Callable[[SomePosture, Estate], Verdict]
    manual: Manual
    confidence: Confidence = "certain"
    repair: Fix[SomePosture] | None = field(default=None)

    @property
    def examples(self) -> tuple[Example, ...]:
        return _made(self.exemplify)

    def verdict(self, posture: SomePosture, estate: Estate) -> Verdict:
        """What the rule says of a resource; undecided where a fact it needs is not known.

        What a contract says nothing of it leaves to others, and is not judged by it.
        """
        try:
            return self.judge(posture, estate)
        except Undetermined as undetermined:
            if undetermined.is_unsaid and estate.lens == "intended":
                return NotApplicable(f"the contract says nothing of {undetermined.name}")
            return Undecided(undetermined.name, undetermined.reason)

    def fix(
        self, *, is_safe: bool = True
    ) -> Callable[[Callable[[SomePosture, Estate], Change]], Fix[SomePosture]]:
        """Makes a function the fix of this rule; its docstring says what it does."""

        def made(make: Callable[[SomePosture, Estate], Change]) -> Fix[SomePosture]:
            return Fix(self.id, make, (make.__doc__ or "").strip(), is_safe)

        return made


def rule(  # noqa: PLR0913 - all of a rule at a glance, each by its name
    rule_id: str,
    *,
    severity: Severity,
    tier: Tier,
    reads: Sequence[str],
    examples: Examples,
    maps_to: Sequence[str] = (),
    lenses: frozenset[Lens] = ALL,
    confidence: Confidence = "certain",
) -> Callable[[Callable[[SomePosture, Estate], Verdict]], Rule[SomePosture]]:
    """Makes a predicate a rule: its first parameter says of which kind of resource, its docstring is the
    manual."""

    def made(judge: Callable[[SomePosture, Estate], Verdict]) -> Rule[SomePosture]:
        return Rule(
            id=rule_id,
            severity=severity,
            tier=tier,
            maps_to=tuple(maps_to),
            reads=tuple(reads),
            lenses=lenses,
            exemplify=examples,
            kind=_kind(judge),
            judge=judge,
            manual=manual_of(judge.__doc__ or ""),
            confidence=confidence,
        )

    return made


def change(posture: Posture, fact: str, after: object) -> Change:
    """A change of one fact of a resource."""
    return Change(posture.address, fact, posture.told(fact), after)


def removal(posture: Posture) -> Change:
    """That a thing goes away."""
    return Change(posture.address, PRESENCE, before=True, after=False)


def changed(posture: SomePosture, made: Change) -> SomePosture:
    """The resource once a change is made."""
    facts: Mapping[str, object] = {**posture.facts, made.fact: made.after}
    return type(posture)(posture.address, posture.name, facts)


@cache
def _made(examples: Examples) -> tuple[Example, ...]:
    return tuple(examples())


def _kind(judge: Callable[[SomePosture, Estate], Verdict]) -> type[SomePosture]:
    hints = get_type_hints(judge)
    first: type[SomePosture] = next(iter(hints.values()))
    return first
