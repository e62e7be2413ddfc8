"""Under which contract address does each thing of a plan stand?

The tag that a program gave it; else what the program calls it, with all that it stands in where two are
called alike. No two things get one address, and an address that two claim is given to neither.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from bucketwright.posture import reference
from policies.belonging import Whole
from policies.things import Things


@dataclass(frozen=True, slots=True)
class Addresses:
    """The address of each thing, under the thing's key."""

    given: Mapping[str, str]
    contested: Mapping[str, str]
    """Addresses that nobody got, with the reason."""


def addresses(several: Iterable[Whole], things: Things) -> Addresses:
    """Each thing asks for its best address first, and for its next one where that is gone."""
    waiting = {one.key: (one, _wishes(one, things)) for one in several}
    given: dict[str, str] = {}
    contested: dict[str, str] = {}
    taken: set[str] = set()
    while waiting:
        claims: dict[str, list[Whole]] = defaultdict(list)
        for one, wishes in waiting.values():
            claims[next(wishes)].append(one)
        for address in claims.keys() - taken - {_NONE}:
            if len(claims[address]) == 1:
                given[claims[address][0].key] = address
                del waiting[claims[address][0].key]
            else:
                contested[address] = _contested(claims[address], things)
        taken |= claims.keys()
    return Addresses(given, contested)


_NONE = ""


def _wishes(one: Whole, things: Things) -> Iterator[str]:
    """A tag, a name, the way to it, and last what nothing else has; what the plan makes itself goes first."""
    kind, tag = one.kind.name, one.tag or _NONE
    yield tag if tag.startswith(f"{kind}:") else _NONE
    yield reference(kind, one.label) if one.is_made else _NONE
    yield reference(kind, _way(one, things))
    yield from (reference(kind, f"{one.key} {number}") for number in count(1))


def _way(one: Whole, things: Things) -> str:
    """Its name after those of all that it stands in."""
    names, seen = [one.label], {one.key}
    above = things.resources.get(one.resource.parent or "")
    while above is not None and above.urn not in seen:
        names.append(above.name)
        seen.add(above.urn)
        above = things.resources.get(above.parent or "")
    return "/".join(reversed(names))


def _contested(claimants: list[Whole], things: Things) -> str:
    names = ", ".join(_way(one, things) for one in claimants)
    return f"{len(claimants)} things of the plan could be meant: {names}"
