"""What can be known of each kind of resource, and what a contract intends of it?"""

from collections.abc import Mapping
from typing import ClassVar, Final, Protocol, TypeVar

from bucketwright.contract.model import Environment
from bucketwright.contract.remembering import remembered
from bucketwright.facets import (
    access_point,
    account,
    directory_bucket,
    distribution,
    function,
    key,
    queue,
    role,
    topic,
    trail,
)
from bucketwright.facets.account.analyzers import Analyzers
from bucketwright.facets.account.policy_change_alarm import Watches
from bucketwright.facets.bucket import FACETS
from bucketwright.facets.bucket.acl import Acl
from bucketwright.facets.bucket.cors import CorsRule
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.bucket.intelligent_tiering import Tiering
from bucketwright.facets.bucket.inventory import Inventory
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.facets.bucket.logging import Logging
from bucketwright.facets.bucket.metadata_tables import Tables
from bucketwright.facets.bucket.namespace import Namespace
from bucketwright.facets.bucket.notifications import Notifications
from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.facets.bucket.ownership import Ownership
from bucketwright.facets.bucket.policy import Policy
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.bucket.replication import Replication
from bucketwright.facets.bucket.versioning import Versioning
from bucketwright.facets.bucket.website import Website
from bucketwright.facets.distribution.origins import Origin
from bucketwright.facets.distribution.viewer_protocol import ViewerProtocol
from bucketwright.facets.event_selectors import Selector
from bucketwright.facets.facet import BucketScope, DeclaredFacet, ReadFacet, wanted_of
from bucketwright.facets.role.policies import Policies
from bucketwright.facets.scopes import (
    AccountScope,
    distribution_scopes,
    key_scopes,
    queue_scopes,
    role_scopes,
)
from bucketwright.posture import Estate, Fact, Posture


class BucketPosture(Posture):
    """All facts of one bucket."""

    kind: ClassVar[str] = "bucket"
    abac = Fact[bool]()
    acceleration = Fact[bool]()
    acl = Fact[Acl]()
    blocks_sse_c = Fact[bool]()
    cors = Fact[tuple[CorsRule, ...]]()
    encryption = Fact[Encryption]()
    force_destroy = Fact[bool]()
    intelligent_tiering = Fact[tuple[Tiering, ...]]()
    inventory = Fact[tuple[Inventory, ...]]()
    lifecycle = Fact[Lifecycle]()
    logging = Fact[Logging | None]()
    metadata_tables = Fact[Tables]()
    mfa_delete = Fact[bool]()
    namespace = Fact[Namespace]()
    notifications = Fact[Notifications]()
    object_lock = Fact[ObjectLock]()
    ownership = Fact[Ownership]()
    policy = Fact[Policy | None]()
    public_access_block = Fact[PublicAccessBlock]()
    region = Fact[str]()
    replication = Fact[Replication | None]()
    requester_pays = Fact[bool]()
    tags = Fact[Mapping[str, str]]()
    versioning = Fact[Versioning]()
    website = Fact[Website | None]()


class AccountPosture(Posture):
    """All facts of one account."""

    kind: ClassVar[str] = "account"
    analyzers = Fact[Analyzers]()
    policy_change_alarm = Fact[Watches]()
    public_access_block = Fact[PublicAccessBlock]()


class RolePosture(Posture):
    """All facts of one role."""

    kind: ClassVar[str] = "role"
    boundary = Fact[str | None]()
    managed = Fact[frozenset[str]]()
    max_session = Fact[int]()
    policies = Fact[Policies]()
    trust = Fact[Policy]()


class KeyPosture(Posture):
    """All facts of one KMS key."""

    kind: ClassVar[str] = "key"
    aliases = Fact[frozenset[str]]()
    deletion_window = Fact[int]()
    enabled = Fact[bool]()
    policy = Fact[Policy | None]()
    rotation = Fact[int | None]()
    spec = Fact[str]()


