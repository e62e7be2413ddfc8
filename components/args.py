"""What each component is told: one flat table, whoever fills it. What is left out is as AWS makes it new."""

from collections.abc import Mapping, Sequence
from typing import Required, TypedDict

import pulumi

from bucketwright.facets.bucket.cors import CorsRule
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.bucket.intelligent_tiering import Tiering
from bucketwright.facets.bucket.inventory import Inventory
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.facets.bucket.logging import Logging
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
from bucketwright.facets.grants import Acl
from bucketwright.facets.role.policies import Policies


class KeyArgs(TypedDict, total=False):
    """A KMS key that encrypts one bucket."""

    address: Required[str]
    region: str
    tags: Mapping[str, str]
    protect: bool
    aliases: frozenset[str]
    deletion_window: int
    enabled: bool
    policy: Policy | None
    rotation: int | None
    spec: str


class AccessRoleArgs(TypedDict, total=False):
    """A role: who may take it on, and what it may do."""

    name: Required[str]
    tags: Mapping[str, str]
    trust: Required[Policy]
    policies: Policies
    managed: frozenset[str]
    boundary: str | None
    max_session: int


class QueueArgs(TypedDict):
    """A queue, and who may send to it, in JSON."""

    name: str
    policy: str
    tags: Mapping[str, str]


class QuarantineArgs(TypedDict):
    """One quarantine, by names that are known before anything is deployed."""

    bucket: str
    key_pattern: str
    """Which keys are in it, as EventBridge's wildcard."""
    arrivals: QueueArgs
    dead: QueueArgs
    """Where arrivals end that nobody could deliver or handle."""
    rule: str
    rule_tags: Mapping[str, str]
    region: str


class BucketArgs(TypedDict, total=False):
    """A bucket by its name, and each facet that differs from a new bucket's."""

    name: Required[str]
    account: str | None
    partition: str
    protect: bool
    key: KeyArgs
    """The KMS key that is made with it."""
    copier: AccessRoleArgs
    """The role with which S3 copies what is in it."""
    quarantines: Mapping[str, QuarantineArgs]
    """Under the ids of their prefixes."""
    outlived_by: Sequence[pulumi.Resource]
    """What is there before the bucket, and goes only once it is gone."""
    waits: bool
    """Whether `connect` tells later of other things of the contract that settings name."""
    abac: bool
    acceleration: bool
    acl: Acl
    blocks_sse_c: bool
    cors: tuple[CorsRule, ...]
    encryption: Encryption
    force_destroy: bool
    intelligent_tiering: tuple[Tiering, ...]
    inventory: tuple[Inventory, ...]
    lifecycle: Lifecycle
    logging: Logging | None
    mfa_delete: bool
    namespace: Namespace
    notifications: Notifications
    object_lock: ObjectLock
    ownership: Ownership
    policy: Policy | None
    public_access_block: PublicAccessBlock
    region: str
    replication: Replication | None
    requester_pays: bool
    tags: Mapping[str, str]
    versioning: Versioning
    website: Website | None


class AccountBlockArgs(TypedDict, total=False):
    """What is blocked for a whole account; by default the one that deploys."""

    account: str | None
    public_access_block: Required[PublicAccessBlock]


class DeliveryArgs(TypedDict, total=False):
    """The distribution in front of one bucket."""

    name: Required[str]
    """What its parts are called."""
    origin: Required[str]
    """The bucket, as an address."""
    domain: Required[pulumi.Input[str]]
    """Where the bucket answers."""
    signing_keys: Required[Mapping[str, str]]
    """Public keys in PEM under the ids that a client knows them by."""
    tags: Required[Mapping[str, str]]
    protect: bool
    certificate: str | None
    domains: frozenset[str]
    enabled: bool
    minimum_tls: str
    origins: frozenset[Origin]
    price_class: str
    signed: Mapping[str, bool]
    trusted_keys: frozenset[str]
    viewer_protocol: Mapping[str, ViewerProtocol]


class StorageArgs(TypedDict):
    """Everything that a contract declares of one environment."""

    account_block: AccountBlockArgs | None
    buckets: Mapping[str, BucketArgs]
    sessions: frozenset[str]
    """Which of the buckets are of upload sessions."""
    roles: Mapping[str, AccessRoleArgs]
    """Under the ids of their grantees."""
    reached_by: Mapping[str, Sequence[str]]
    """The ids of the grantees whose roles may reach a bucket."""
    deliveries: Mapping[str, DeliveryArgs]
    """Under the ids of their buckets."""
