"""How does a program tell the things of each kind apart, and which further resources speak of them?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bucketwright.facets import bucket
from bucketwright.facets.access_point.policy import KIND as ACCESS_POINT_POLICY
from bucketwright.facets.account.public_access_block import KIND as ACCOUNT_BLOCK
from bucketwright.facets.attachments import ATTACHMENT, ATTACHMENTS, POLICY, ROLE_POLICY, SHARED_ATTACHMENT
from bucketwright.facets.bucket.encryption import KIND as ENCRYPTION
from bucketwright.facets.bucket.inventory import KIND as INVENTORY
from bucketwright.facets.bucket.policy import KIND as BUCKET_POLICY
from bucketwright.facets.directory_bucket.lifecycle import KIND as LIFECYCLE
from bucketwright.facets.distribution.origins import CONTROL, IDENTITY
from bucketwright.facets.distribution.trusted_keys import GROUP, PUBLIC_KEY
from bucketwright.facets.function.permissions import KIND as PERMISSION
from bucketwright.facets.function.permissions import WHOLE as FUNCTION_POLICY
from bucketwright.facets.key.policy import KIND as KEY_POLICY
from bucketwright.facets.naming import NAMINGS, Naming
from bucketwright.facets.queue.policy import KIND as QUEUE_POLICY
from bucketwright.facets.tokens import (
    ACCESS_POINT,
    ALARM,
    ALIAS,
    ANALYZER,
    BUCKET,
    DIRECTORY_BUCKET,
    DISTRIBUTION,
    FUNCTION,
    KEY,
    LOG_GROUP,
    METRIC_FILTER,
    QUEUE,
    ROLE,
    TOPIC,
    TRAIL,
)
from bucketwright.facets.topic.policy import KIND as TOPIC_POLICY


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing."""

    name: str
    type: str = ""
    """The type of the resource that makes one; an account is made by none."""
    called: str = ""
    """The property with its name, where a program gives it one."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """Types of resources that say more of one, and the property with which each says of which."""
    shown: frozenset[str] = frozenset()
    """Types of resources that say more of one because it, or a part of it, is computed from them."""
    names: str = ""
    """The part that gives one a further name."""
    is_told_of: bool = True
    """Whether what says more of one that the plan does not make is enough to know anything of it."""

    @property
    def naming(self) -> Naming:
        """How one is named."""
        return NAMINGS[self.name]


_BUCKET_PARTS: Final = {getattr(facet, "KIND", BUCKET) for facet in bucket.FACETS.values()} - {BUCKET}
OF_ACCOUNT: Final = "accountId"
_IN_ACCOUNT: Final = (ACCOUNT_BLOCK, ALARM, ANALYZER, METRIC_FILTER, TRAIL)
"""Only the first can say of which account; the others are of the one that deploys."""

_ALL: Final = (
    Kind("account", parts=dict.fromkeys(_IN_ACCOUNT, OF_ACCOUNT)),
    Kind(
        "bucket",
        BUCKET,
        "bucket",
        parts=dict.fromkeys(_BUCKET_PARTS, "bucket"),
    ),
    Kind(
        "directory_bucket",
        DIRECTORY_BUCKET,
        "bucket",
        parts=dict.fromkeys((LIFECYCLE, BUCKET_POLICY, ENCRYPTION, INVENTORY), "bucket"),
    ),
    Kind(
        "role",
        ROLE,
        "name",
        parts={ROLE_POLICY: "role", ATTACHMENT: "role", SHARED_ATTACHMENT: "roles", ATTACHMENTS: "roleName"},
        shown=frozenset({POLICY}),
    ),
    Kind(
        "key",
        KEY,
        parts={ALIAS: "targetKeyId", KEY_POLICY: "keyId"},
        names=ALIAS,
    ),
    Kind(
        "distribution",
        DISTRIBUTION,
        shown=frozenset({CONTROL, IDENTITY, GROUP, PUBLIC_KEY}),
    ),
    Kind(
        "access_point",
        ACCESS_POINT,
        "name",
        parts={ACCESS_POINT_POLICY: "accessPointArn"},
    ),
    Kind("trail", TRAIL, "name"),
    Kind("policy", POLICY, "name"),
    Kind(
        "queue",
        QUEUE,
        "name",
        parts={QUEUE_POLICY: "queueUrl"},
    ),
    Kind(
        "topic",
        TOPIC,
        "name",
        parts={TOPIC_POLICY: "arn"},
    ),
    Kind(
        "function",
        FUNCTION,
        "name",
        parts={PERMISSION: "function", FUNCTION_POLICY: "resourceArn"},
        is_told_of=False,
    ),
    Kind(
        "log_group",
        LOG_GROUP,
        "name",
    ),
    Kind("vpc", "aws:ec2/vpc:Vpc"),
    Kind(
        "certificate",
        "aws:acm/certificate:Certificate",
        parts={"aws:acm/certificateValidation:CertificateValidation": "certificateArn"},
    ),
)
KINDS: Final[Mapping[str, Kind]] = {kind.name: kind for kind in _ALL}
MADE_BY: Final[Mapping[str, Kind]] = {kind.type: kind for kind in _ALL if kind.type}
"""Which kind of thing a type of resource makes."""
SPOKEN_OF_BY: Final[Mapping[str, tuple[Kind, ...]]] = {
    part: tuple(kind for kind in _ALL if part in kind.parts) for one in _ALL for part in one.parts
}
"""Of which kinds of things a type of resource says more."""
