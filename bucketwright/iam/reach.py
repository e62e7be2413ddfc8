"""Who can do what on which keys: Allows, Denies, boundaries and conditions, as one set of keys.

An Allow whose condition cannot be decided counts as reaching; a Deny counts only when it is certain. Not
considered: organisation policies, VPC endpoint policies, access point policies, ACLs and access grants.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Protocol

from bucketwright.iam.actions import LISTING, covers
from bucketwright.iam.callers import Caller, grant, turned_away
from bucketwright.iam.charset import CharSet, Repeat
from bucketwright.iam.conditions import Known, allowed_values, holds
from bucketwright.iam.documents import Condition, Document, Names, PolicyError, Principals, Statement
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
    beginning,
    beside,
    exactly,
    member,
)
from bucketwright.iam.leaves import SEPARATOR
from bucketwright.iam.patterns import intersects, parse

__all__ = (
    "NOT_CONSIDERED", "WITHOUT_PREFIX", "Caller", "Containers", "Listings", "Lists", "Objects", "Policies",
    "View", "bucket_and_prefix", "granted", "keys_of", "listing_views", "of_bucket", "reached", "segment",
)  # fmt: skip

NOT_CONSIDERED: Final = (
    "organisation policies",
    "VPC endpoint policies",
    "access point policies",
    "ACLs",
    "access grants",
)
_PREFIX: Final = "s3:prefix"
_NOTHING_KNOWN: Final[Known] = {}
WITHOUT_PREFIX: Final[Known] = {_PREFIX: ()}
"""What is known of every request that is no listing."""
_REST: Final = Repeat(EVERYTHING, 0, None)
_BETWEEN: Final = Repeat(CharSet(frozenset({SEPARATOR})), 1, 1)
_NOT_BETWEEN: Final = Repeat(CharSet(frozenset({SEPARATOR}), negated=True), 0, None)
_ONE_OF_EACH: Final = Leaf((_NOT_BETWEEN, _BETWEEN, _NOT_BETWEEN))


@dataclass(frozen=True, slots=True)
class Policies:
    """Everything attached that decides: to the caller, to the bucket, and the caller's limits."""

    identity: tuple[Document, ...] = ()
    bucket: Document | None = None
    limits: tuple[Document, ...] = ()
    """Permissions boundary and session policies: each must allow too."""


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
        return _settled(holds(condition, self.known))


@dataclass(frozen=True, slots=True)
class Containers(Objects):
    """Requests for a whole bucket or access point that list no keys; told apart by its ARN."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Requests for the keys of any bucket below an `s3:prefix`; told apart by both, the ARN first."""

    known: Known = field(default_factory=dict)

    def resources(self, names: Names) -> Formula | None:
        some = of_bucket(Or(tuple(map(arns, names.patterns))))
        return Not(some) if names.negated else some

    def condition(self, condition: Condition) -> Formula | None:
        if condition.key != _PREFIX:
            return _settled(holds(condition, self.known))
        values = allowed_values(condition)
        return None if values is None else beside(values, (_REST, _BETWEEN), ())


def of_bucket(buckets: Formula) -> Formula:
    """The lists of buckets with these ARNs, below whatever prefix."""
    return And((_ONE_OF_EACH, beside(buckets, (), (_BETWEEN, _REST))))


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
        named = And((Or(tuple(map(arns, names.patterns))), exactly(self.container)))
        if member(named) is not None:
            return NOTHING if names.negated else ANYTHING
        if any(intersects(parse(name), parse(self.container)) for name in names.patterns):
            return None
        return ANYTHING if names.negated else NOTHING

    def condition(self, condition: Condition) -> Formula | None:
        if condition.key == _PREFIX and not self.whole:
            return allowed_values(condition)
        return _settled(holds(condition, {**self.known, **WITHOUT_PREFIX}))