class DistributionPosture(Posture):
    """All facts of one distribution."""

    kind: ClassVar[str] = "distribution"
    certificate = Fact[str | None]()
    domains = Fact[frozenset[str]]()
    enabled = Fact[bool]()
    minimum_tls = Fact[str]()
    origins = Fact[frozenset[Origin]]()
    price_class = Fact[str]()
    signed = Fact[Mapping[str, bool]]()
    trusted_keys = Fact[frozenset[str]]()
    viewer_protocol = Fact[Mapping[str, ViewerProtocol]]()


class AccessPointPosture(Posture):
    """All facts of one access point."""

    kind: ClassVar[str] = "access_point"
    bucket = Fact[str]()
    network = Fact[str]()
    policy = Fact[Policy | None]()
    public_access_block = Fact[PublicAccessBlock]()


class TrailPosture(Posture):
    """All facts of one trail."""

    kind: ClassVar[str] = "trail"
    bucket = Fact[str]()
    log_group = Fact[str | None]()
    logging = Fact[bool]()
    multi_region = Fact[bool]()
    selectors = Fact[frozenset[Selector]]()


class DirectoryBucketPosture(Posture):
    """All facts of one directory bucket."""

    kind: ClassVar[str] = "directory_bucket"
    lifecycle = Fact[Lifecycle]()


class QueuePosture(Posture):
    """All facts of one queue."""

    kind: ClassVar[str] = "queue"
    policy = Fact[Policy | None]()


class TopicPosture(Posture):
    """All facts of one topic."""

    kind: ClassVar[str] = "topic"
    policy = Fact[Policy | None]()


class FunctionPosture(Posture):
    """All facts of one function."""

    kind: ClassVar[str] = "function"
    permissions = Fact[Policy | None]()


READERS: Final[Mapping[str, tuple[type[Posture], Mapping[str, ReadFacet[object]]]]] = {
    posture.kind: (posture, facets)
    for posture, facets in (
        (AccessPointPosture, access_point.FACETS),
        (AccountPosture, account.FACETS),
        (BucketPosture, FACETS),
        (DirectoryBucketPosture, directory_bucket.FACETS),
        (DistributionPosture, distribution.FACETS),
        (FunctionPosture, function.FACETS),
        (KeyPosture, key.FACETS),
        (QueuePosture, queue.FACETS),
        (RolePosture, role.FACETS),
        (TopicPosture, topic.FACETS),
        (TrailPosture, trail.FACETS),
    )
}
"""Each kind of resource, with its posture and what reads its facts."""


def intended(environment: Environment) -> Estate:
    """What the contract wants of everything it makes, and of the account it is in."""
    postures = (
        _wanted(AccountPosture, AccountScope(environment), account.FACETS),
        *(wanted_bucket(environment, bucket_id) for bucket_id in environment.buckets),
        *(_wanted(KeyPosture, scope, key.FACETS) for scope in key_scopes(environment)),
        *(_wanted(RolePosture, scope, role.FACETS) for scope in role_scopes(environment)),
        *(_wanted(QueuePosture, scope, queue.FACETS) for scope in queue_scopes(environment)),
        *(
            _wanted(DistributionPosture, scope, distribution.FACETS)
            for scope in distribution_scopes(environment)
        ),
    )
    return Estate("intended", {posture.address: posture for posture in postures})


@remembered
def wanted_bucket(environment: Environment, bucket_id: str) -> BucketPosture:
    """What the contract intends of a bucket: every fact of it is known."""
    return _wanted(BucketPosture, BucketScope(environment, bucket_id), FACETS)


def bucket_args(environment: Environment, bucket_id: str) -> Mapping[str, object]:
    """What a component is told of a bucket: its name, and the value of each facet under the facet's name."""
    posture = wanted_bucket(environment, bucket_id)
    return {"name": posture.name, **posture.facts}


class _Scope(Protocol):
    @property
    def address(self) -> str: ...
    @property
    def name(self) -> str: ...


SomeScope = TypeVar("SomeScope", bound=_Scope)
SomePosture = TypeVar("SomePosture", bound=Posture)


def _wanted(
    posture: type[SomePosture], scope: SomeScope, facets: Mapping[str, DeclaredFacet[SomeScope, object]]
) -> SomePosture:
    return posture(scope.address, scope.name, wanted_of(scope, facets))
