"""Which request does a policy allow, of those that some actions may make in some place?"""

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from math import isqrt
from typing import Final

from bucketwright.iam.actions import covers
from bucketwright.iam.documents import Condition, Document, Names, Statement
from bucketwright.iam.languages import (
    NOTHING,
    And,
    Formula,
    Letters,
    Not,
    Or,
    PartSpent,
    Undecided,
    Work,
    plain,
    within,
)
from bucketwright.iam.reach import Permission, View, permissions, requests
from bucketwright.iam.readings import readings
from bucketwright.iam.witnesses import easiest_first, first_settled, guesses, is_easy, shortest

WORK: Final = 40_000
"""Steps that a whole question may take."""
DEPENDS: Final = "it depends on the value of a policy variable"
_AT_ONCE: Final = 10_000
_ALONE: Final = 3_000
_PAIRS_A_STEP: Final = 64


@dataclass(frozen=True, slots=True)
class Question:
    """Requests by any of the actions, in this view, for what lies there."""

    actions: frozenset[str]
    view: View
    where: tuple[Formula, ...]
    limits: tuple[Formula, ...] = ()
    """More of where, which few texts need."""
    elsewhere: Callable[[str], bool] = lambda _: False
    """Whether a pattern of resources plainly matches nothing there."""

    def requests(self, allow: Statement) -> Formula:
        """What of it the statement may be about."""
        names = allow.resources
        if names is None or names.negated:
            return requests(allow, self.view)
        there = tuple(pattern for pattern in names.patterns if not self.elsewhere(pattern))
        return requests(replace(allow, resources=Names(there)), self.view) if there else NOTHING


@dataclass(frozen=True, slots=True)
class Request:
    """What an action is asked for: an ARN, or a prefix to list."""

    action: str
    text: str


@dataclass(frozen=True, slots=True)
class _Way:
    """What some Allows let an action ask for, and the limits that all of it has."""

    action: str
    asked: tuple[Formula, ...]
    limits: tuple[Formula, ...]

    def grants(self, text: Letters, work: Work) -> bool:
        """Whether the text is asked for within all limits."""
        return within(And((*self.limits, Or(self.asked))), text, work)

    def request(self, text: Letters | None) -> Request | None:
        return None if text is None else Request(self.action, "".join(text))


def allowed_request(document: Document, question: Question, work: Work) -> Request | None:
    """Return such a request, or None where the policy allows none; raise Undecided."""
    found = _Inquiry(document, question, work).found()
    if found:
        return found
    others = tuple(readings(document))
    if others and all(_Inquiry(other, question, work).found() for other in others):
        for action in _distinct(document, question.actions):
            alone = replace(question, actions=frozenset({action}))
            if all(_Inquiry(other, alone, work).found() for other in others):
                raise Undecided(DEPENDS)
    return None


class _Inquiry:
    """One question put to one policy."""

    def __init__(self, document: Document, question: Question, work: Work) -> None:
        self._question: Final = question
        self._work: Final = work
        self._known: Final[dict[tuple[Statement, frozenset[Condition]], Formula]] = {}
        work.spend(_pairs(document) // _PAIRS_A_STEP)
        ways = (
            self._way(action, permission)
            for action in _distinct(document, question.actions)
            for permission in permissions(document, action)
        )
        self._ways: Final = [way for way in ways if way.asked]
        first = self._ways[0].limits if self._ways else ()
        shared = (limit for limit in first if all(limit in way.limits for way in self._ways))
        self._easy: Final = tuple(filter(is_easy, shared))

    def found(self) -> Request | None:
        """Ask for all at once, then for fewer and fewer, and only then with the limits in mind."""
        everything = tuple(dict.fromkeys(one for way in self._ways for one in way.asked))
        sifted = self._sifted(everything, _AT_ONCE)
        if isinstance(sifted, Request):
            return sifted
        return first_settled(partial(self._limited, way, sifted) for way in self._ways)

    def _sifted(self, asked: tuple[Formula, ...], steps: int) -> Request | tuple[Formula, ...]:
        """A request found without the limits that keeps to them all the same, or what may still hold one."""
        try:
            text = self._shortest(asked, self._easy, steps)
            if text is None:
                return ()
            found = self._granted(text)
        except PartSpent:
            found = first_settled(partial(self._guessed, Or(asked), way) for way in self._ways)
        if found or len(asked) == 1:
            return found or asked
        open_ones: tuple[Formula, ...] = ()
        size = isqrt(len(asked))
        for start in range(0, len(asked), size):
            sifted = self._sifted(asked[start : start + size], max(steps // 2, _ALONE))
            if isinstance(sifted, Request):
                return sifted
            open_ones += sifted
        return open_ones

    def _granted(self, text: Letters) -> Request | None:
        """The first way in which the text is asked for within all limits."""
        return next((way.request(text) for way in self._ways if way.grants(text, self._work)), None)

    def _limited(self, way: _Way, open_ones: Collection[Formula]) -> Request | None:
        asked = tuple(one for one in way.asked if one in open_ones)
        with suppress(PartSpent):
            return way.request(self._shortest(asked, way.limits, _AT_ONCE))
        return first_settled(partial(self._limited_alone, one, way) for one in asked)

    def _limited_alone(self, one: Formula, way: _Way) -> Request | None:
        try:
            return way.request(self._shortest((one,), way.limits, _ALONE))
        except PartSpent:
            if found := self._guessed(one, way):
                return found
            raise

    def _guessed(self, asked: Formula, way: _Way) -> Request | None:
        where = And(self._question.where)
        tried = (text for text in guesses(asked, way.limits) if within(where, text, self._work))
        return next((way.request(text) for text in tried if way.grants(text, self._work)), None)

    def _shortest(self, asked: tuple[Formula, ...], limits: Sequence[Formula], steps: int) -> Letters | None:
        everything = And((Or(asked), *self._question.where))
        return shortest(everything, limits, self._work.part(steps))

    def _way(self, action: str, permission: Permission) -> _Way:
        self._work.spend(len(permission.allows) + len(permission.denies))
        asked = (self._formula(allow, permission.given) for allow in permission.allows)
        denied = (self._formula(deny, permission.given) for deny in permission.denies)
        limits = (plain(Not(one)) for one in denied if one != NOTHING)
        return _Way(
            action,
            tuple(one for one in asked if one != NOTHING),
            (*easiest_first(limits), *self._question.limits),
        )

    def _formula(self, statement: Statement, given: frozenset[Condition]) -> Formula:
        """What the statement is about; found once, since many ways share it."""
        asked = statement, frozenset[Condition]() if statement.allows else given
        if asked not in self._known:
            self._work.spend(1 + len(statement.resources.patterns if statement.resources else ()))
            about = requests(statement, self._question.view, given=given)
            self._known[asked] = plain(self._question.requests(statement) if statement.allows else about)
        return self._known[asked]


def _pairs(document: Document) -> int:
    """How often it is asked whether a Deny hits somebody."""
    allows = [one.principals for one in document.statements if one.allows]
    members = sum(len(principals.members) if principals else 1 for principals in allows)
    return members * (len(document.statements) - len(allows))


def _distinct(document: Document, actions: Iterable[str]) -> tuple[str, ...]:
    """One action for each way in which the statements cover actions; none that no Allow covers."""
    named = {one.actions for one in document.statements}
    allowed = {one.actions for one in document.statements if one.allows}
    found: dict[frozenset[Names], str] = {}
    for action in sorted(actions, key=lambda action: (not action.startswith("s3:"), action)):
        covering = frozenset(names for names in named if covers(names, action))
        if covering & allowed:
            found.setdefault(covering, action)
    return tuple(found.values())
