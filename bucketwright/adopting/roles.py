"""Who may take a role on, for how long and within which boundary, in a contract's words?"""

from datetime import timedelta
from typing import Final

from bucketwright.adopting.found import Data, account_number, known, one_or_all
from bucketwright.adopting.visitors import principal_arn
from bucketwright.contract.quantities import spell_span
from bucketwright.estate import RolePosture
from bucketwright.iam.documents import Statement

_ASSUME: Final = ("sts:assumerole",)
_FEDERATED: Final = frozenset({("sts:assumerolewithwebidentity",), ("sts:assumerolewithsaml",)})
_USUAL_SESSION: Final = 3600
_CLAIMS: Final = {"aud": "audience", "sub": "subject"}


def who(role: RolePosture, partition: str) -> Data | None:
    """What a contract says of a role beside its grants; None where it cannot say who may take it on."""
    trust = known(lambda: role.trust)
    if trust is None or len(trust.document.statements) != 1:
        return None
    (one,) = trust.document.statements
    trusted = _trusted(one, partition)
    return None if trusted is None else {**trusted, **_limits(role)}


def _trusted(one: Statement, partition: str) -> Data | None:
    if not one.allows or one.principals is None or one.principals.negated:
        return None
    members = one.principals.members
    if one.actions.patterns == _ASSUME and not one.conditions:
        services = [name for kind, name in members if kind == "Service"]
        others = [name for kind, name in members if kind == "AWS" and name != "*"]
        if len(services) + len(others) != len(members):
            return None
        return {"trusts": one_or_all([*services, *(_other(name, partition) for name in others)])}
    if one.actions.patterns in _FEDERATED and len(members) == 1 and members[0][0] == "Federated":
        return _federated(one, members[0][1])
    return None


def _other(name: str, partition: str) -> object:
    return account_number(name) if name.isdecimal() else principal_arn(name, partition)


def _federated(one: Statement, provider: str) -> Data | None:
    told: Data = {"provider": provider}
    for condition in one.conditions:
        claim = _CLAIMS.get(condition.key.rpartition(":")[2])
        if claim is None or condition.operator != "stringequals" or len(condition.values) != 1:
            return None
        told[claim] = condition.values[0]
    return {"federated": told} if "audience" in told else None


def _limits(role: RolePosture) -> Data:
    boundary, longest = known(lambda: role.boundary), known(lambda: role.max_session)
    told: Data = {} if not boundary else {"boundary": boundary}
    if longest not in (None, _USUAL_SESSION):
        told["max_session"] = spell_span(timedelta(seconds=longest or 0))
    return told
