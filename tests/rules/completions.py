"""What else could be true where a fact is withheld? All values that the examples of the catalogue give it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, combinations, islice, product
from typing import Final

from bucketwright.posture import Estate, Posture, Unknown
from bucketwright.rules import catalogue
from bucketwright.rules.examples import Example
from bucketwright.rules.rule import Rule

WITHHELD: Final = Unknown("was withheld")
_MOST: Final = 64
Slot = tuple[str, str]
"""The address of a resource and the name of a fact."""
Pool = Mapping[tuple[str, str], tuple[object, ...]]
"""What each fact of each kind may be."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """An example of which some facts are withheld."""

    example: Example
    slots: tuple[Slot, ...]

    def told(self, rule: Rule[Posture], values: Iterable[object] = ()) -> tuple[Posture, Estate]:
        """The resource and its estate with these values in the place of what is withheld."""
        estate = self.example.estate(rule.kind, "live")
        given = dict(zip(self.slots, values, strict=False))
        postures = {one.address: self._with(one, given) for one in estate.postures.values()}
        return postures[self.example.posture(rule.kind).address], replace(estate, postures=postures)

    def _with(self, posture: Posture, given: Mapping[Slot, object]) -> Posture:
        mine = {
            name: given.get((address, name), WITHHELD)
            for address, name in self.slots
            if address == posture.address
        }
        return type(posture)(posture.address, posture.name, {**posture.facts, **mine})


def withheld(rule: Rule[Posture], example: Example) -> Iterator[Lacking]:
    """The example without one fact, without each two, and without all."""
    estate = example.estate(rule.kind, "live")
    slots = [(one.address, name) for one in estate.postures.values() for name in one.facts]
    sets = chain(combinations(slots, 1), combinations(slots, 2), [tuple(slots)])
    return (Lacking(example, several) for several in islice(sets, _MOST) if several)


@cache
def _pool() -> Pool:
    """What the examples of all rules say of each fact."""
    found: dict[tuple[str, str], list[object]] = defaultdict(list)
    for rule in catalogue().values():
        for example in rule.examples:
            for posture in (example.posture(rule.kind), *example.beside):
                for name, value in posture.facts.items():
                    known = found[posture.kind, name]
                    if value not in known:
                        known.append(value)
    return {slot: tuple(values) for slot, values in found.items()}


def completions(lacking: Lacking, rule: Rule[Posture]) -> Iterator[tuple[Posture, Estate]]:
    """The example with values in the place of what is withheld, as many ways as are worth trying."""
    kinds = {one.address: one.kind for one in lacking.example.estate(rule.kind, "live").postures.values()}
    choices = [_pool()[kinds[address], name] for address, name in lacking.slots]
    return (lacking.told(rule, values) for values in islice(product(*choices), _MOST))
