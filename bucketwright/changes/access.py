"""Who comes to reach what, and who no longer does?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from bucketwright.changes.grantees import Grantee, allows, grantees, reach
from bucketwright.contract.partitions import partition_of
from bucketwright.contract.placement import places
from bucketwright.contract.words import Verb
from bucketwright.estate import AccountPosture, BucketPosture, RolePosture
from bucketwright.iam.actions import covers
from bucketwright.iam.charset import Repeat
from bucketwright.iam.documents import Statement
from bucketwright.iam.languages import (
    NOTHING,
    ONE_CHARACTER,
    And,
    Formula,
    Leaf,
    Not,
    Undecided,
    following,
    member,
    pattern,
)
from bucketwright.iam.reach import Listings, Objects, View
from bucketwright.posture import Estate, Undetermined

ACTIONS: Final[Mapping[Verb, str]] = {
    "read": "s3:getobject",
    "list": "s3:listbucket",
    "write": "s3:putobject",
    "delete": "s3:deleteobject",
}
"""In small letters, as in the normal form of a policy."""


@dataclass(frozen=True, slots=True)
class AccessChange:
    """One grantee and one verb on one bucket: what it gains and what it loses."""

    who: str
    """The role's address, an ARN of another account, a service, or `everyone`."""
    verb: str
    bucket: str
    """The address of the bucket."""
    gained: tuple[str, ...] = ()
    """Patterns of keys, such as `prod/cases/*/documents/*`."""
    lost: tuple[str, ...] = ()
    gained_example: str = ""
    """A key that only now can be reached."""
    lost_example: str = ""
    unsure: str = ""
    """Why it could not be decided exactly, where that is so."""
    gained_keys: Formula = field(default=NOTHING, repr=False, compare=False)
    """Exactly those that can be reached only now; of a listing the prefixes."""
    lost_keys: Formula = field(default=NOTHING, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class _Side:
    """One bucket as one estate shows it."""

    estate: Estate
    bucket: BucketPosture | None

    def told(self, who: Grantee) -> object:
        """All that decides what somebody reaches."""
        roles = [one.facts for one in self.estate.every(RolePosture) if one.address == who.name]
        closed = [one.told("public_access_block") for one in self.estate.every(AccountPosture)]
        own = self.bucket and (
            self.bucket.name,
            self.bucket.told("policy"),
            self.bucket.told("public_access_block"),
        )
        return own, roles, closed

    def reach(self, who: Grantee, verb: Verb) -> Formula:
        """The keys that somebody reaches of the bucket, or the prefixes, whatever the bucket is called."""
        if self.bucket is None:
            return NOTHING
        view: View = Listings(self._container) if verb == "list" else Objects()
        return following(reach(who, self.bucket, self.estate, ACTIONS[verb], view), self._head(verb))

    def example(self, verb: Verb, difference: Formula) -> str | None:
        """A key in a difference, where possible one of a declared prefix; None where there is none."""
        found = member(difference)
        if found is None or self.bucket is None or verb == "list":
            return found
        likely = (And((keys, difference)) for keys in _layout(self.estate, self.bucket))
        return next(filter(None, map(member, likely)), found)

    def patterns(self, who: Grantee, verb: Verb, difference: Formula) -> tuple[str, ...]:
        """The patterns of what lets it in that have a part in a difference."""
        if self.bucket is None:
            return ()
        several = {
            text
            for one in allows(who, self.bucket, self.estate)
            if covers(one.actions, ACTIONS[verb])
            for text in _texts(one, verb)
        }
        head = self._head(verb)
        part = (
            one for one in several if member(And((following(pattern(one), head), difference))) is not None
        )
        return tuple(sorted({one.removeprefix(head) for one in part}))

    @property
    def _container(self) -> str:
        return f"arn:{_partition(self.bucket)}:s3:::{self.bucket.name}" if self.bucket else ""

    def _head(self, verb: Verb) -> str:
        """What stands before the keys in what the policies name."""
        return "" if verb == "list" else f"{self._container}/"


def _texts(statement: Statement, verb: Verb) -> Iterator[str]:
    """What a statement names: objects, or for a listing the prefixes it is tied to."""
    names = statement.resources
    if verb != "list":
        yield from ("*",) if names is None or names.negated else names.patterns
        return
    prefixes = [one.values for one in statement.conditions if one.key == "s3:prefix"]
    yield from chain.from_iterable(prefixes) if prefixes else ("*",)


def access_changes(before: Estate, after: Estate) -> tuple[AccessChange, ...]:
    """Every difference, for everybody whom a policy of either side names, on every bucket of either side."""
    everybody = sorted({*grantees(before), *grantees(after)})
    old, new = ({one.address: one for one in each.every(BucketPosture)} for each in (before, after))
    return tuple(
        change
        for address in dict.fromkeys((*new, *old))
        for who in everybody
        for change in _of_grantee(
            who, address, _Side(before, old.get(address)), _Side(after, new.get(address))
        )
    )


def _of_grantee(who: Grantee, address: str, then: _Side, now: _Side) -> Iterator[AccessChange]:
    if then.told(who) == now.told(who):
        return
    for verb in ACTIONS:
        try:
            yield from _of_verb(who, verb, address, (then, now))
        except (Undetermined, Undecided) as reason:
            yield AccessChange(who.name, verb, address, unsure=str(reason))


def _of_verb(who: Grantee, verb: Verb, address: str, sides: tuple[_Side, _Side]) -> Iterator[AccessChange]:
    then, now = sides
    was, will = then.reach(who, verb), now.reach(who, verb)
    gained, lost = And((will, Not(was))), And((was, Not(will)))
    new, old = now.example(verb, gained), then.example(verb, lost)
    if new is None and old is None:
        return
    yield AccessChange(
        who=who.name,
        verb=verb,
        bucket=address,
        gained=now.patterns(who, verb, gained) if new is not None else (),
        lost=then.patterns(who, verb, lost) if old is not None else (),
        gained_example=new or "",
        lost_example=old or "",
        gained_keys=gained,
        lost_keys=lost,
    )


def _layout(estate: Estate, bucket: BucketPosture) -> Iterator[Leaf]:
    """The keys of each declared prefix, one character or more below its path."""
    environment, bucket_id = estate.environment, bucket.address.partition(":")[2]
    if environment is not None and bucket_id in environment.buckets:
        for place in places(environment, bucket_id):
            below = () if place.keys is not place.path else (Repeat(ONE_CHARACTER, 1, 1),)
            yield Leaf((*place.keys.tokens(), *below))


def _partition(bucket: BucketPosture) -> str:
    region = bucket.told("region")
    return partition_of(region) if isinstance(region, str) else "aws"
