"""Somebody gives a role more than it was granted, or less."""

import json
from contextlib import ExitStack
from functools import partial
from typing import Any, Final

from bucketwright.facets.role.max_session import wanted as wanted_session
from bucketwright.facets.scopes import RoleScope
from sandbox.drifts.drift import Injected, Live, NoRoomError, drift
from sandbox.drifts.policies import adding, stranger
from sandbox.drifts.subjects import roles

_LONGEST: Final = 12 * 3600
_ADMINISTRATOR: Final = "AdministratorAccess"
_EVERYTHING: Final = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}],
}
_any_role = roles("a role")
_granted = roles(
    "a role that was granted objects of some prefixes",
    lambda at: at.access is not None and bool(at.access.read or at.access.write or at.access.delete),
)


@drift(_granted, "role.policies")
def role_widened(live: Live, at: RoleScope) -> Injected:
    """Somebody lets a role do with all objects of its buckets what it was granted on some prefixes."""
    iam, arn = live.client("iam"), _own_policy(live, at)
    now = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
    document = iam.get_policy_version(PolicyArn=arn, VersionId=now)["PolicyVersion"]["Document"]
    wide = {**document, "Statement": [_widened(one) for one in document["Statement"]]}
    if wide == document:
        raise NoRoomError(f"{at.name} has whole buckets already")
    made = iam.create_policy_version(PolicyArn=arn, PolicyDocument=json.dumps(wide), SetAsDefault=True)
    version = made["PolicyVersion"]["VersionId"]
    back = ExitStack()
    back.callback(iam.delete_policy_version, PolicyArn=arn, VersionId=version)
    back.callback(iam.set_default_policy_version, PolicyArn=arn, VersionId=now)
    return Injected(at.address, at.name, "its prefixes", "whole buckets", back.close)


@drift(_any_role, "role.policies")
def role_given_all_of_s3(live: Live, at: RoleScope) -> Injected:
    """Somebody writes a policy into a role that lets it do anything in S3."""
    iam = live.client("iam")
    named = {"RoleName": at.name, "PolicyName": "temporary"}
    if "temporary" in iam.list_role_policies(RoleName=at.name)["PolicyNames"]:
        raise NoRoomError(f"{at.name} has such a policy already")
    iam.put_role_policy(**named, PolicyDocument=json.dumps(_EVERYTHING))
    undo = partial(iam.delete_role_policy, **named)
    return Injected(at.address, at.name, "its grants", "s3:* on everything besides", undo)


@drift(_any_role, "role.policies")
def role_grant_lost(live: Live, at: RoleScope) -> Injected:
    """Somebody detaches a role's policy: the program that has the role is refused."""
    iam, arn = live.client("iam"), _own_policy(live, at)
    iam.detach_role_policy(RoleName=at.name, PolicyArn=arn)
    undo = partial(iam.attach_role_policy, RoleName=at.name, PolicyArn=arn)
    return Injected(at.address, at.name, "its grants", f"those without {arn}", undo)


@drift(_any_role, "role.managed")
def role_made_administrator(live: Live, at: RoleScope) -> Injected:
    """Somebody attaches AWS's policy AdministratorAccess to a role."""
    iam = live.client("iam")
    partition = _role(live, at)["Arn"].split(":")[1]
    named = {"RoleName": at.name, "PolicyArn": f"arn:{partition}:iam::aws:policy/{_ADMINISTRATOR}"}
    if named["PolicyArn"] in _attached(live, at):
        raise NoRoomError(f"{at.name} has {_ADMINISTRATOR} already")
    iam.attach_role_policy(**named)
    undo = partial(iam.detach_role_policy, **named)
    return Injected(at.address, at.name, "no policy that AWS writes", _ADMINISTRATOR, undo)


@drift(_any_role, "role.trust")
def role_trust_opened(live: Live, at: RoleScope) -> Injected:
    """Somebody lets an account that no contract names take the role on."""
    who = stranger(live.environment.region)
    before = json.dumps(_role(live, at)["AssumeRolePolicyDocument"])
    statement = {"Effect": "Allow", "Principal": {"AWS": who}, "Action": "sts:AssumeRole"}
    put = partial(live.client("iam").update_assume_role_policy, RoleName=at.name)
    put(PolicyDocument=adding(statement)(before))
    undo = partial(put, PolicyDocument=before)
    return Injected(at.address, at.name, "the declared callers", f"{who} besides", undo)


@drift(
    roles("a role with a boundary", lambda at: at.access is not None and at.access.boundary is not None),
    "role.boundary",
)
def role_boundary_deleted(live: Live, at: RoleScope) -> Injected:
    """Somebody deletes the boundary that a role never reaches beyond."""
    iam, boundary = live.client("iam"), _role(live, at).get("PermissionsBoundary")
    if boundary is None:
        raise NoRoomError(f"{at.name} has lost its boundary already")
    arn = boundary["PermissionsBoundaryArn"]
    iam.delete_role_permissions_boundary(RoleName=at.name)
    undo = partial(iam.put_role_permissions_boundary, RoleName=at.name, PermissionsBoundary=arn)
    return Injected(at.address, at.name, arn, "no boundary", undo)


@drift(
    roles("a role that is kept for less than twelve hours", lambda at: wanted_session(at) < _LONGEST),
    "role.max_session",
)
def role_session_lengthened(live: Live, at: RoleScope) -> Injected:
    """Somebody lets callers keep a role for twelve hours."""
    iam, before = live.client("iam"), _role(live, at)["MaxSessionDuration"]
    if before == _LONGEST:
        raise NoRoomError(f"{at.name} may be kept for twelve hours already")
    iam.update_role(RoleName=at.name, MaxSessionDuration=_LONGEST)
    undo = partial(iam.update_role, RoleName=at.name, MaxSessionDuration=before)
    return Injected(at.address, at.name, f"{before} seconds", f"{_LONGEST} seconds", undo)


def _role(live: Live, at: RoleScope) -> Any:
    return live.client("iam").get_role(RoleName=at.name)["Role"]


def _own_policy(live: Live, at: RoleScope) -> str:
    """The first policy of the account's own that the role has."""
    arns = [arn for arn in _attached(live, at) if ":iam::aws:" not in arn]
    if not arns:
        raise NoRoomError(f"{at.name} has lost its policies already")
    return arns[0]


def _attached(live: Live, at: RoleScope) -> list[str]:
    listed = live.client("iam").list_attached_role_policies(RoleName=at.name)["AttachedPolicies"]
    return [one["PolicyArn"] for one in listed]


def _widened(statement: Any) -> Any:
    if statement["Effect"] != "Allow":
        return statement
    resources = statement["Resource"]
    several = [resources] if isinstance(resources, str) else resources
    return {**statement, "Resource": [_whole_bucket(one) for one in several]}


def _whole_bucket(resource: str) -> str:
    """All objects of the bucket, for the ARN of some of them."""
    bucket, slash, _ = resource.partition("/")
    return f"{bucket}/*" if slash and ":s3:" in bucket else resource
