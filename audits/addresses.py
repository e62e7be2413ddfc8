"""Under which contract address does each live thing stand, and which one does a text name?

A bucket, role or queue is the contract's by its name; a key or distribution by its tag, else by its alias or
by the bucket it stands before. A stranger that the contract itself names by a text keeps that text; a key of
another account is its ARN, of which no call may tell more; any other stranger is its kind and name.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from audits.listed import bucket_behind
from audits.things import Looking, Place, Thing
from bucketwright.facets.naming import NAMINGS
from bucketwright.facets.reading import Target
from bucketwright.facets.said import Refer
from bucketwright.posture import Posture, Undetermined, Unknown, reference

BY_TAG: Final = frozenset({"key", "distribution"})
"""Of these the contract knows no name."""
_BY_TEXT: Final = frozenset({"function", "key", "queue", "topic"})
"""Strangers of these kinds a contract names by ARN."""
_ALIAS: Final = "alias/"
_ID_IN_ARN: Final = frozenset({"key"})
"""What AWS calls things of these kinds is an ARN: their ids are the last part."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """What everything is called that was found in one look."""

    given: Mapping[Place, str]
    missing: Mapping[str, str]
    """The contract's addresses of which it is not known what stands there, with the reason."""
    meanings: Mapping[tuple[str, str], tuple[Thing, ...]]
    """What a text may name, by kind."""
    texts: frozenset[str]
    """All that the contract says."""
    doubts: Mapping[str, str]
    """Kinds of which the contract declares some, and which could not be listed, with the reason."""
    declared: frozenset[str]
    """Kinds of which the contract declares some."""
    account: str

    def refer_from(self, by: Target) -> Refer:
        """What the texts in answers about one thing name."""
        return partial(self._address, by)

    def _address(self, by: Target, kind: str, _property: str, value: object) -> str | None:
        if not isinstance(value, str) or (
            kind == "bucket" and by.kind == "distribution" and not bucket_behind(value)
        ):
            return None
        thing = self._meant(kind, value, by.region)
        if kind == "bucket" and value in self.texts and not (thing and thing.declared):
            return None
        doubt = self._unlisted(kind, value) if thing is None else self._doubt(thing)
        if doubt:
            raise Undetermined(kind, Unknown(doubt))
        is_foreign = thing is not None and thing.state == "foreign" and not thing.declared
        return None if thing is None or is_foreign else self.given[thing.place]

    def _doubt(self, thing: Thing) -> str:
        """Why it is open which address a thing has: whether it is the contract's, or whose bucket it is."""
        if not thing.is_open or thing.target.account != self.account:
            return ""
        kind = thing.place.kind
        by_tag = kind in BY_TAG and (kind in self.declared or thing.target.name.startswith(_ALIAS))
        return thing.reason if by_tag or (kind == "bucket" and not thing.declared) else ""

    def _unlisted(self, kind: str, value: str) -> str:
        """Why something of this account may be the contract's though it was not found."""
        named = NAMINGS[kind].named(value) if kind in self.doubts else None
        return self.doubts[kind] if named is not None and named.account in ("", self.account) else ""

    def _meant(self, kind: str, value: str, region: str) -> Thing | None:
        """The one thing that a text names; of several with one name that of the same region."""
        found = self.meanings.get((kind, value), ())
        named = NAMINGS[kind].named(value) if not found and kind in NAMINGS else None
        if named is not None:
            found = tuple(
                one
                for one in self.meanings.get((kind, named.text), ())
                if named.account in ("", one.target.account) and named.region in ("", one.target.region)
            )
        if len(found) > 1:
            found = tuple(one for one in found if one.target.region == region)
        return found[0] if len(found) == 1 else None


