"""Is a request granted by a policy though its limit does not grant it?

What the policy allows counts wherever it may hold, what the limit allows only where it surely does; with
Denies it is the other way round.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from bucketwright.iam.callers import Caller, surely_hits
from bucketwright.iam.conditions import Known
from bucketwright.iam.documents import Condition, Document, Principals, Statement, canonical
from bucketwright.iam.languages import Formula, Not, Or
from bucketwright.iam.reach import WITHOUT_PREFIX, View, requests
from bucketwright.posture import Undetermined, Unknown
from bucketwright.rules.accounts import account_of
from bucketwright.rules.circumstances import cases
from bucketwright.rules.requests_to_bucket import is_any
from bucketwright.rules.statements import some_of

Given = frozenset[Condition]
_NOTHING: Final[Given] = frozenset()
_TELLING: Final = ("aws:principalarn", "aws:principalaccount")
"""Condition keys that tell who of several it is."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Somebody whom an Allow lets do an action, and all statements about that action."""

    who: Principals
    allow: Statement
    denies: tuple[Statement, ...]
    """Of the same policy."""
    limit: tuple[Statement, ...]

    def is_beyond(self, view: View, where: Formula) -> bool:
        """Whether some such request there is beyond the limit; Undetermined where conditions leave that
        open.
        """
        told = self._cases()
        beyond = [one for one in told if _Case(self, view, where, one).is_beyond(_NOTHING)]
        if not beyond:
            return False
        doubted = self._doubted(told[0])
        if any(_Case(self, view, where, one).is_beyond(doubted) for one in beyond):
            return True
        keys = some_of(sorted({one.key for one in doubted}))
        because = f"{self.allow.label}: its conditions on {keys} cannot be compared with those of the limit"
        raise Undetermined("policy", Unknown(because))

    def _cases(self) -> tuple[Known, ...]:
        settled = {**_known(self.who), **WITHOUT_PREFIX}
        tests = (test for one in (self.allow, *self.denies, *self.limit) for test in one.conditions)
        return cases(test for test in tests if test.key not in settled)

    def _doubted(self, known: Known) -> Given:
        """Conditions on keys that both sides look at, and of which not all cases are told apart."""
        ours = {test.key for one in (self.allow, *self.denies) for test in one.conditions}
        theirs = {test.key for one in self.limit for test in one.conditions}
        unsettled = (ours & theirs) - {*known, *_known(self.who), *WITHOUT_PREFIX}
        tests = (test for one in (*self.denies, *self.limit) for test in _conditions(one))
        return frozenset(test for test in tests if test.key in unsettled)


@dataclass(frozen=True, slots=True)
class _Case:
    """Requests of one kind of which some condition keys are known."""

    grant: Grant
    view: View
    where: Formula
    known: Known

    def is_beyond(self, believed: Given) -> bool:
        """Whether some are beyond the limit, if what is believed holds wherever that keeps them within."""
        who, given = self._who, _conditions(self.grant.allow) | believed
        let = (one for one in self.grant.limit if one.allows and surely_hits(one.principals, who))
        surely_let = Or(tuple(self._surely(one, who, given) for one in let))
        if self._is_left(who, given, Not(surely_let)):
            return True
        return any(
            self._is_left(some, given | _conditions(one), self._may(one, some))
            for one in self.grant.limit
            if not (one.allows or _conditions(one) & believed)
            for some in _met(one.principals, who)
        )

    def _is_left(self, who: Principals, given: Given, limit: Formula) -> bool:
        """Whether the policy lets them do something of this sort."""
        hitting = (one for one in self.grant.denies if surely_hits(one.principals, who))
        left = (Not(self._surely(one, who, given)) for one in hitting)
        return is_any("policy", self.where, self._may(self.grant.allow, who), limit, *left)

    @property
    def _who(self) -> Principals:
        """Those of them whom the conditions leave."""
        who = self.grant.who
        values = (value for key in _TELLING for value in self.known.get(key, ()))
        told = (Principals((("AWS", one),)) for one in values if account_of(one))
        return next((one for one in told if surely_hits(who, one)), who)

    def _may(self, statement: Statement, who: Principals) -> Formula:
        return requests(replace(statement, allows=True), self.view, {**self.known, **_known(who)})

    def _surely(self, statement: Statement, who: Principals, given: Given) -> Formula:
        return requests(replace(statement, allows=False), self.view, {**self.known, **_known(who)}, given)


def _met(denied: Principals | None, who: Principals) -> Iterator[Principals]:
    """Which of them a Deny may be about: all, or one that it names."""
    if denied is None:
        yield who
    elif surely_hits(Principals(denied.members, not denied.negated), who):
        return
    elif denied.negated or who.negated:
        yield who
    else:
        yield from filter(None, (_both(Principals((member,)), who) for member in denied.members))


def _both(one: Principals, who: Principals) -> Principals | None:
    """Those who may be both."""
    if surely_hits(who, one):
        return one
    return None if surely_hits(Principals(one.members, negated=True), who) else who


def _known(who: Principals) -> Known:
    """The condition keys that tell of somebody who is named by account or ARN."""
    kind, name = who.members[0]
    account = None if who.negated or kind != "AWS" else account_of(name)
    return {} if account is None else Caller(name, account).known


@lru_cache(maxsize=16_384)
def _conditions(statement: Statement) -> Given:
    """The conditions, each the same for every order of its values."""
    return frozenset(canonical(Document("", (statement,))).statements[0].conditions)
