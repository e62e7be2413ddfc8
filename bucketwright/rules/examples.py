"""What does a rule look like when it is kept, and when it is broken? Each rule shows both."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from bucketwright.posture import Circumstances, Estate, Posture, reference

EXAMPLE: Final = "example"
"""What is judged has this name; of a contract, it is the bucket, role or key with this id."""
NOW: Final = datetime(2026, 6, 1, 12, tzinfo=UTC)
AS_DECLARED: Final = object()
"""In place of a fact: as the contract around the example wants it, worked out when somebody looks."""


@dataclass(frozen=True, slots=True)
class Declares:
    """A contract around an example: settings of environment `prod` in project `shop`, as YAML would say."""

    settings: Mapping[str, object] = field(default_factory=dict)
    elsewhere: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """Settings of its other environments."""

    def circumstances(self) -> Circumstances:
        """The same, as a verdict may look at it."""
        from bucketwright.rules.example_contracts import around  # noqa: PLC0415 - brings pydantic; few look

        return around(self.settings, self.elsewhere, NOW)


def declares(elsewhere: Mapping[str, Mapping[str, object]] | None = None, /, **settings: object) -> Declares:
    """A contract around an example."""
    return Declares(settings, elsewhere or {})


@dataclass(frozen=True, slots=True)
class Example:
    """A resource, with all around it that the verdict needs."""

    is_good: bool
    facts: Mapping[str, object]
    beside: tuple[Posture, ...] = ()
    around: Declares | None = None
    called: str = EXAMPLE
    """What AWS calls it."""
    foreign: frozenset[str] = frozenset()
    """Addresses of buckets that other accounts have."""

    def posture(self, kind: type[Posture]) -> Posture:
        """The resource that is judged."""
        return kind(reference(kind.kind, EXAMPLE), self.called, self.facts_of(kind))

    def facts_of(self, kind: type[Posture]) -> Mapping[str, object]:
        """What is known of it; what is as declared is worked out."""
        wanted = [name for name, fact in self.facts.items() if fact is AS_DECLARED]
        declared = self._declared(reference(kind.kind, EXAMPLE)) if wanted else {}
        return {**self.facts, **{name: declared[name] for name in wanted}}

    def _declared(self, address: str) -> Mapping[str, object]:
        intended = None if self.around is None else self.around.circumstances().intended
        if intended is None:
            raise ValueError("without a contract around it nothing of an example is as declared")
        return intended.postures[address].facts

    def estate(self, kind: type[Posture], lens: str) -> Estate:
        """What a lens would show of it and of what is beside it."""
        several = (self.posture(kind), *self.beside)
        around = Circumstances(now=NOW) if self.around is None else self.around.circumstances()
        postures = {one.address: one for one in several}
        return Estate(lens, postures, circumstances=around, foreign=self.foreign)


def good(
    *beside: Posture,
    around: Declares | None = None,
    called: str = EXAMPLE,
    foreign: frozenset[str] = frozenset(),
    **facts: object,
) -> Example:
    """The rule is kept by a resource of these facts, beside these others."""
    return Example(is_good=True, facts=facts, beside=beside, around=around, called=called, foreign=foreign)


def bad(*beside: Posture, around: Declares | None = None, called: str = EXAMPLE, **facts: object) -> Example:
    """The rule is broken by a resource of these facts, beside these others."""
    return Example(is_good=False, facts=facts, beside=beside, around=around, called=called)