def addresses(looking: Looking) -> Addresses:
    """Each thing's address: first the contract's own, and then strangers'."""
    environment, wanted = looking.scope.around.environment, looking.scope.around.intended
    intended = {} if wanted is None else wanted.postures
    own, missing = _own(looking, intended)
    texts = frozenset() if environment is None else frozenset(_texts(environment.model_dump()))
    meanings: dict[tuple[str, str], tuple[Thing, ...]] = defaultdict(tuple)
    for place, thing in sorted(looking.things.items()):
        for text in _names(thing):
            meanings[place.kind, text] += (thing,)
    declared = looking.needs.declared
    doubts = {kind: why for kind, why in looking.unlisted.items() if kind in BY_TAG & declared}
    given = {**_strangers(looking, own, texts), **own}
    return Addresses(given, missing, meanings, texts, doubts, declared, looking.account)


def _own(looking: Looking, intended: Mapping[str, Posture]) -> tuple[dict[Place, str], dict[str, str]]:
    """The things of the contract, and which of its addresses have none for a reason."""
    own = {place: thing.declared for place, thing in looking.things.items() if thing.declared}
    own = {place: address for place, address in own.items() if place.kind not in BY_TAG}
    missing: dict[str, str] = {}
    for address, posture in intended.items():
        if posture.kind in BY_TAG and posture.kind in looking.needs.kinds:
            found, doubt = _tagged(looking, address, posture.kind)
            if found is not None:
                own[found.place] = address
            elif doubt:
                missing[address] = doubt
    return own, missing


def _tagged(looking: Looking, address: str, kind: str) -> tuple[Thing | None, str]:
    """What carries the tag of an address, or else is called as the contract calls it; or why that is open."""
    things = [
        one
        for place, one in sorted(looking.things.items())
        if place.kind == kind and one.target.account == looking.account
    ]
    claiming = [one for one in things if looking.tagged(one) == address]
    if len(claiming) > 1:
        return None, f"{len(claiming)} of them carry its tag"
    if claiming:
        return claiming[0], ""
    doubt = next((one.reason for one in things if one.state == "unknown"), "") or looking.unlisted.get(
        kind, ""
    )
    called = [one for one in things if _is_called(looking, one, address) and not looking.tagged(one)]
    if doubt or len(called) != 1:
        return None, doubt
    return called[0], ""


def _is_called(looking: Looking, thing: Thing, address: str) -> bool:
    """Whether a key has the contract's alias, or a distribution stands before its bucket."""
    if thing.place.kind == "key":
        return thing.declared == address
    origin = reference("bucket", address.partition(":")[2])
    return origin in {one.declared for one in looking.things.values() if one.target.name in thing.called}


def _strangers(looking: Looking, own: Mapping[Place, str], texts: frozenset[str]) -> dict[Place, str]:
    """What the contract names itself keeps its text; where two have one name, their ARNs tell them apart."""
    things = {place: one for place, one in sorted(looking.things.items()) if place not in own}
    plain = {place: reference(place.kind, _called(one)) for place, one in things.items()}
    taken = Counter((*plain.values(), *own.values()))
    given: dict[Place, str] = {}
    for place, thing in things.items():
        named = sorted(thing.called & texts) if place.kind in _BY_TEXT else []
        alone = plain[place] if taken[plain[place]] == 1 else reference(place.kind, thing.arn or place.key)
        if place.kind in _ID_IN_ARN and thing.target.account != looking.account:
            alone = thing.arn
        given[place] = named[0] if named else alone
    return given


def _called(thing: Thing) -> str:
    name = thing.target.name
    named = NAMINGS[thing.place.kind].named(name) if thing.place.kind in _ID_IN_ARN else None
    return named.text if named else name


def _names(thing: Thing) -> frozenset[str]:
    """Every text that names a thing by itself."""
    beside = thing.called if thing.place.kind != "distribution" else frozenset()
    return frozenset({thing.place.key, thing.arn, thing.target.name, _called(thing), *beside}) - {""}


def _texts(value: object) -> Iterator[str]:
    """All texts inside a value, however deep."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str() as text:
                yield text
            case Mapping() as inside:
                waiting += inside.values()
            case list() | tuple() | frozenset() | set() as several:
                waiting += several
            case _:
                pass
