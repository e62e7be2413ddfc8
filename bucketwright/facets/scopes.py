"""Of what does a contract say anything beside its buckets: its account, roles, keys, queues and the like?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bucketwright.contract.access.cloudfront import delivered
from bucketwright.contract.access.key_policy import key_policy
from bucketwright.contract.access.keys import has_own_key, key_alias
from bucketwright.contract.access.quarantine import quarantines, queue_name, queue_policy
from bucketwright.contract.access.replication import (
    replication_policy,
    replication_role_name,
    replication_trust,
)
from bucketwright.contract.access.role_policy import role_policies, trust_policy
from bucketwright.contract.access.statement import Json
from bucketwright.contract.names import role_name
from bucketwright.contract.placement import Place
from bucketwright.facets.bucket.replication import role_address
from bucketwright.posture import reference

if TYPE_CHECKING:
    from bucketwright.contract.buckets import CloudFront
    from bucketwright.contract.model import Environment
    from bucketwright.contract.roles import Access

OWN_ACCOUNT: Final = "own"
"""Stands for the account that deploys, where nothing says which that is."""


@dataclass(frozen=True, slots=True)
class AccountScope:
    """The account of an environment."""

    environment: "Environment"

    @property
    def address(self) -> str:
        return reference("account", self.environment.account or OWN_ACCOUNT)

    @property
    def name(self) -> str:
        """Its number, where that is known."""
        return self.environment.account or ""


@dataclass(frozen=True, slots=True)
class RoleScope:
    """One role with its documents: that of a grantee, or the one with which S3 copies a bucket."""

    address: str
    name: str
    trust: Json
    policies: tuple[Json, ...]
    access: "Access | None" = None
    """The grantee, where there is one."""


@dataclass(frozen=True, slots=True)
class KeyScope:
    """The KMS key that this project makes for a bucket."""

    environment: "Environment"
    bucket_id: str

    @property
    def address(self) -> str:
        return reference("key", self.bucket_id)

    @property
    def name(self) -> str:
        """Its alias: the id is KMS's to give."""
        return key_alias(self.environment, self.bucket_id)

    @property
    def policy(self) -> Json:
        """The document of its policy."""
        return key_policy(self.environment, self.bucket_id)


@dataclass(frozen=True, slots=True)
class DistributionScope:
    """The distribution in front of a bucket."""

    environment: "Environment"
    bucket_id: str

    @property
    def address(self) -> str:
        return reference("distribution", self.bucket_id)

    @property
    def name(self) -> str:
        """None before it is there: CloudFront gives it."""
        return ""

    @property
    def cloudfront(self) -> "CloudFront | None":
        return self.environment.buckets[self.bucket_id].cloudfront


@dataclass(frozen=True, slots=True)
class QueueScope:
    """The queue of arrivals in a quarantine, or the one for those nobody could handle."""

    environment: "Environment"
    place: Place
    dead: bool = False

    @property
    def address(self) -> str:
        return reference("queue", f"{self.place.address}/dead" if self.dead else self.place.address)

    @property
    def name(self) -> str:
        return queue_name(self.environment, self.place, dead=self.dead)

    @property
    def policy(self) -> Json:
        """The document of its policy."""
        return queue_policy(self.environment, self.place, dead=self.dead)


def role_scopes(environment: "Environment") -> Iterator[RoleScope]:
    """Every role that a contract makes."""
    for access_id, access in environment.access.items():
        if access.makes_role():
            yield RoleScope(
                address=reference("role", access_id),
                name=role_name(environment, access_id),
                trust=trust_policy(environment, access_id),
                policies=role_policies(environment, access_id),
                access=access,
            )
    for bucket_id, bucket in environment.buckets.items():
        if bucket.replication:
            yield RoleScope(
                address=role_address(bucket_id),
                name=replication_role_name(environment, bucket_id),
                trust=replication_trust(environment, bucket_id),
                policies=(replication_policy(environment, bucket_id),),
            )


def key_scopes(environment: "Environment") -> Iterator[KeyScope]:
    """Every key that a contract makes."""
    for bucket_id, bucket in environment.buckets.items():
        if has_own_key(bucket):
            yield KeyScope(environment, bucket_id)


def distribution_scopes(environment: "Environment") -> Iterator[DistributionScope]:
    """Every distribution that a contract makes."""
    for bucket_id in environment.buckets:
        if delivered(environment, bucket_id):
            yield DistributionScope(environment, bucket_id)


def queue_scopes(environment: "Environment") -> Iterator[QueueScope]:
    """Every queue that a contract makes."""
    for place in quarantines(environment):
        yield QueueScope(environment, place)
        yield QueueScope(environment, place, dead=True)
