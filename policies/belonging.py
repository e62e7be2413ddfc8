"""Which resources of a plan are about one bucket, role or key, whether the plan makes that or not?"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NoReturn

from bucketwright.facets.bucket.tags import PROVIDER
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
    tag: str | None = None
    """The address that the program gives it, also where it leaves the tags that are there."""


def wholes(plan: Plan, things: Things) -> Iterator[Whole]:
    """All things of a plan in its order, and after them those that it only speaks of."""
    parts = _shares(things)
    strangers = {
        stranger_key(owner.kind, owner.stranger): owner
        for owners in things.owners.values()
        for owner in owners
        if not owner.found.urns
    }
    for urn, tag in {one.urn: one.address for one in plan.resources}.items():
        if urn in things.known:
            yield replace(_made(things, things.resources[urn], parts.get(urn, [])), tag=tag)
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
                shares[urn].append(replace(part, inputs=_doubtful(part, owner.kind)))
    return shares


def _made(things: Things, resource: Resource, parts: list[Resource]) -> Whole:
    kind = MADE_BY[resource.kind]
    names = sorted(text for sort, text in things.known[resource.urn] if sort == "name")
    beside = (*parts, *_shown(things, kind, [resource, *parts]), provider_of(things, resource))
    return Whole(resource.urn, kind, resource, names[0] if names else "", resource.name, beside)


def provider_of(things: Things, resource: Resource) -> Resource:
    """The provider that makes it; where the plan does not show that, one that refuses to be read."""
    found = things.resources.get(resource.provider or "")
    if found is not None and found.kind == PROVIDER:
        return found
    which = "the provider of the stack" if resource.provider is None else "a provider elsewhere"
    reason = f"{which} makes it, and what that gives everything it makes is not known"
    return Resource("", PROVIDER, "", _Doubtful(PROVIDER, reason))


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


def _doubtful(part: Resource, kind: str) -> Mapping[str, object]:
    reason = f"whether {part.name} is about this {spoken(kind)} is known only after deployment"
    return _Doubtful(part.kind, reason)


class _Doubtful(Mapping[str, object]):
    """Inputs of which nothing can be told: whoever reads them is told why."""

    def __init__(self, kind: str, reason: str) -> None:
        self._kind, self._reason = kind, reason

    def _refuse(self) -> NoReturn:
        raise Undetermined(self._kind, Unknown(self._reason))

    def __getitem__(self, name: str) -> object:
        self._refuse()

    def __iter__(self) -> Iterator[str]:
        self._refuse()

    def __len__(self) -> int:
        return sum(1 for _ in self)


def spoken(kind: str) -> str:
    """A kind in a sentence."""
    return kind.replace("_", " ")