def listing_views(action: str, container: str) -> tuple[Listings, ...]:
    """How the keys of a bucket may be asked for by this action."""
    whole = Listings(container, whole=True)
    return (whole, Listings(container)) if action in LISTING else (whole,)


def granted(document: Document, action: str, view: View) -> Formula:
    """What one policy by itself lets its holder do: its Allows less its certain Denies."""
    everyone = _allowed_members(document.statements)
    denies = (one for one in document.statements if not one.allows and _meets_all(one.principals, everyone))
    return And((_allowed(document, action, view), Not(_any(denies, action, view))))


def reached(caller: Caller, policies: Policies, owner: str, action: str, view: View) -> Formula:
    """What the caller reaches in a bucket of the account `owner` under all the policies that decide."""

    def asked(statements: Iterable[Statement]) -> Formula:
        return _any(statements, action, view, caller.known)

    shared = policies.bucket.statements if policies.bucket else ()
    named = [(one, _principals(one)) for one in shared]
    own = Or(tuple(_allowed(document, action, view, caller.known) for document in policies.identity))
    limits = tuple(_allowed(document, action, view, caller.known) for document in policies.limits)
    free, limited, delegated = (
        asked(one for one, principals in named if one.allows and grant(principals, caller) == worth)
        for worth in ("free", "limited", "delegated")
    )
    if caller.account == owner:
        allowed: Formula = Or((free, And((Or((own, limited)), *limits))))
    else:
        allowed = And((Or((free, limited, delegated)), own, *limits))
    attached = (one for document in (*policies.identity, *policies.limits) for one in document.statements)
    denied = asked(one for one in attached if not one.allows)
    turned = asked(one for one, principals in named if not one.allows and turned_away(principals, caller))
    return And((allowed, Not(Or((denied, turned)))))


def keys_of(bucket_arn: str) -> Leaf:
    """The ARNs of all objects of a bucket."""
    return beginning(f"{bucket_arn}/")


def segment() -> Repeat:
    """One or more characters other than a slash."""
    return Repeat(CharSet(frozenset({"/"}), negated=True), 1, None)


def _allowed(document: Document, action: str, view: View, known: Known = _NOTHING_KNOWN) -> Formula:
    return _any((one for one in document.statements if one.allows), action, view, known)


def _any(statements: Iterable[Statement], action: str, view: View, known: Known = _NOTHING_KNOWN) -> Formula:
    return Or(tuple(_requests(one, action, view, known) for one in statements))


def _requests(statement: Statement, action: str, view: View, known: Known) -> Formula:
    """The requests this statement is about: all that may be for an Allow, all that surely are for a Deny."""
    if not covers(statement.actions, action):
        return NOTHING
    if statement.resources is None:
        raise PolicyError(f"{statement.label} names no Resource")
    undecided = ANYTHING if statement.allows else NOTHING
    met = (view.condition(one) or _settled(holds(one, known)) or undecided for one in statement.conditions)
    return And((view.resources(statement.resources) or undecided, *met))


def _settled(held: bool | None) -> Formula | None:
    return None if held is None else ANYTHING if held else NOTHING


def _principals(statement: Statement) -> Principals:
    if statement.principals is None:
        raise PolicyError(f"{statement.label} has no Principal, so this is no bucket policy")
    return statement.principals


def _allowed_members(statements: Iterable[Statement]) -> frozenset[tuple[str, str]] | None:
    """Everyone some Allow names; None where that is everyone but some, or the holder whoever it is."""
    named: set[tuple[str, str]] = set()
    for statement in statements:
        if statement.allows:
            if statement.principals is None or statement.principals.negated:
                return None
            named |= set(statement.principals.members)
    return frozenset(named)


def _meets_all(principals: Principals | None, everyone: frozenset[tuple[str, str]] | None) -> bool:
    """Whether a Deny hits all whom the policy allows anything."""
    if principals is None:
        return True
    if principals.negated:
        return False
    members = frozenset(principals.members)
    return ("AWS", "*") in members or (everyone is not None and everyone <= members)
