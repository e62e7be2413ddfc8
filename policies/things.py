"""Which thing of a plan does a value name, and to which does a further resource belong?

A value that is known names a thing by its name, its id or its ARN. One that is unknown names what it is
computed from, where that is one thing alone. What is not certain is never guessed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from bucketwright.facets.account.public_access_block import KIND as ACCOUNT_BLOCK
from bucketwright.facets.naming import Named, Sort
from bucketwright.facets.scopes import OWN_ACCOUNT
from bucketwright.plan import UNKNOWN_INPUT, Plan, Resource, kind_in
from policies.kinds import KINDS, MADE_BY, OF_ACCOUNT, SPOKEN_OF_BY, Kind

_ELSEWHERE: Final = "pulumi:pulumi:StackReference"


@dataclass(frozen=True, slots=True)
class Found:
    """The things that a value may name, by their URNs."""

    urns: frozenset[str] = frozenset()
    sure: bool = False
    """Whether there is one, and it is that."""


@dataclass(frozen=True, slots=True)
class Owner:
    """To whom a further resource belongs: something of the plan, or else somebody it does not make."""

    kind: str
    found: Found
    stranger: str = ""
    """What tells this stranger from others of its kind."""
    name: str = ""
    """What AWS calls the stranger, where that is known."""
    label: str = ""
    """What to call it in its address."""


@dataclass(frozen=True, slots=True)
class Things:
    """All things of a plan: what they are known as, and whose the further resources are."""

    resources: Mapping[str, Resource]
    account: str | None
    """The account that deploys: ARNs of it may name things of this plan."""
    known: Mapping[str, frozenset[tuple[Sort, str]]] = field(default_factory=dict)
    """Under which names and ids the thing of a URN is known."""
    bearers: Mapping[tuple[str, Sort, str], frozenset[str]] = field(default_factory=dict)
    """The things of a kind that bear a name or an id."""
    owners: Mapping[str, tuple[Owner, ...]] = field(default_factory=dict)
    """Whose each further resource is."""

    def named(self, kind: Kind, by: Resource, name: str, value: object) -> Found:
        """What a value in a property of a resource names."""
        near = self.near(kind, by, name)
        if value == UNKNOWN_INPUT:
            return Found(near or self._anybody(kind, by, name), len(near) == 1 and self._is_clear(by, name))
        called = kind.naming.named(value)
        if called is None:
            return Found()
        bearing = self.bearers.get((kind.name, called.sort, called.text), frozenset())
        urns = near & bearing or frozenset(one for one in bearing if self._may_be(one, called))
        urns = urns or self._computed(kind, by, name, called)
        return Found(urns, len(urns) == 1)

    def each_named(self, kind: Kind, by: Resource, name: str) -> Iterator[tuple[object, Found]]:
        """The same for each value of a list; as many unknown ones as it is computed from are just these."""
        value, near = by.inputs.get(name), self.near(kind, by, name)
        several = value if isinstance(value, list | tuple) else (value,)
        if all(one == UNKNOWN_INPUT for one in several) and len(near) == len(several):
            clear = self._is_clear(by, name)
            yield from ((UNKNOWN_INPUT, Found(frozenset({urn}), clear)) for urn in sorted(near))
        else:
            yield from ((one, self.named(kind, by, name, one)) for one in several)

    def _anybody(self, kind: Kind, by: Resource, name: str) -> frozenset[str]:
        """All things of a kind: a value that comes from none of them may name any, or else a stranger."""
        feeding = _feeding(by, name)
        if feeding and all(map(self._is_elsewhere, feeding)):
            return frozenset()
        return frozenset(urn for urn in self.known if self.resources[urn].kind == kind.type)

    def _is_elsewhere(self, urn: str) -> bool:
        """Whether what comes from there is of no thing of this plan."""
        resource = self.resources.get(urn)
        return resource is None or resource.type == _ELSEWHERE

    def near(self, kind: Kind, by: Resource, name: str) -> frozenset[str]:
        """The things of a kind that a property is computed from, also by way of what belongs to them."""
        return frozenset(one for urn in _feeding(by, name) for one in self._meant(kind, urn))

    def _meant(self, kind: Kind, urn: str) -> frozenset[str]:
        resource = self.resources.get(urn)
        if resource is not None and resource.custom and resource.kind == kind.type:
            return frozenset({urn})
        return frozenset(
            one for owner in self.owners.get(urn, ()) if owner.kind == kind.name for one in owner.found.urns
        )

    def _is_clear(self, by: Resource, name: str) -> bool:
        """Whether nothing that a property is computed from could be about anything."""
        return not any(map(self._is_opaque, _feeding(by, name)))

    def _is_opaque(self, urn: str) -> bool:
        """Whether what comes from there could be about anything."""
        resource = self.resources.get(urn)
        if resource is None or not resource.custom or resource.type == _ELSEWHERE:
            return True
        return not all(owner.found.sure or not owner.found.urns for owner in self.owners.get(urn, ()))

    def _may_be(self, urn: str, called: Named) -> bool:
        """Whether an ARN that says account and region can be that of a thing with the same name."""
        if called.sort == "id":
            return True
        there = not called.region or self.resources[urn].inputs.get("region") == called.region
        return there and (not called.account or called.account == self.account)

    def _computed(self, kind: Kind, by: Resource, name: str, called: Named) -> frozenset[str]:
        """The one thing whose name nobody knows, where a property is computed from it and names one thing."""
        if called.sort == "name" and not kind.called:
            return frozenset()
        near = self.near(kind, by, name)
        unnamed = frozenset(one for one in near if not self._is_known_by(one, called.sort))
        if len(unnamed) != 1:
            return frozenset()
        several = (one for text in _texts(by.inputs.get(name)) for one in kind.naming.named_in(text))
        alone = {(one.sort, one.text) for one in several} == {(called.sort, called.text)}
        return unnamed if alone else frozenset()

    def _is_known_by(self, urn: str, sort: Sort) -> bool:
        return any(one == sort for one, _ in self.known.get(urn, ()))


def things_of(plan: Plan, account: str | None = None) -> Things:
    """The things of a plan; a resource stands after those it is computed from, as engines have it."""
    resources = {one.urn: one for one in plan.resources}
    made = {urn: MADE_BY[one.kind] for urn, one in resources.items() if one.custom and one.kind in MADE_BY}
    known = {urn: frozenset(_called(kind, resources[urn])) for urn, kind in made.items()}
    owners: dict[str, tuple[Owner, ...]] = {}
    own = account or _account_told(resources.values())
    things = Things(resources, own, known, _bearers(made, known), owners)
    for urn, resource in resources.items():
        if resource.custom and resource.kind in SPOKEN_OF_BY:
            owners[urn] = tuple(_owners(things, resource))
    for urn, kind, text in _further_names(things):
        known[urn] |= {("name", text)} if kind.naming.named(text) else frozenset()
    return replace(things, bearers=_bearers(made, known))


def _account_told(resources: Iterable[Resource]) -> str | None:
    """The account that a program itself names as the one whose settings it makes, where it names one."""
    told = (one.inputs.get(OF_ACCOUNT) for one in resources if one.custom and one.kind == ACCOUNT_BLOCK)
    named = {found.text for found in map(KINDS["account"].naming.named, told) if found}
    return named.pop() if len(named) == 1 else None


def _bearers(
    made: Mapping[str, Kind], known: Mapping[str, frozenset[tuple[Sort, str]]]
) -> Mapping[tuple[str, Sort, str], frozenset[str]]:
    bearers: dict[tuple[str, Sort, str], frozenset[str]] = {}
    for urn, several in known.items():
        for sort, text in several:
            called = (made[urn].name, sort, text)
            bearers[called] = bearers.get(called, frozenset()) | {urn}
    return bearers


def _called(kind: Kind, resource: Resource) -> Iterator[tuple[Sort, str]]:
    """What the program calls a thing, and what AWS calls one that is only taken over."""
    name = resource.inputs.get(kind.called) if kind.called else None
    if isinstance(name, str) and name not in ("", UNKNOWN_INPUT):
        yield "name", name
    taken_over = kind.naming.named(resource.import_id)
    if taken_over is not None:
        yield taken_over.sort, taken_over.text


def _owners(things: Things, part: Resource) -> Iterator[Owner]:
    """Whose it is: where it may be of several kinds, of those that are nearest."""
    kinds = SPOKEN_OF_BY[part.kind]
    near = tuple(kind for kind in kinds if things.near(kind, part, kind.parts[part.kind]))
    kinds = near or kinds
    for found in zip(*(things.each_named(one, part, one.parts[part.kind]) for one in kinds), strict=True):
        owned = [Owner(kind.name, one) for kind, (_, one) in zip(kinds, found, strict=True) if one.urns]
        value, _ = found[0]
        kind = next((one for one in kinds if one.naming.named(value)), kinds[0])
        if owned:
            yield from owned
        elif kind.is_told_of:
            yield _stranger(things, kind, part, value)


def _stranger(things: Things, kind: Kind, part: Resource, value: object) -> Owner:
    """Somebody the plan does not make: by name, or the one of whom only this resource speaks."""
    if value is None and not kind.type:
        own = things.account or OWN_ACCOUNT
        return Owner(kind.name, Found(), own, things.account or "", own)
    if value == UNKNOWN_INPUT:
        read = [urn for urn in _feeding(part, kind.parts[part.kind]) if kind_in(urn) == kind.type]
        only = read[0] if len(read) == 1 else part.urn
        return Owner(kind.name, Found(), only, label=only.split("::", 3)[-1])
    called = kind.naming.named(value)
    name = called.text if called else value if isinstance(value, str) else ""
    return Owner(kind.name, Found(), name or part.urn, name, name or part.name)


def _further_names(things: Things) -> Iterator[tuple[str, Kind, str]]:
    """The names that resources of their own give to things."""
    for urn, owners in things.owners.items():
        part = things.resources[urn]
        name = part.inputs.get("name")
        for owner in owners:
            if KINDS[owner.kind].names == part.kind and owner.found.sure and isinstance(name, str):
                yield from ((one, KINDS[owner.kind], name) for one in owner.found.urns)


def _feeding(resource: Resource, name: str) -> tuple[str, ...]:
    return resource.property_dependencies.get(name, ())


def _texts(value: object) -> Iterator[str]:
    """All texts inside a value, however deep."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str() as text:
                yield text
            case Mapping() as inside:
                waiting += inside.values()
            case list() | tuple() as several:
                waiting += several
            case _:
                pass
