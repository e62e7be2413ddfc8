"""Whom does a bucket policy's statement let in or turn away: is this caller among its principals?"""

import re
from dataclasses import dataclass
from typing import Final, Literal

from bucketwright.iam.conditions import Known
from bucketwright.iam.documents import PrincipalKind, Principals

Member = tuple[PrincipalKind, str]
Naming = Literal["everyone", "caller", "account", "other", "unsure"]
Grant = Literal["none", "delegated", "limited", "free"]
_ACCOUNT: Final = re.compile("[0-9]{12}")
_PRINCIPAL: Final = re.compile(r"arn:[^:]+:(?:iam|sts)::([^:*?]+):(.+)", re.DOTALL)
_IDENTITY: Final = re.compile(r"arn:[^:]+:iam::[^:*?]+:(?:role|user)/[^*?]+", re.DOTALL)
_EVERYONE: Final[Member] = ("AWS", "*")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the ARN and account of a role, a user or a role's session."""

    arn: str
    account: str

    @property
    def known(self) -> Known:
        """The condition keys that tell of the caller; a session's ARN does not tell its role's."""
        arn: Known = {"aws:principalarn": (self.arn,)} if _IDENTITY.fullmatch(self.arn) else {}
        return {**arn, "aws:principalaccount": (self.account,)}

    @property
    def is_role(self) -> bool:
        return ":role/" in self.arn


def grant(principals: Principals, caller: Caller) -> Grant:
    """What an Allow with these principals is worth to the caller; who may be meant counts as named.

    An account as principal only delegates: its own policies must allow as well. What is granted to a role's
    ARN stays within the role's limits; what is granted to everyone, to a user or to a session does not.
    """
    namings = _namings(principals, caller)
    if principals.negated:
        return "none" if namings & {"everyone", "caller"} else "free"
    if namings & {"everyone", "unsure"}:
        return "free"
    if "caller" in namings:
        return "limited" if caller.is_role else "free"
    return "delegated" if "account" in namings else "none"


def turned_away(principals: Principals, caller: Caller) -> bool:
    """Whether a Deny with these principals surely hits the caller; one that may spare it does not."""
    namings = _namings(principals, caller)
    return namings == {"other"} if principals.negated else bool(namings & {"everyone", "caller", "account"})


def surely_hits(denied: Principals | None, allowed: Principals | None) -> bool:
    """Whether a Deny surely hits all whom an Allow lets in; without principals, the policy's holder."""
    if denied is None:
        return True
    if allowed is None or allowed.negated:
        spared = allowed.members if allowed else ()
        return set(denied.members) <= set(spared) if denied.negated else _EVERYONE in denied.members
    if denied.negated:
        return all(_are_two(spared, one) for spared in denied.members for one in allowed.members)
    return all(any(_includes(hit, one) for hit in denied.members) for one in allowed.members)


def _includes(hit: Member, one: Member) -> bool:
    """Whether whoever is the one is the other too: everyone, the same, or the account of both."""
    return hit in {_EVERYONE, one} or (hit[0] == one[0] == "AWS" and hit[1] == _account(one[1]))


def _are_two(one: Member, other: Member) -> bool:
    """Whether surely nobody is both; a service goes by several names, a session by its role's too."""
    if _EVERYONE in {one, other} or one == other:
        return False
    if one[0] != other[0]:
        return "Service" in {one[0], other[0]}
    if one[0] != "AWS":
        return False
    accounts = {_account(one[1]), _account(other[1])}
    apart = len(accounts) > 1 and None not in accounts
    return apart or bool(_IDENTITY.fullmatch(one[1]) and _IDENTITY.fullmatch(other[1]))


def _account(name: str) -> str | None:
    """The account of an account's number or of an ARN."""
    found = _PRINCIPAL.fullmatch(name)
    return found[1] if found else name if _ACCOUNT.fullmatch(name) else None


def _namings(principals: Principals, caller: Caller) -> frozenset[Naming]:
    return frozenset(_naming(kind, name, caller) for kind, name in principals.members)


def _naming(kind: PrincipalKind, name: str, caller: Caller) -> Naming:
    """What one member of a Principal is to the caller; a unique id or a session may be anybody's."""
    match kind, name:
        case "AWS", "*":
            return "everyone"
        case "AWS", caller.arn:
            return "caller"
        case "AWS", caller.account:
            return "account"
        case "Service", _:
            return "other"
        case "AWS", _ if _ACCOUNT.fullmatch(name) or _is_elsewhere(name, caller):
            return "other"
        case _:
            return "unsure"


def _is_elsewhere(name: str, caller: Caller) -> bool:
    """Whether the ARN is of another account, or of another role or user."""
    found = _PRINCIPAL.fullmatch(name)
    if found and found[1] != caller.account:
        return True
    return bool(_IDENTITY.fullmatch(name) and _IDENTITY.fullmatch(caller.arn))
