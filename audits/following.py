"""What is asked of each thing that was found, and what else has to be found because it names it?"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache
from typing import Final, TypeAlias

from audits.buckets import find_bucket, find_subjects
from audits.listed import OF_A_REGION, Listing, bucket_behind, list_distributions, tagged_distribution
from audits.named import Finding, find, find_account, find_declared, find_role
from audits.regions import as_regional, calls_of
from audits.steps import Steps
from audits.things import Looking, Place, Thing
from bucketwright.estate import BucketPosture, KeyPosture, QueuePosture, RolePosture
from bucketwright.facets.facet import ReadFacet
from bucketwright.facets.reading import Asked, Read, as_live
from bucketwright.posture import Posture, Undetermined

Reference: TypeAlias = tuple[str, str]
"""A kind of thing, and the text that names one."""
_FROM_BUCKETS: Final = frozenset({"bucket", "distribution", "access_point", "trail"})
"""Who names a bucket that has to be found; a policy may name anybody's."""


def everything(looking: Looking) -> Iterator[Steps]:
    """All that can be begun with before anything is known."""
    yield _buckets(looking)
    kinds = looking.needs.kinds
    if "account" in kinds and looking.account:
        yield _found(looking, find_account(looking))
    for posture in looking.wanted.values():
        if posture.kind in kinds:
            yield from _declared(looking, posture)


def _declared(looking: Looking, posture: Posture) -> Iterator[Steps]:
    """Those of a contract's things that are known by their names."""
    match posture:
        case RolePosture():
            yield _found(looking, find_role(looking, posture))
        case KeyPosture() | QueuePosture():
            yield _found(looking, find_declared(looking, posture))


def _buckets(looking: Looking) -> Steps:
    yield from find_subjects(looking)
    begun = [_bucket(looking, name) for name in sorted(looking.subjects)]
    begun += _in_region(looking, looking.scope.home)
    if "distribution" in looking.needs.kinds and looking.account:
        begun.append(_distributions(looking))
    return begun


def _bucket(looking: Looking, name: str) -> Steps:
    thing = yield from find_bucket(looking, name)
    if thing.state != "there":
        return ()
    return (*_reading(looking, thing), *_in_region(looking, thing.target.region or looking.scope.home))


def _in_region(looking: Looking, region: str) -> list[Steps]:
    """What is listed in a region, where that was not done before."""
    if region in looking.regions:
        return []
    looking.regions.add(region)
    asked = looking.needs.kinds & OF_A_REGION.keys() if looking.account else ()
    listed = [_listed(looking, OF_A_REGION[kind](looking, region)) for kind in sorted(asked)]
    return [*listed, *_of_account(looking, region)]


def _of_account(looking: Looking, region: str) -> Iterator[Steps]:
    """What the region tells of the account."""
    thing = looking.things.get(Place("account", looking.account))
    if thing is not None:
        there = replace(thing, target=replace(thing.target, region=region))
        for facet in looking.facets(thing).values():
            if as_regional(facet):
                yield _fact(looking, there, facet)


def _listed(looking: Looking, listing: Listing) -> Steps:
    things = yield from listing
    return [steps for one in things for steps in _reading(looking, one)]


def _distributions(looking: Looking) -> Steps:
    things = yield from list_distributions(looking)
    return [steps for one in things for steps in (_tagged(looking, one), *_reading(looking, one))]


def _tagged(looking: Looking, thing: Thing) -> Steps:
    yield from tagged_distribution(looking, thing)
    return ()


def _found(looking: Looking, finding: Finding) -> Steps:
    thing = yield from finding
    return () if thing is None else _reading(looking, thing)


def _reading(looking: Looking, thing: Thing) -> Iterable[Steps]:
    """All that is asked of a thing for the facts that are needed of it."""
    if thing.state != "there":
        return []
    alone = (one for one in looking.facets(thing).values() if not as_regional(one))
    return [_fact(looking, thing, facet) for facet in alone]


def _fact(looking: Looking, thing: Thing, facet: ReadFacet[object]) -> Steps:
    """Asks for one fact, and then for what it names."""
    live = as_live(facet)
    if live is None:
        return ()
    named: dict[Reference, None] = {}
    refers = False

    def note(kind: str, _property: str, value: object) -> None:
        nonlocal refers
        refers = True
        if isinstance(value, str):
            named[kind, value] = None

    asked = Asked(thing.target, looking.outcomes, note)
    for reads in _by_depth(live.READS):
        yield tuple(call for read in reads for call in calls_of(asked, read))
    with suppress(Undetermined):
        fact = live.from_api(asked)
        if not refers and not as_regional(facet):
            looking.settled[thing.place, facet] = (thing.target, fact)
    return [
        _found(looking, _named(looking, thing, *one)) for one in named if _is_needed(looking, thing, *one)
    ]


@cache
def _by_depth(reads: tuple[Read, ...]) -> list[list[Read]]:
    """Those that hang on no other first, then those that are made for each entry of these, and so on."""
    levels: dict[int, list[Read]] = {}
    for read in reads:
        depth, above = 0, read.each
        while above is not None:
            depth, above = depth + 1, above.read.each
        levels.setdefault(depth, []).append(read)
    return [levels[depth] for depth in sorted(levels)]


def _is_needed(looking: Looking, by: Thing, kind: str, value: str) -> bool:
    """Whether it has to be found what a thing names: facts of it are needed, or whether it is there."""
    if kind == BucketPosture.kind:
        names_one = bucket_behind(value) if by.place.kind == "distribution" else value
        return by.place.kind in _FROM_BUCKETS and bool(names_one)
    return kind in looking.needs.across


def _named(looking: Looking, by: Thing, kind: str, value: str) -> Finding:
    return (yield from find(looking, kind, value, by.target.region))
