"""Who comes to reach what, and who no longer does?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from bucketwright.changes.grantees import Grantee, allows, grantees, reach
from bucketwright.contract.model import partition_of
from bucketwright.contract.placement import places
from bucketwright.contract.roles import Verb
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
    beside,
    exactly,
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

    def reach(self, who: Grantee, asked: "_Asked") -> Formula:
        if self.bucket is None:
            return NOTHING
        return And((asked.below, reach(who, self.bucket, self.estate, asked.action, asked.view)))

    def example(self, asked: "_Asked", difference: Formula) -> str | None:
        """A key in a difference, where possible one of a declared prefix; None where there is none."""
        found = member(difference)
        if found is None or self.bucket is None or asked.verb == "list":
            return found
        likely = (
            And((beside(keys, asked.before, ()), difference)) for keys in _layout(self.estate, self.bucket)
        )
        return next(filter(None, map(member, likely)), found)

    def patterns(self, who: Grantee, asked: "_Asked", difference: Formula) -> tuple[str, ...]:
        """The patterns of what lets it in that have a part in a difference."""
        if self.bucket is None:
            return ()
        several = (
            text
            for one in allows(who, self.bucket, self.estate)
            if covers(one.actions, asked.action)
            for text in asked.texts(one)
        )
        part = (one for one in dict.fromkeys(several) if member(And((pattern(one), difference))) is not None)
        return tuple(dict.fromkeys(one.removeprefix(asked.head) for one in part))


@dataclass(frozen=True, slots=True)
class _Asked:
    """One verb on one bucket."""

    verb: Verb
    container: str

    @property
    def action(self) -> str:
        return ACTIONS[self.verb]

    @property
    def head(self) -> str:
        """What stands before the keys in what the policies name."""
        return "" if self.verb == "list" else f"{self.container}/"

    @property
    def before(self) -> tuple[Repeat, ...]:
        return exactly(self.head).tokens

    @property
    def below(self) -> Formula:
        return pattern(f"{self.head}*")

    @property
    def view(self) -> View:
        return Listings(self.container) if self.verb == "list" else Objects()

    def texts(self, statement: Statement) -> Iterator[str]:
        """What a statement names: objects, or for a listing the prefixes it is tied to."""
        names = statement.resources
        if self.verb != "list":
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
    bucket = now.bucket or then.bucket
    if bucket is None or then.told(who) == now.told(who):
        return
    for verb in ACTIONS:
        asked = _Asked(verb, f"arn:{_partition(bucket)}:s3:::{bucket.name}")
        try:
            yield from _of_verb(who, asked, address, (then, now))
        except (Undetermined, Undecided) as reason:
            yield AccessChange(who.name, verb, address, unsure=str(reason))


def _of_verb(who: Grantee, asked: _Asked, address: str, sides: tuple[_Side, _Side]) -> Iterator[AccessChange]:
    then, now = sides
    was, will = then.reach(who, asked), now.reach(who, asked)
    gained, lost = And((will, Not(was))), And((was, Not(will)))
    new, old = now.example(asked, gained), then.example(asked, lost)
    if new is None and old is None:
        return
    yield AccessChange(
        who=who.name,
        verb=asked.verb,
        bucket=address,
        gained=now.patterns(who, asked, gained) if new is not None else (),
        lost=then.patterns(who, asked, lost) if old is not None else (),
        gained_example=(new or "").removeprefix(asked.head),
        lost_example=(old or "").removeprefix(asked.head),
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
