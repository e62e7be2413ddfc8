"""Whom do the policies of an estate let in, and what does each of them reach of a bucket?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from bucketwright.contract.partitions import NO_ACCOUNT
from bucketwright.estate import AccountPosture, BucketPosture, RolePosture
from bucketwright.facets.bucket.policy import Policy
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.iam.callers import Caller
from bucketwright.iam.documents import Document, Names, Principals, Statement
from bucketwright.iam.formulas import NOTHING, Formula
from bucketwright.iam.reach import Policies, View, granted, reached
from bucketwright.posture import Estate, Undetermined, Unknown

Kind = Literal["role", "AWS", "Service", "Federated", "CanonicalUser", "everyone"]
EVERYONE: Final = "everyone"
_STRANGER: Final = Caller("arn:aws:iam::999999999999:user/stranger", "999999999999")
_VERSION: Final = "2012-10-17"
_WILLING: Final = Document(
    _VERSION,
    (
        Statement(
            "", allows=True, principals=None, actions=Names(("*",)), resources=Names(("*",)), conditions=()
        ),
    ),
)
"""What somebody of another account is allowed there, for all that is known."""


@dataclass(frozen=True, slots=True, order=True)
class Grantee:
    """Somebody whom a policy lets in."""

    kind: Kind
    name: str
    """The address of a role, else as the policy names it."""


def grantees(estate: Estate) -> Iterator[Grantee]:
    """Every role of an estate, and everybody whom a policy of a bucket names."""
    yield from (Grantee("role", role.address) for role in estate.every(RolePosture))
    for bucket in estate.every(BucketPosture):
        policy = bucket.told("policy")
        if isinstance(policy, Policy):
            own = {role.name for role in estate.every(RolePosture)}
            yield from _named(policy.document, own)


def reach(who: Grantee, bucket: BucketPosture, estate: Estate, action: str, view: View) -> Formula:
    """What somebody reaches of a bucket; Undetermined where a policy that decides is not known."""
    policy = bucket.policy
    document = None if policy is None else policy.document
    if who.kind == "role":
        return _reach_of_role(who, document, estate, action, view)
    if document is None or (who.kind == "everyone" and _is_closed(bucket, estate)):
        return NOTHING
    if who.kind in {"AWS", "everyone"}:
        return reached(_caller(who), Policies((_WILLING,), document), _owner(estate), action, view)
    return granted(_only_for(who, document), action, view)


def allows(who: Grantee, bucket: BucketPosture, estate: Estate) -> Iterator[Statement]:
    """The statements that let it in, of its own policies and of the bucket's."""
    for role in estate.every(RolePosture) if who.kind == "role" else ():
        if role.address == who.name:
            yield from (one for one in role.policies.statements if one.allows)
    policy = bucket.policy
    for one in () if policy is None else policy.document.statements:
        if one.allows and one.principals is not None and _lets_in(one.principals, who, estate):
            yield one


def _lets_in(principals: Principals, who: Grantee, estate: Estate) -> bool:
    """Whether these principals may be meant to let it in."""
    if principals.negated or any(name == "*" for _, name in principals.members):
        return True
    if who.kind != "role":
        return (who.kind, who.name) in principals.members
    names = {role.name for role in estate.every(RolePosture) if role.address == who.name}
    return any(name.rpartition(":role/")[2] in names for _, name in principals.members)


def _reach_of_role(
    who: Grantee, document: Document | None, estate: Estate, action: str, view: View
) -> Formula:
    role = next((one for one in estate.every(RolePosture) if one.address == who.name), None)
    if role is None:
        return NOTHING
    if role.managed:
        raise Undetermined(role.address, Unknown(f"AWS writes its policy {min(role.managed)}"))
    owner = _owner(estate)
    caller = Caller(f"arn:aws:iam::{owner}:role/{role.name}", owner)
    own = Document(_VERSION, tuple(sorted(role.policies.statements, key=repr)))
    return reached(caller, Policies((own,), document), owner, action, view)


def _named(document: Document, own_roles: set[str]) -> Iterator[Grantee]:
    for statement in document.statements:
        principals = statement.principals
        if not statement.allows or principals is None:
            continue
        if principals.negated:
            yield Grantee("everyone", EVERYONE)
        for kind, name in () if principals.negated else principals.members:
            if name == "*":
                yield Grantee("everyone", EVERYONE)
            elif name.rpartition(":role/")[2] not in own_roles:
                yield Grantee(kind, name)


def _caller(who: Grantee) -> Caller:
    if who.kind == "everyone":
        return _STRANGER
    account = who.name if who.name.isdigit() else who.name.split(":")[4] if who.name.count(":") > 4 else ""
    arn = f"arn:aws:iam::{account}:root" if who.name.isdigit() else who.name
    return Caller(arn, account)


def _only_for(who: Grantee, document: Document) -> Document:
    """The Allows that name it, and the Denies for everyone."""
    kept = (_kept(who, one) for one in document.statements)
    return replace(document, statements=tuple(one for one in kept if one is not None))


def _kept(who: Grantee, statement: Statement) -> Statement | None:
    principals = statement.principals
    if principals is None or principals.negated:
        return None
    members = set(principals.members)
    if statement.allows:
        named = (who.kind, who.name) in members
        return replace(statement, principals=Principals(tuple(members))) if named else None
    return statement if ("AWS", "*") in members else None


def _is_closed(bucket: BucketPosture, estate: Estate) -> bool:
    """Whether a public policy lets nobody in from outside, for the bucket or its account is closed."""
    blocks = [bucket.told("public_access_block")]
    blocks += [account.told("public_access_block") for account in estate.every(AccountPosture)]
    if any(isinstance(one, PublicAccessBlock) and one.restrict_buckets for one in blocks):
        return True
    unknown = next((one for one in blocks if isinstance(one, Unknown)), None)
    if unknown is not None:
        raise Undetermined("public_access_block", unknown)
    return False


def _owner(estate: Estate) -> str:
    account = None if estate.environment is None else estate.environment.account
    return account or next((one.name for one in estate.every(AccountPosture) if one.name), NO_ACCOUNT)
