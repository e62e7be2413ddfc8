"""The planned lens: what will be known of each thing once a plan is carried out?"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from bucketwright.estate import READERS
from bucketwright.facets.facet import Planned
from bucketwright.facets.kinds import ReadFacet
from bucketwright.facets.kinds import fresh as made_new
from bucketwright.facets.said import Refer
from bucketwright.plan import Plan, Resource
from bucketwright.posture import Estate, Posture, Undetermined, Unknown, Unset
from policies.addresses import addresses
from policies.belonging import Whole, spoken, stranger_key, wholes
from policies.kinds import KINDS
from policies.staying import kept, refusing
from policies.things import Things, things_of

_ADDED_TO: Final = frozenset({"aliases", "intelligent_tiering", "inventory", "managed", "policies"})
"""Facts that are told piece by piece."""
_MORE: Final = Unknown("the plan adds to it, and what is there already is not known")


def planned(plan: Plan, *, fresh: bool = True, account: str | None = None) -> Estate:
    """The postures of all that a plan makes or speaks of, whoever's program it is.

    What is left unsaid is what AWS makes new: unless a thing is only taken over or not of this plan, or, with
    `fresh` false, the plan changes what an earlier one may have made: there, what it ignores is not known.
    `account` is the one that deploys.
    """
    things = things_of(kept(plan, fresh=fresh), account)
    several = tuple(wholes(plan, things))
    known = addresses(several, things)
    reading = _Reading(things, known.given, fresh)
    postures = (reading.posture(one) for one in several if one.kind.name in READERS)
    return Estate("planned", {one.address: one for one in postures}, known.contested)


@dataclass(frozen=True, slots=True)
class _Reading:
    """All that is needed to read a thing of a plan."""

    things: Things
    addresses: Mapping[str, str]
    fresh: bool

    def posture(self, whole: Whole) -> Posture:
        """What the plan says of a thing."""
        made, facets = READERS[whole.kind.name]
        unsaid = self._unsaid(whole)
        resource, *parts = (refusing(one, unsaid) for one in (whole.resource, *whole.parts))
        said = Planned(resource, tuple(parts), self._refer_from)
        facts = {name: _fact(facet, said, unsaid) for name, facet in facets.items()}
        if _has_more(whole):
            facts |= {
                name: _MORE for name in _ADDED_TO & facts.keys() if not isinstance(facts[name], Unknown)
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
        called = None if found.urns else kind.named(value)
        return self.addresses.get(stranger_key(of, called.text)) if called else None

    def _unsaid(self, whole: Whole) -> Unknown | None:
        """Why a thing may be otherwise than AWS makes new ones; None where it is new."""
        kind = spoken(whole.kind.name)
        if not whole.is_made:
            return Unknown(f"nothing is said of it, and this plan does not make the {kind}")
        if whole.resource.import_id is not None:
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
