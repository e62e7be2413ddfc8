"""The planned lens: what will be known of each thing once a plan is carried out?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from bucketwright.estate import READERS
from bucketwright.facets.bucket.tags import PROVIDER
from bucketwright.facets.facet import Planned, ReadFacet
from bucketwright.facets.facet import fresh as made_new
from bucketwright.facets.said import Refer
from bucketwright.plan import Plan, Resource
from bucketwright.posture import Estate, Posture, Undetermined, Unknown, Unsaid, Unset
from policies.addresses import addresses
from policies.belonging import Whole, provider_of, spoken, stranger_key, wholes
from policies.declared_objects import OBJECTS, object_postures
from policies.kinds import KINDS
from policies.staying import kept, refusing
from policies.things import Things, things_of

PIECEWISE: Final = frozenset(
    {"aliases", "intelligent_tiering", "inventory", "managed", "permissions", "policies"}
)
"""Facts that are told piece by piece."""
_MORE: Final = Unknown("the plan adds to it, and what is there already is not known")


_NOBODY: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Seen:
    """What a plan shows, and which of its resources say it."""

    estate: Estate
    said_by: Mapping[str, tuple[Resource, ...]]
    """The resources that speak of what has an address: first what makes it, where the plan does."""


def planned(plan: Plan, *, fresh: bool = True, account: str | None = None) -> Estate:
    """The postures of all that a plan makes or speaks of, whoever's program it is.

    What is left unsaid is what AWS makes new: unless a thing is only taken over or not of this plan, or, with
    `fresh` false, the plan changes what an earlier one may have made: there, what it ignores is not known.
    `account` is the one that deploys.
    """
    return seen(plan, fresh=fresh, account=account).estate


def seen(
    plan: Plan,
    *,
    fresh: bool = True,
    account: str | None = None,
    there: frozenset[str] = _NOBODY,
    alone: bool = False,
) -> Seen:
    """The same, with the resources that say it.

    `there` are the URNs of what an earlier plan made. With `alone` the plan is a part of one, so that a name
    may be that of something it does not show.
    """
    things = things_of(kept(plan, fresh=fresh and not there), account)
    several = tuple(wholes(plan, things))
    known = addresses(several, things)
    reading = _Reading(things, known.given, fresh, there, alone)
    things_seen = (reading.posture(one) for one in several if one.kind.name in READERS)
    postures: dict[str, Posture] = {one.address: one for one in things_seen}
    said_by = {known.given[one.key]: _speaking(one) for one in several}
    for found, resource in object_postures(reading.objects(), postures):
        postures[found.address], said_by[found.address] = found, (resource,)
    return Seen(Estate("planned", postures, known.contested), said_by)


def _speaking(whole: Whole) -> tuple[Resource, ...]:
    """What says anything of it, of the resources that are about it."""
    return tuple(one for one in (whole.resource, *whole.parts) if one.urn and one.kind != PROVIDER)


@dataclass(frozen=True, slots=True)
class _Reading:
    """All that is needed to read a thing of a plan."""

    things: Things
    addresses: Mapping[str, str]
    fresh: bool
    there: frozenset[str]
    alone: bool

    def objects(self) -> Iterator[Planned]:
        """The objects that the plan puts into buckets."""
        for one in self.things.resources.values():
            if one.custom and one.kind in OBJECTS:
                yield Planned(one, (provider_of(self.things, one),), self._refer_from)

    def posture(self, whole: Whole) -> Posture:
        """What the plan says of a thing."""
        made, facets = READERS[whole.kind.name]
        unsaid = self._unsaid(whole)
        resource, *parts = (refusing(one, unsaid) for one in (whole.resource, *whole.parts))
        said = Planned(resource, tuple(parts), self._refer_from)
        facts = {name: _fact(facet, said, unsaid) for name, facet in facets.items()}
        if _has_more(whole):
            facts |= {
                name: _MORE for name in PIECEWISE & facts.keys() if not isinstance(facts[name], Unknown)
            }
        return made(self.addresses[whole.key], whole.name, facts)

    def _refer_from(self, by: Resource) -> Refer:
        return partial(self._address, by)

    def _address(self, by: Resource, of: str, name: str, value: object) -> str | None:
        """The address of what a value in a property names, where that is certain and has one."""
        kind = KINDS[of]
        found = self.things.named(kind, by, name, value)
        if found.sure:
            return self.addresses[min(found.urns)]
        called = None if found.urns else kind.naming.named(value)
        if called and self.alone:
            raise Undetermined(name, Unknown("what it names may be another resource of the stack"))
        return self.addresses.get(stranger_key(of, called.text)) if called else None

    def _unsaid(self, whole: Whole) -> Unknown | None:
        """Why a thing may be otherwise than AWS makes new ones; None where it is new."""
        kind = spoken(whole.kind.name)
        if not whole.is_made:
            return Unsaid(f"nothing is said of it, and this plan does not make the {kind}")
        if whole.resource.import_id is not None or whole.resource.urn in self.there:
            return Unknown(f"nothing is said of it, and the {kind} was there before")
        if not self.fresh:
            return Unknown(f"nothing is said of it, and the {kind} may have been there before")
        return None


def _fact(facet: ReadFacet[object], said: Planned, unsaid: Unknown | None) -> object:
    try:
        found = facet.from_plan(said)
    except Undetermined as undetermined:
        return Unknown(str(undetermined))
    if not isinstance(found, Unset):
        return found
    return made_new(facet) if unsaid is None else unsaid


def _has_more(whole: Whole) -> bool:
    """Whether others had a thing before this program."""
    return not whole.is_made or whole.resource.import_id is not None
