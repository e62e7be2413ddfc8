"""Does a statement of a bucket's policy let anybody do what another policy, its limit, does not?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

from bucketwright.iam.actions import LISTING, OBJECT, covers, spelled, unknown_actions
from bucketwright.iam.documents import Document, Names, PolicyError, Principals, Statement
from bucketwright.plain_text import shown
from bucketwright.posture import Undetermined, Unknown
from bucketwright.rules.granted_beyond import Grant
from bucketwright.rules.partly_known import faults_of
from bucketwright.rules.requests_to_bucket import ACTIONS, bucket_arn, requests_for
from bucketwright.rules.statements import some_of

_UNHEARD_OF: Final = f"s3:{'x' * 64}"
"""Stands for all actions that no table here knows."""
_FIRST: Final = ("s3:getobject", "s3:putobject")
"""Named before others of their kind, since everybody knows them."""
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Limit:
    """A policy that nothing may go beyond, and a bucket with the policy that is held against it."""

    limit: Document
    bucket: str
    policy: tuple[Statement, ...]

    def exceeded_by(self, statement: Statement) -> tuple[str, ...]:
        """What the statement lets whom do beyond the limit."""
        if not statement.allows:
            return ()
        return faults_of(*(partial(self._exceeded_for, who, statement) for who in _each(statement)))

    def _exceeded_for(self, who: Principals, statement: Statement) -> tuple[str, ...]:
        named = frozenset(one.actions for one in (*self.policy, *self.limit.statements))
        actions = _distinct(statement.actions, named)
        beyond = faults_of(*(partial(self._beyond, who, statement, action) for action in actions))
        return (
            (f"{statement.label} lets {_spoken(who)} do {some_of(beyond)} beyond the limit",)
            if beyond
            else ()
        )

    def _beyond(self, who: Principals, statement: Statement, action: str) -> tuple[str, ...]:
        denies = (one for one in self.policy if not one.allows)
        grant = Grant(who, statement, _about(denies, action), _about(self.limit.statements, action))
        arn = bucket_arn(self.bucket, (*self.policy, *self.limit.statements))
        try:
            found = any(grant.is_beyond(view, where) for view, where in requests_for(arn, action))
        except PolicyError as error:
            raise Undetermined("policy", Unknown(str(error))) from None
        if found and any(one.principals and one.principals.negated for one in grant.denies):
            because = f"{statement.label}: whom a Deny with NotPrincipal spares is not held against the limit"
            raise Undetermined("policy", Unknown(because))
        return (_called(action),) if found else ()


def _each(statement: Statement) -> Iterator[Principals]:
    """Those whom it lets in, one by one; all others where it names those whom it does not."""
    who = statement.principals
    if who is None:
        because = f"{statement.label} has no Principal, so this is no bucket policy"
        raise Undetermined("policy", Unknown(because))
    if who.negated:
        yield who
    else:
        yield from (Principals((member,)) for member in who.members)


def _about(statements: Iterable[Statement], action: str) -> tuple[Statement, ...]:
    return tuple(one for one in statements if covers(one.actions, action))


@lru_cache(maxsize=4_096)
def _distinct(asked: Names, named: frozenset[Names]) -> tuple[str, ...]:
    """One action for each way in which these names cover actions of a kind, of those that are asked for."""
    found: dict[tuple[object, ...], str] = {}
    known = sorted(ACTIONS | unknown_actions(asked), key=lambda action: (action not in _FIRST, action))
    for action in (*known, _UNHEARD_OF):
        if covers(asked, action):
            covering = frozenset(names for names in named if covers(names, action))
            kind = (action in ACTIONS, action in OBJECT, action in LISTING)
            found.setdefault((covering, *kind), action)
    return tuple(found.values())


def _called(action: str) -> str:
    return "what S3 may add" if action == _UNHEARD_OF else spelled(action)


def _spoken(who: Principals) -> str:
    name = who.members[0][1]
    everybody = "everybody but those it names" if who.negated else "everybody"
    return everybody if who.negated or name == "*" else shown(name, _LONGEST)
