"""What can be known of each kind of resource, and what reads it?"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Final

from bucketwright.facets import (
    access_point,
    account,
    bucket,
    directory_bucket,
    distribution,
    function,
    key,
    queue,
    role,
    topic,
    trail,
)
from bucketwright.posture import Fact, Posture

if TYPE_CHECKING:  # a facet is loaded when somebody looks at it
    from bucketwright.facets.account.analyzers import Analyzers
    from bucketwright.facets.account.policy_change_alarm import Watches
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
    from bucketwright.facets.facet import ReadFacet
    from bucketwright.facets.grants import Acl
    from bucketwright.facets.role.policies import Policies


class BucketPosture(Posture):
    """All facts of one bucket."""

    kind: ClassVar[str] = "bucket"
    abac = Fact[bool]()
    acceleration = Fact[bool]()
    acl: "Fact[Acl]" = Fact()
    blocks_sse_c = Fact[bool]()
    cors: "Fact[tuple[CorsRule, ...]]" = Fact()
    encryption: "Fact[Encryption]" = Fact()
    force_destroy = Fact[bool]()
    intelligent_tiering: "Fact[tuple[Tiering, ...]]" = Fact()
    inventory: "Fact[tuple[Inventory, ...]]" = Fact()
    lifecycle: "Fact[Lifecycle]" = Fact()
    logging: "Fact[Logging | None]" = Fact()
    metadata_tables: "Fact[Tables]" = Fact()
    mfa_delete = Fact[bool]()
    namespace: "Fact[Namespace]" = Fact()
    notifications: "Fact[Notifications]" = Fact()
    object_lock: "Fact[ObjectLock]" = Fact()
    ownership: "Fact[Ownership]" = Fact()
    policy: "Fact[Policy | None]" = Fact()
    public_access_block: "Fact[PublicAccessBlock]" = Fact()
    region = Fact[str]()
    replication: "Fact[Replication | None]" = Fact()
    requester_pays = Fact[bool]()
    tags = Fact[Mapping[str, str]]()
    versioning: "Fact[Versioning]" = Fact()
    website: "Fact[Website | None]" = Fact()


class AccountPosture(Posture):
    """All facts of one account."""

    kind: ClassVar[str] = "account"
    analyzers: "Fact[Analyzers]" = Fact()
    policy_change_alarm: "Fact[Watches]" = Fact()
    public_access_block: "Fact[PublicAccessBlock]" = Fact()


class RolePosture(Posture):
    """All facts of one role."""

    kind: ClassVar[str] = "role"
    boundary = Fact[str | None]()
    managed = Fact[frozenset[str]]()
    max_session = Fact[int]()
    policies: "Fact[Policies]" = Fact()
    trust: "Fact[Policy]" = Fact()


class KeyPosture(Posture):
    """All facts of one KMS key."""

    kind: ClassVar[str] = "key"
    aliases = Fact[frozenset[str]]()
    deletion_window = Fact[int]()
    enabled = Fact[bool]()
    policy: "Fact[Policy | None]" = Fact()
    rotation = Fact[int | None]()
    spec = Fact[str]()


class DistributionPosture(Posture):
    """All facts of one distribution."""

    kind: ClassVar[str] = "distribution"
    certificate = Fact[str | None]()
    domains = Fact[frozenset[str]]()
    enabled = Fact[bool]()
    minimum_tls = Fact[str]()
    origins: "Fact[frozenset[Origin]]" = Fact()
    price_class = Fact[str]()
    signed = Fact[Mapping[str, bool]]()
    trusted_keys = Fact[frozenset[str]]()
    viewer_protocol: "Fact[Mapping[str, ViewerProtocol]]" = Fact()


class AccessPointPosture(Posture):
    """All facts of one access point."""

    kind: ClassVar[str] = "access_point"
    bucket = Fact[str]()
    network = Fact[str]()
    policy: "Fact[Policy | None]" = Fact()
    public_access_block: "Fact[PublicAccessBlock]" = Fact()


class TrailPosture(Posture):
    """All facts of one trail."""

    kind: ClassVar[str] = "trail"
    bucket = Fact[str]()
    log_group = Fact[str | None]()
    logging = Fact[bool]()
    multi_region = Fact[bool]()
    selectors: "Fact[frozenset[Selector]]" = Fact()


class DirectoryBucketPosture(Posture):
    """All facts of one directory bucket."""

    kind: ClassVar[str] = "directory_bucket"
    lifecycle: "Fact[Lifecycle]" = Fact()


class QueuePosture(Posture):
    """All facts of one queue."""

    kind: ClassVar[str] = "queue"
    policy: "Fact[Policy | None]" = Fact()


class TopicPosture(Posture):
    """All facts of one topic."""

    kind: ClassVar[str] = "topic"
    policy: "Fact[Policy | None]" = Fact()


class FunctionPosture(Posture):
    """All facts of one function."""

    kind: ClassVar[str] = "function"
    permissions: "Fact[Policy | None]" = Fact()


READERS: Final[Mapping[str, tuple[type[Posture], Mapping[str, "ReadFacet[object]"]]]] = {
    posture.kind: (posture, facets)
    for posture, facets in (
        (AccessPointPosture, access_point.FACETS),
        (AccountPosture, account.FACETS),
        (BucketPosture, bucket.FACETS),
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
