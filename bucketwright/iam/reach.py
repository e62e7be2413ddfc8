"""Who can do what on which keys: Allows, Denies, boundaries and conditions, as one set of keys.

An Allow whose condition cannot be decided counts as reaching; a Deny counts only when it is certain. Not
considered: organisation policies, VPC endpoint policies, access point policies, ACLs and access grants.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from bucketwright.iam.actions import covers
from bucketwright.iam.callers import Caller, grant, surely_hits, turned_away
from bucketwright.iam.conditions import Known, holds
from bucketwright.iam.documents import Condition, Document, PolicyError, Principals, Statement
from bucketwright.iam.languages import ANYTHING, NOTHING, And, Formula, Not, Or
from bucketwright.iam.views import (
    WITHOUT_PREFIX,
    Containers,
    Listings,
    Lists,
    Objects,
    View,
    bucket_and_prefix,
    listing_views,
    of_bucket,
    settled,
)

__all__ = (
    "NOT_CONSIDERED", "WITHOUT_PREFIX", "Caller", "Containers", "Listings", "Lists", "Objects", "Permission",
    "Policies", "View", "bucket_and_prefix", "granted", "listing_views", "of_bucket", "permissions",
    "reached", "requests",
)  # fmt: skip

NOT_CONSIDERED: Final = (
    "organisation policies",
    "VPC endpoint policies",
    "access point policies",
    "ACLs",
    "access grants",
)
_NOTHING_KNOWN: Final[Known] = {}
_Given = frozenset[Condition]
_NOTHING_GIVEN: Final[_Given] = frozenset()


@dataclass(frozen=True, slots=True)
class Policies:
    """Everything attached that decides: to the caller, to the bucket, and the caller's limits."""

    identity: tuple[Document, ...] = ()
    bucket: Document | None = None
    limits: tuple[Document, ...] = ()
    """Permissions boundary and session policies: each must allow too."""


@dataclass(frozen=True, slots=True)
class Permission:
    """Allows, and the Denies that hit every one of those whom these let in."""

    allows: tuple[Statement, ...]
    denies: tuple[Statement, ...]
    given: _Given
    """What holds wherever one of the Allows does, so that a Deny need not ask for it again."""

    def limits(self, view: View) -> tuple[Formula, ...]:
        """What each Deny leaves."""
        return tuple(Not(requests(deny, view, given=self.given)) for deny in self.denies)


def permissions(document: Document, action: str) -> tuple[Permission, ...]:
    """What one policy by itself lets its holders do: those Allows together that have the same limits."""
    about = [one for one in document.statements if covers(one.actions, action)]
    denies = [one for one in about if not one.allows]
    asked = frozenset(_in_order(test) for deny in denies for test in deny.conditions)
    found: dict[tuple[tuple[int, ...], _Given], list[Statement]] = {}
    for allow in about:
        given = asked & frozenset(map(_in_order, allow.conditions))
        for who in _each(allow.principals) if allow.allows else ():
            hitting = tuple(n for n, deny in enumerate(denies) if surely_hits(deny.principals, who))
            together = found.setdefault((hitting, given), [])
            if allow not in together[-1:]:
                together.append(allow)
    return tuple(
        Permission(tuple(allows), tuple(denies[n] for n in hitting), given)
        for (hitting, given), allows in found.items()
    )


def granted(document: Document, action: str, view: View) -> Formula:
    """What one policy by itself lets its holder do: its Allows less its certain Denies."""
    return Or(
        tuple(
            And((_any(one.allows, action, view), *one.limits(view))) for one in permissions(document, action)
        )
    )


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


def requests(
    statement: Statement, view: View, known: Known = _NOTHING_KNOWN, given: _Given = _NOTHING_GIVEN
) -> Formula:
    """The requests this statement is about: all that may be for an Allow, all that surely are for a Deny."""
    if statement.resources is None:
        raise PolicyError(f"{statement.label} names no Resource")
    undecided = ANYTHING if statement.allows else NOTHING
    met = (
        view.condition(one)
        or settled(holds(one, known))
        or (ANYTHING if _in_order(one) in given else undecided)
        for one in statement.conditions
    )
    return And((view.resources(statement.resources) or undecided, *met))


def _in_order(condition: Condition) -> Condition:
    """The same condition for every order of its values."""
    return replace(condition, values=tuple(sorted(set(condition.values))))


def _each(principals: Principals | None) -> Iterator[Principals | None]:
    """Those named one by one; a Deny may hit only some of them."""
    if principals is None or principals.negated:
        yield principals
    else:
        yield from (Principals((member,)) for member in principals.members)


def _allowed(document: Document, action: str, view: View, known: Known = _NOTHING_KNOWN) -> Formula:
    return _any((one for one in document.statements if one.allows), action, view, known)


def _any(statements: Iterable[Statement], action: str, view: View, known: Known = _NOTHING_KNOWN) -> Formula:
    return Or(tuple(requests(one, view, known) for one in statements if covers(one.actions, action)))


def _principals(statement: Statement) -> Principals:
    if statement.principals is None:
        raise PolicyError(f"{statement.label} has no Principal, so this is no bucket policy")
    return statement.principals
