"""What do the answers make of each thing that was found?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from audits.addresses import BY_TAG, Addresses
from audits.regions import as_regional, calls_of, in_regions
from audits.things import Looking, Thing
from bucketwright.calls import Failure
from bucketwright.estate import READERS, AccountPosture, BucketPosture, KeyPosture
from bucketwright.facets.facet import ReadFacet
from bucketwright.facets.reading import Asked, Target, as_live
from bucketwright.facets.references import is_address
from bucketwright.looking.needs import LENS
from bucketwright.posture import Estate, Posture, Undetermined, Unknown, reference

_UNTOLD: Final = Unknown("no server tells it")
_NONE_THERE: Final = "there is none of this name"
_NO_ACCOUNT: Final = "this server has no accounts"
_MORE: Final = "*"
"""Stands for those of a kind that could not be listed."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """The estate, and what it came from."""

    estate: Estate
    subjects: frozenset[str]
    foreign: frozenset[str]
    targets: Mapping[str, Target]
    arns: Mapping[str, str]
    asked: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Seen:
    """One thing at its address."""

    address: str
    thing: Thing
    asked: Asked
    calls: tuple[str, ...]
    """What was asked of it, by identity."""

    @property
    def is_there(self) -> bool:
        """What answers to every question that it is gone was not there, or is not any more."""
        outcomes = [self.asked.outcomes[one] for one in self.calls]
        gone = [one for one in outcomes if isinstance(one, Failure) and one.kind == "gone"]
        return self.thing.state == "there" and (not gone or len(gone) < len(outcomes))


def assembled(looking: Looking, names: Addresses) -> Assembled:
    """The postures of all that is there, with unknown ones for what could not be listed."""
    several = tuple(_seen(looking, names))
    there = {one.address: one for one in several if one.is_there}
    postures = {address: _posture(looking, one) for address, one in sorted(there.items())}
    missing = {**_missing(looking, several), **names.missing}
    more = {one.address: one for one in _unlisted(looking)}
    return Assembled(
        Estate(LENS, {**more, **postures}, missing, looking.scope.around, _foreign(several)),
        _subjects(looking, several),
        frozenset(one.address for one in several if one.thing.state == "foreign" and one.thing.declared),
        {address: one.thing.target for address, one in there.items()},
        {address: one.thing.arn for address, one in there.items()},
        {one.address: tuple(sorted({*one.thing.told_by, *one.calls})) for one in several},
    )


def _seen(looking: Looking, names: Addresses) -> Iterator[_Seen]:
    for place, thing in sorted(looking.things.items()):
        asked = Asked(thing.target, looking.outcomes, names.refer_from(thing.target))
        calls = tuple(_calls(looking, thing, asked)) if thing.state == "there" else ()
        yield _Seen(names.given[place], thing, asked, calls)


def _calls(looking: Looking, thing: Thing, asked: Asked) -> Iterator[str]:
    """What was asked of it, by identity."""
    for facet in looking.facets(thing).values():
        live, places = as_live(facet), in_regions(asked, looking.regions) if as_regional(facet) else (asked,)
        for read in live.READS if live else ():
            calls = (call for one in places for call in calls_of(one, read))
            yield from (call.identity for call in calls if call.identity in looking.outcomes)


def _posture(looking: Looking, seen: _Seen) -> Posture:
    made, _ = READERS[seen.thing.place.kind]
    facts = {name: _fact(looking, facet, seen) for name, facet in looking.facets(seen.thing).items()}
    return made(seen.address, seen.thing.target.name, facts)


def _fact(looking: Looking, facet: ReadFacet[object], seen: _Seen) -> object:
    target, settled = looking.settled.get((seen.thing.place, facet), (None, None))
    if target is seen.asked.target:
        return settled
    live, regional, asked = as_live(facet), as_regional(facet), seen.asked
    if live is None:
        return _UNTOLD
    try:
        if regional is not None:
            return regional.across([live.from_api(one) for one in in_regions(asked, looking.regions)])
        return live.from_api(asked)
    except Undetermined as undetermined:
        return Unknown(str(undetermined))


def _subjects(looking: Looking, several: tuple[_Seen, ...]) -> frozenset[str]:
    """What was asked about, at the addresses that it has; what is known by its tag alone may be nowhere."""
    asked = {one.thing.declared or one.address for one in several if one.thing.is_subject}
    kinds = BY_TAG & looking.needs.kinds
    return frozenset(asked | {address for address, one in looking.wanted.items() if one.kind in kinds})


def _foreign(several: tuple[_Seen, ...]) -> frozenset[str]:
    return frozenset(one.address for one in several if one.thing.state == "foreign")


def _missing(looking: Looking, several: tuple[_Seen, ...]) -> Mapping[str, str]:
    """Of what it is not known whether it is there, or how it is; and what the contract names by its ARN."""
    missing = {one.address: _why(one) for one in several if _is_open(looking, one)}
    told = looking.unlisted
    if not looking.account:
        told = {**dict.fromkeys(looking.needs.kinds - {BucketPosture.kind}, _NO_ACCOUNT), **told}
        missing[AccountPosture.kind] = _NO_ACCOUNT
    known = {one.address for one in several}
    for address, posture in looking.wanted.items():
        if address not in known and posture.kind in told:
            missing[address] = told[posture.kind]
    return missing


def _is_open(looking: Looking, seen: _Seen) -> bool:
    """Whether it may be there. An address of which nothing is shown or missing is one at which nothing is.

    Of others' things AWS says that there are none where it lets nobody know; and of a key that the contract
    names by a text no rule concludes anything.
    """
    is_foreign = seen.thing.state == "foreign" and bool(seen.thing.declared)
    is_silent = not seen.is_there and seen.thing.target.account != looking.account
    is_key = not seen.is_there and seen.thing.place.kind == KeyPosture.kind and not is_address(seen.address)
    return seen.thing.is_open or is_foreign or is_silent or is_key


def _why(seen: _Seen) -> str:
    return seen.thing.reason or _NONE_THERE


def _unlisted(looking: Looking) -> Iterator[Posture]:
    """For each kind of which there may be more that others name, one of which nothing is known."""
    for kind, reason in looking.unlisted.items():
        made, _ = READERS[kind]
        if kind != BucketPosture.kind or not looking.is_listed:
            yield made(reference(kind, _MORE), "", dict.fromkeys(made.fields(), Unknown(reason)))
