"""Does a policy let somebody do something, or forbid it? The policy engine of this project decides.

What cannot be decided counts as met in an Allow and as not met in a Deny, so that the sandbox refuses only
what AWS surely would.
"""

from dataclasses import dataclass, field
from functools import lru_cache

from bucketwright.iam.actions import covers
from bucketwright.iam.callers import Caller, grant, turned_away
from bucketwright.iam.conditions import Known, holds
from bucketwright.iam.documents import Document, Names, PolicyError, Statement, parse
from bucketwright.iam.patterns import matches
from bucketwright.iam.patterns import parse as pattern

Who = Caller | str | None
"""A role or user of an account, a service by its name, or somebody who did not sign."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: what, on which resource, by whom, with which condition keys."""

    action: str
    resource: str
    who: Who
    known: Known = field(default_factory=dict)

    @property
    def all_known(self) -> Known:
        """The condition keys of the request and of its caller."""
        return {**self.who.known, **self.known} if isinstance(self.who, Caller) else self.known


@lru_cache(maxsize=256)
def policy_of(text: str | None) -> Document | None:
    """A policy read, or None where there is none or it is not one."""
    try:
        return None if text is None else parse(text)
    except PolicyError:
        return None


def allows(policy: Document, asked: Asked) -> bool:
    """Whether a statement lets the request through and none surely forbids it."""
    let_in = any(one.allows and _is_about(one, asked) for one in policy.statements)
    return let_in and not forbids(policy, asked)


def forbids(policy: Document, asked: Asked) -> bool:
    """Whether a Deny surely hits the request."""
    return any(not one.allows and _is_about(one, asked) for one in policy.statements)


def _is_about(statement: Statement, asked: Asked) -> bool:
    return (
        covers(statement.actions, asked.action.lower())
        and _names(statement.resources, asked.resource, unsure=statement.allows)
        and _means(statement, asked.who)
        and all(_met(holds(one, asked.all_known), unsure=statement.allows) for one in statement.conditions)
    )


def _met(decided: bool | None, *, unsure: bool) -> bool:
    return unsure if decided is None else decided


def _names(resources: Names | None, resource: str, *, unsure: bool) -> bool:
    if resources is None:
        return False
    if any("${" in one for one in resources.patterns):
        return unsure
    return any(matches(pattern(one), resource) for one in resources.patterns) != resources.negated


def _means(statement: Statement, who: Who) -> bool:
    """Whether the request comes from whom the statement speaks of."""
    principals = statement.principals
    if principals is None:
        return False
    if isinstance(who, Caller):
        return grant(principals, who) != "none" if statement.allows else turned_away(principals, who)
    everyone = ("AWS", "*") in principals.members
    named = who is not None and ("Service", who) in principals.members
    return (everyone or named) != principals.negated
