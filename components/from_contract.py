"""What each component is told, from the contract of one environment: the one place where they meet."""

from collections.abc import Mapping, Sequence
from typing import cast

from bucketwright.contract.access.quarantine import quarantines, rule_name
from bucketwright.contract.access.verbs import buckets_of
from bucketwright.contract.model import Environment
from bucketwright.contract.names import bucket_name, bucket_region
from bucketwright.contract.partitions import partition_of
from bucketwright.contract.placement import Place
from bucketwright.contract.protecting import is_protected
from bucketwright.facets import account, distribution, key, role
from bucketwright.facets.bucket.replication import role_address
from bucketwright.facets.queue import policy
from bucketwright.facets.scopes import (
    AccountScope,
    DistributionScope,
    KeyScope,
    QueueScope,
    RoleScope,
    distribution_scopes,
    key_scopes,
    role_scopes,
)
from bucketwright.facets.tagging import resource_tags
from bucketwright.intended import bucket_args
from bucketwright.posture import Unset, reference
from components.args import (
    AccessRoleArgs,
    AccountBlockArgs,
    BucketArgs,
    DeliveryArgs,
    KeyArgs,
    QuarantineArgs,
    QueueArgs,
    StorageArgs,
)


def storage_args(environment: Environment) -> StorageArgs:
    """All of an environment."""
    roles = [(scope, role_args(environment, scope)) for scope in role_scopes(environment)]
    within = _within(environment, {scope.address: told for scope, told in roles if scope.access is None})
    return {
        "account_block": _account_block(environment),
        "buckets": {one: _bucket(environment, one, within[one]) for one in environment.buckets},
        "sessions": frozenset(one for one, bucket in environment.buckets.items() if bucket.temp is not None),
        "roles": {scope.address.partition(":")[2]: told for scope, told in roles if scope.access is not None},
        "reached_by": _reached_by(environment),
        "deliveries": {scope.bucket_id: delivery_args(scope) for scope in distribution_scopes(environment)},
    }


def _reached_by(environment: Environment) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for access_id, access in environment.access.items():
        for bucket_id in buckets_of(access) if access.makes_role() else ():
            found.setdefault(bucket_id, []).append(access_id)
    return found


def _within(
    environment: Environment, copiers: Mapping[str, AccessRoleArgs]
) -> Mapping[str, dict[str, object]]:
    """What is made together with each bucket: its key, its quarantines, the role with which S3 copies."""
    within: dict[str, dict[str, object]] = {
        one: {"copier": copiers[role_address(one)]} if role_address(one) in copiers else {}
        for one in environment.buckets
    }
    for scope in key_scopes(environment):
        within[scope.bucket_id]["key"] = key_args(scope)
    waiting: dict[str, dict[str, QuarantineArgs]] = {}
    for place in quarantines(environment):
        told = quarantine_args(environment, place)
        waiting.setdefault(place.bucket_id, {})[place.prefix_id] = told
    for bucket_id, several in waiting.items():
        within[bucket_id]["quarantines"] = several
    return within


def _account_block(environment: Environment) -> AccountBlockArgs | None:
    if not environment.account_block:
        return None
    wanted = {name: facet.wanted(AccountScope(environment)) for name, facet in account.FACETS.items()}
    return cast("AccountBlockArgs", {"account": environment.account, **wanted})


def _bucket(environment: Environment, bucket_id: str, within: Mapping[str, object]) -> BucketArgs:
    bucket = environment.buckets[bucket_id]
    told: dict[str, object] = {
        **within,
        **bucket_args(environment, bucket_id),
        "account": environment.account,
        "partition": partition_of(bucket_region(environment, bucket)),
        "protect": is_protected(environment, bucket_id),
        "waits": True,
    }
    return cast("BucketArgs", told)


def key_args(scope: KeyScope) -> KeyArgs:
    """The KMS key of a bucket."""
    environment, bucket = scope.environment, scope.environment.buckets[scope.bucket_id]
    wanted = {name: facet.wanted(scope) for name, facet in key.FACETS.items()}
    left = {name: value for name, value in wanted.items() if not isinstance(value, Unset)}
    told = {
        "address": scope.address,
        "region": bucket_region(environment, bucket),
        "tags": resource_tags(environment, scope.address),
        "protect": is_protected(environment, scope.bucket_id),
    }
    return cast("KeyArgs", {**left, **told})


def role_args(environment: Environment, scope: RoleScope) -> AccessRoleArgs:
    """A role, a grantee's or S3's own."""
    wanted = {name: facet.wanted(scope) for name, facet in role.FACETS.items()}
    told = {"name": scope.name, "tags": resource_tags(environment, scope.address)}
    return cast("AccessRoleArgs", {**wanted, **told})


def delivery_args(scope: DistributionScope) -> DeliveryArgs:
    """The distribution in front of a bucket."""
    name = bucket_name(scope.environment, scope.bucket_id)
    region = bucket_region(scope.environment, scope.environment.buckets[scope.bucket_id])
    wanted = {name: facet.wanted(scope) for name, facet in distribution.FACETS.items()}
    told = {
        "name": name,
        "origin": reference("bucket", scope.bucket_id),
        "domain": f"{name}.s3.{region}.amazonaws.com",
        "signing_keys": dict(scope.cloudfront.signing_keys) if scope.cloudfront else {},
        "tags": resource_tags(scope.environment, scope.address),
        "protect": is_protected(scope.environment, scope.bucket_id),
    }
    return cast("DeliveryArgs", {**wanted, **told})


def quarantine_args(environment: Environment, place: Place) -> QuarantineArgs:
    """The queues of one quarantine."""
    return {
        "bucket": bucket_name(environment, place.bucket_id),
        "key_pattern": place.keys.event_pattern(),
        "arrivals": _queue(QueueScope(environment, place)),
        "dead": _queue(QueueScope(environment, place, dead=True)),
        "rule": rule_name(environment, place),
        "rule_tags": resource_tags(environment, reference("rule", place.address)),
        "region": bucket_region(environment, environment.buckets[place.bucket_id]),
    }


def _queue(scope: QueueScope) -> QueueArgs:
    return {
        "name": scope.name,
        "policy": policy.wanted(scope).text,
        "tags": resource_tags(scope.environment, scope.address),
    }
