"""What is wrong with one resource, whatever the rest of its stack says? Nothing more is decided here."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from bucketwright.contract.model import Environment, Exemption
from bucketwright.contract.usual import USUAL, AnyTerms
from bucketwright.estate import READERS
from bucketwright.exempting import covers
from bucketwright.facets.facet import fresh
from bucketwright.findings import Finding, finding_of
from bucketwright.judging import Judgement
from bucketwright.plan import Plan, Resource
from bucketwright.posture import Estate, Posture, SomePosture, Undetermined, Unknown, Unset, reference
from bucketwright.rules import catalogue
from bucketwright.rules.rule import Rule
from bucketwright.verdicts import Fails, Undecided, Verdict
from policies.judged import Measure
from policies.kinds import KINDS
from policies.planned import PIECEWISE, seen

PLANNED: Final = "planned"
_ELSEWHERE: Final = Unknown("which part of the contract it is about is told by the rest of the stack")


@cache
def sayers() -> Mapping[str, frozenset[str]]:
    """The types of resources that alone can break a rule, by the rule's id; other rules take a whole stack.

    It reads one fact of its own kind, one resource says all of that fact, and nobody has to say it: what AWS
    gives where nothing is said is fine.
    """
    found = {one.id: _sayers(one) for one in catalogue().values() if PLANNED in one.lenses}
    return MappingProxyType({rule_id: types for rule_id, types in found.items() if types})


def _sayers(rule: Rule[Posture]) -> frozenset[str]:
    facets = READERS[rule.kind.kind][1] if rule.kind.kind in READERS else {}
    fact = rule.reads[0] if len(rule.reads) == 1 else ""
    if fact not in facets or fact in PIECEWISE or _is_wrong_unsaid(rule, fact, fresh(facets[fact])):
        return frozenset()
    types = (KINDS[rule.kind.kind].type, getattr(facets[fact], "KIND", ""))
    return frozenset(filter(None, types))


def _is_wrong_unsaid(rule: Rule[Posture], fact: str, given: object) -> bool:
    """Whether what AWS gives breaks the rule; where that is nothing, a program always says something."""
    if isinstance(given, Unset):
        return False
    posture = rule.kind(reference(rule.kind.kind, "any"), "any", {fact: given})
    estate = Estate(PLANNED, {posture.address: posture})
    return isinstance(rule.verdict(posture, estate), Fails)


def faults_alone(resource: Resource, beside: Iterable[Resource], by: Measure) -> Iterator[Finding]:
    """What is wrong with a resource, and would be in any stack it is part of; `beside` it is its provider.

    What it leaves unsaid, what it names and what the contract says of it is for the rest of the stack to
    tell; so is a fault that an exemption may be for.
    """
    rules = [catalogue()[one] for one, types in sayers().items() if resource.kind in types]
    if not rules:
        return
    part = Plan("", "", (*beside, resource))
    found = seen(part, fresh=False, account=by.account, alone=True).estate
    estate = _Part(found.lens, found.postures, found.missing, by.around)
    for rule in rules:
        for posture in estate.every(rule.kind):
            judgement = Judgement(rule, posture, _verdict(rule, posture, estate))
            if isinstance(judgement.verdict, Fails) and by.selection.has(rule):
                finding = finding_of(judgement)
                if not any(_may_cover(one, finding, resource) for one in by.holding):
                    yield finding


def _verdict(rule: Rule[Posture], posture: Posture, estate: Estate) -> Verdict:
    if KINDS[posture.kind].called and not posture.name:
        return Undecided("name", "what AWS calls it is known only after deployment")
    return rule.verdict(posture, estate)


def _may_cover(exemption: Exemption, finding: Finding, resource: Resource) -> bool:
    """Whether an exemption is for this fault, or may be: not every resource says what it is part of."""
    if resource.address == finding.subject.address:
        return covers(exemption, finding)
    return exemption.rule == finding.rule


class _Part(Estate):
    """A part of an estate, of which the contract cannot say what it wants."""

    @property
    def environment(self) -> Environment | None:
        if self.circumstances.environment is None:
            return None
        raise Undetermined("contract", _ELSEWHERE)

    @property
    def terms(self) -> AnyTerms:
        found = self.circumstances.environment
        return USUAL if found is None else found.rules

    def intended(self, _: SomePosture) -> SomePosture | None:
        if self.circumstances.intended is None:
            return None
        raise Undetermined("contract", _ELSEWHERE)
