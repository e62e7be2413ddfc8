"""Kinds of requests, each as a set of texts: the ARNs asked for, or the prefixes of the keys to be listed."""

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, Protocol

from bucketwright.iam.actions import LISTING
from bucketwright.iam.charset import CharSet, Repeat
from bucketwright.iam.conditions import Known, allowed_values, holds
from bucketwright.iam.documents import Condition, Names
from bucketwright.iam.languages import (
    ANYTHING,
    EVERYTHING,
    NOTHING,
    And,
    Formula,
    Leaf,
    Not,
    Or,
    arns,
    beside,
    exactly,
    member,
)
from bucketwright.iam.leaves import SEPARATOR
from bucketwright.iam.patterns import intersects, matches, parse

__all__ = (
    "WITHOUT_PREFIX", "Containers", "Listings", "Lists", "Objects", "View", "bucket_and_prefix",
    "listing_views", "of_bucket", "settled",
)  # fmt: skip

_PREFIX: Final = "s3:prefix"
WITHOUT_PREFIX: Final[Known] = {_PREFIX: ()}
"""What is known of every request that is no listing."""
_REST: Final = Repeat(EVERYTHING, 0, None)
_BETWEEN: Final = Repeat(CharSet(frozenset({SEPARATOR})), 1, 1)
_NOT_BETWEEN: Final = Repeat(CharSet(frozenset({SEPARATOR}), negated=True), 0, None)
_ONE_OF_EACH: Final = Leaf((_NOT_BETWEEN, _BETWEEN, _NOT_BETWEEN))


class View(Protocol):
    """One kind of request, and the texts that tell such requests apart."""

    @property
    def known(self) -> Known: ...

    def resources(self, names: Names) -> Formula | None: ...

    def condition(self, condition: Condition) -> Formula | None: ...


@dataclass(frozen=True, slots=True)
class Objects:
    """Requests for one object; told apart by the object's ARN."""

    known: Known = field(default_factory=lambda: WITHOUT_PREFIX)

    def resources(self, names: Names) -> Formula | None:
        some = Or(tuple(map(arns, names.patterns)))
        return Not(some) if names.negated else some

    def condition(self, condition: Condition) -> Formula | None:
        return settled(holds(condition, self.known))


@dataclass(frozen=True, slots=True)
class Containers(Objects):
    """Requests for a whole bucket or access point that list no keys; told apart by its ARN."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Requests for the keys of any bucket below an `s3:prefix`; told apart by both, the ARN first.

    Only the texts of `of_bucket` are such requests.
    """

    known: Known = field(default_factory=dict)

    def resources(self, names: Names) -> Formula | None:
        some = Or(tuple(_lists_of(arns(name)) for name in names.patterns))
        return Not(some) if names.negated else some

    def condition(self, condition: Condition) -> Formula | None:
        if condition.key != _PREFIX:
            return settled(holds(condition, self.known))
        values = allowed_values(condition)
        return None if values is None else beside(values, (_NOT_BETWEEN, _BETWEEN), ())


def of_bucket(buckets: Formula) -> Formula:
    """The lists of buckets with these ARNs, below whatever prefix."""
    return And((_ONE_OF_EACH, beside(buckets, (), (_BETWEEN, _REST))))


def _lists_of(buckets: Leaf) -> Leaf:
    arn = (replace(token, chars=token.chars.intersect(_NOT_BETWEEN.chars)) for token in buckets.tokens)
    return Leaf((*arn, _BETWEEN, _REST))


def bucket_and_prefix(asked: str) -> tuple[str, str]:
    """Take apart what `Lists` puts together."""
    arn, _, prefix = asked.partition(SEPARATOR)
    return arn, prefix


@dataclass(frozen=True, slots=True)
class Listings:
    """Requests for the keys of one bucket below an `s3:prefix`; told apart by that prefix."""

    container: str
    whole: bool = False
    """All keys: the request carries no `s3:prefix`."""
    known: Known = field(default_factory=dict)

    def resources(self, names: Names) -> Formula | None:
        """Whether the container is among them; None where that depends on the value of a variable."""
        held = [_names(pattern, self.container) for pattern in names.patterns]
        if None in held and True not in held:
            return None
        return settled((True in held) != names.negated)

    def condition(self, condition: Condition) -> Formula | None:
        if condition.key == _PREFIX and not self.whole:
            return allowed_values(condition)
        return settled(holds(condition, {**self.known, **WITHOUT_PREFIX}))


def listing_views(action: str, container: str) -> tuple[Listings, ...]:
    """How the keys of a bucket may be asked for by this action."""
    whole = Listings(container, whole=True)
    return (whole, Listings(container)) if action in LISTING else (whole,)


@lru_cache(maxsize=65_536)
def _names(pattern: str, arn: str) -> bool | None:
    """Whether the pattern names the ARN; None where that depends on the value of a variable."""
    return _matching(pattern, arn)


def _matching(pattern: str, arn: str) -> bool | None:
    if "$" not in pattern + arn:
        return matches(parse(pattern), arn)
    if not intersects(parse(pattern), parse(arn)):
        return False
    return True if member(And((arns(pattern), exactly(arn)))) is not None else None


def settled(held: bool | None) -> Formula | None:
    """An answer of yes or no as a set of texts."""
    return None if held is None else ANYTHING if held else NOTHING
