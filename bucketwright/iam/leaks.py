"""Which key, list or setting outside of one prefix of one bucket does a policy reach?"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from bucketwright.iam.actions import (
    BATCH_JOB,
    LISTING,
    OBJECT,
    TAKEOVER,
    UPLOADS,
    spelled,
    unknown_actions,
)
from bucketwright.iam.asking import Question, Request, allowed_request
from bucketwright.iam.documents import Document
from bucketwright.iam.homes import CONTAINERS, JOBS, KEYS, REAL, ROLES, Home, names_key
from bucketwright.iam.languages import And, Formula, Not, Undecided, Work, beginning
from bucketwright.iam.reach import (
    WITHOUT_PREFIX,
    Containers,
    Listings,
    Lists,
    Objects,
    bucket_and_prefix,
    listing_views,
    of_bucket,
)
from bucketwright.iam.witnesses import first_settled

_WHATEVER_PREFIX: Final = Containers({})
_TO_JOBS: Final = Containers({**WITHOUT_PREFIX, "iam:passedtoservice": ("batchoperations.s3.amazonaws.com",)})


@dataclass(frozen=True, slots=True)
class Leak:
    """What lies outside: the ARN of the key or of what holds it, and a sentence."""

    arn: str
    because: str


@dataclass(frozen=True, slots=True)
class Keeping:
    """A policy that should keep to one prefix of its home; without a home everything is outside."""

    document: Document
    home: Home | None
    prefix: str
    work: Work

    def leak(self) -> Leak | None:
        """Return a leak or None; raise Undecided where it is open whether there is one."""
        kinds = (self._key, self._whole_list, self._list, self._list_of_home, self._takeover)
        return first_settled((*kinds, self._unknown_setting, self._job))

    @property
    def _unknown(self) -> frozenset[str]:
        return frozenset[str]().union(*(unknown_actions(one.actions) for one in self.document.statements))

    @property
    def _elsewhere(self) -> Formula:
        """Other buckets and access points."""
        return And((CONTAINERS, Not(self.home.arns))) if self.home else CONTAINERS

    @property
    def _governed(self) -> Formula:
        """The buckets and access points whose settings reach beyond the prefix."""
        return CONTAINERS if self.prefix else self._elsewhere

    def _ask(self, question: Question) -> Request | None:
        return allowed_request(self.document, question, self.work)

    def _key(self) -> Leak | None:
        outside = (Not(self.home.inside(self.prefix)),) if self.home else ()
        question = Question(OBJECT | self._unknown, Objects(), (KEYS, *outside), (REAL,), self._is_inside)
        found = self._ask(question)
        return Leak(found.text, f"{_action(found)} reaches {found.text!r}") if found else None

    def _is_inside(self, pattern: str) -> bool:
        return self.home is not None and self.home.plainly_inside(pattern, self.prefix)

    def _is_no_other(self, pattern: str) -> bool:
        """Whether the pattern is of keys, or is the home itself."""
        return names_key(pattern) or bool(self.home and pattern in self.home.containers)

    def _whole_list(self) -> Leak | None:
        """Lists of all keys of another bucket."""
        actions = LISTING | UPLOADS
        question = Question(actions, Containers(), (self._elsewhere,), (REAL,), self._is_no_other)
        found = self._ask(question)
        return Leak(found.text, f"{_action(found)} lists every key of {found.text!r}") if found else None

    def _list(self) -> Leak | None:
        """Lists of some keys of another bucket."""
        some = Question(LISTING, _WHATEVER_PREFIX, (self._elsewhere,), (REAL,), self._is_no_other)
        with suppress(Undecided):
            if self._ask(some) is None:
                return None
        found = self._ask(replace(some, view=Lists(), where=(of_bucket(self._elsewhere),)))
        if found is None:
            return None
        arn, asked = bucket_and_prefix(found.text)
        return Leak(arn, f"{_action(found)} lists {_keys(asked)} of {arn!r}")

    def _list_of_home(self) -> Leak | None:
        """Lists of the home itself; one without a prefix shows every key."""
        return first_settled(self._lists_of_home())

    def _lists_of_home(self) -> Iterator[Callable[[], Leak | None]]:
        for container in self.home.containers if self.home else ():
            for actions in (LISTING, UPLOADS):
                for view in listing_views(min(actions), container):
                    yield partial(self._list_in, view, actions)

    def _list_in(self, view: Listings, actions: frozenset[str]) -> Leak | None:
        found = self._ask(Question(actions, view, (Not(beginning(self.prefix)),), elsewhere=names_key))
        arn = view.container
        return Leak(arn, f"{_action(found)} lists {_keys(found.text)} of {arn!r}") if found else None

    def _takeover(self) -> Leak | None:
        found = self._ask(Question(TAKEOVER, Containers(), (self._governed,), (REAL,), names_key))
        because = "hands out keys beyond any prefix"
        return Leak(found.text, f"{_action(found)} on {found.text!r} {because}") if found else None

    def _unknown_setting(self) -> None:
        found = self._ask(Question(self._unknown, Containers(), (self._governed,), (REAL,), names_key))
        if found:
            raise Undecided(f"no table says what {_action(found)} does to {found.text!r}")

    def _job(self) -> None:
        """Whether it may start a job under some role, whose rights another policy says."""
        create, hand_over = BATCH_JOB
        if self._ask(Question(frozenset({create}), Containers(), (JOBS,), (REAL,))) and self._ask(
            Question(frozenset({hand_over}), _TO_JOBS, (ROLES,), (REAL,))
        ):
            raise Undecided(f"{spelled(create)} may do whatever the role may that it is given")


def _action(request: Request) -> str:
    return spelled(request.action)


def _keys(asked: str) -> str:
    return f"the keys that begin with {asked!r}" if asked else "every key"
