"""Whom does a bucket policy's statement let in or turn away: is this caller among its principals?"""

import re
from dataclasses import dataclass
from typing import Final, Literal

from bucketwright.iam.conditions import Known
from bucketwright.iam.documents import PrincipalKind, Principals

Naming = Literal["everyone", "caller", "account", "other", "unsure"]
Grant = Literal["none", "delegated", "limited", "free"]
_ACCOUNT: Final = re.compile("[0-9]{12}")
_PRINCIPAL: Final = re.compile(r"arn:[^:]+:(?:iam|sts)::([^:]+):(.+)", re.DOTALL)
_IDENTITY: Final = re.compile(r"arn:[^:]+:iam::[^:]+:(?:role|user)/.+", re.DOTALL)


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
