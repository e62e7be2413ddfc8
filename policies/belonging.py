"""Which resources of a plan are about one bucket, role or key, whether the plan makes that or not?"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NoReturn

from bucketwright.plan import Plan, Resource
from bucketwright.posture import Undetermined, Unknown
from policies.kinds import KINDS, MADE_BY, Kind
from policies.things import Things


@dataclass(frozen=True, slots=True)
class Whole:
    """A thing with all that the plan says of it."""

    key: str
    """Tells it from all others: its URN; of one that the plan does not make, its kind and name."""
    kind: Kind
    resource: Resource
    """What makes it; of one that the plan does not make, a resource that says nothing."""
    name: str
    """What AWS calls it, where that is known."""
    label: str
    """What it is called in an address where no tag says one."""
    parts: tuple[Resource, ...]
    is_made: bool = True


def wholes(plan: Plan, things: Things) -> Iterator[Whole]:
    """All things of a plan in its order, and after them those that it only speaks of."""
    parts = _shares(things)
    strangers = {
        stranger_key(owner.kind, owner.stranger): owner
        for owners in things.owners.values()
        for owner in owners
        if not owner.found.urns
    }
    for urn in dict.fromkeys(one.urn for one in plan.resources):
        if urn in things.known:
            yield _made(things, things.resources[urn], parts.get(urn, []))
    for key, owner in strangers.items():
        kind, nothing = KINDS[owner.kind], Resource("", KINDS[owner.kind].type, owner.label, {})
        shown = _shown(things, kind, parts[key])
        yield Whole(key, kind, nothing, owner.name, owner.label, (*parts[key], *shown), is_made=False)


def stranger_key(kind: str, called: str) -> str:
    """What tells a thing that the plan does not make from all others."""
    return f"{kind} {called}"


def _shares(things: Things) -> Mapping[str, list[Resource]]:
    """What belongs to each thing; where that is not certain, one doubtful resource of each type is enough."""
    shares: dict[str, list[Resource]] = defaultdict(list)
    doubted: set[tuple[str, str]] = set()
    owned = ((things.resources[urn], owner) for urn, owners in things.owners.items() for owner in owners)
    for part, owner in owned:
        if not owner.found.urns:
            shares[stranger_key(owner.kind, owner.stranger)].append(part)
        for urn in owner.found.urns:
            if owner.found.sure:
                shares[urn].append(part)
            elif (urn, part.type) not in doubted:
                doubted.add((urn, part.type))
                shares[urn].append(replace(part, inputs=_Doubtful(part, owner.kind)))
    return shares


def _made(things: Things, resource: Resource, parts: list[Resource]) -> Whole:
    kind = MADE_BY[resource.kind]
    names = sorted(text for sort, text in things.known[resource.urn] if sort == "name")
    shown = _shown(things, kind, [resource, *parts])
    return Whole(resource.urn, kind, resource, names[0] if names else "", resource.name, (*parts, *shown))


def _shown(things: Things, kind: Kind, several: list[Resource]) -> Iterator[Resource]:
    """What they are computed from, and that again, of the types that say more of this kind."""
    seen = {one.urn for one in several}
    waiting = [*several]
    while waiting:
        for urn in sorted(
            {urn for urns in waiting.pop().property_dependencies.values() for urn in urns} - seen
        ):
            found = things.resources.get(urn)
            if found is not None and found.custom and found.kind in kind.shown:
                seen.add(urn)
                waiting.append(found)
                yield found


class _Doubtful(Mapping[str, object]):
    """The inputs of a resource that may be about this thing or not: whoever reads them is told that."""

    def __init__(self, part: Resource, kind: str) -> None:
        self._type, self._name, self._of = part.kind, part.name, spoken(kind)

    def _refuse(self) -> NoReturn:
        reason = f"whether {self._name} is about this {self._of} is known only after deployment"
        raise Undetermined(self._type, Unknown(reason))

    def __getitem__(self, name: str) -> object:
        self._refuse()

    def __iter__(self) -> Iterator[str]:
        self._refuse()

    def __len__(self) -> int:
        return sum(1 for _ in self)


def spoken(kind: str) -> str:
    """A kind in a sentence."""
    return kind.replace("_", " ")
