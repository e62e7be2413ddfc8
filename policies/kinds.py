"""How does a program tell the things of each kind apart, and which further resources speak of them?"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

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

Sort = Literal["name", "id"]


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names: something by the name the program gave it, or by the id that AWS made up."""

    sort: Sort
    text: str
    account: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing."""

    name: str
    type: str = ""
    """The type of the resource that makes one; an account is made by none."""
    called: str = ""
    """The property with its name, where a program gives it one."""
    arn: str = "(?!)"
    bare: str = "(?!)"
    """What names one beside its ARN. Both patterns have groups: name or id, perhaps account and region."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """Types of resources that say more of one, and the property with which each says of which."""
    shown: frozenset[str] = frozenset()
    """Types of resources that say more of one because it, or a part of it, is computed from them."""
    names: str = ""
    """The part that gives one a further name."""
    is_told_of: bool = True
    """Whether what says more of one that the plan does not make is enough to know anything of it."""

    def named(self, text: object) -> Named | None:
        """What a value names, where it is the name, the id or the ARN of one."""
        if not isinstance(text, str):
            return None
        found = re.fullmatch(self.arn, text) or re.fullmatch(self.bare, text)
        return _named(found) if found else None

    def named_in(self, text: str) -> Iterator[Named]:
        """All that a text names: one as a whole, or any number by their ARNs, as a document does."""
        whole = self.named(text)
        if whole is not None:
            yield whole
        else:
            yield from map(_named, re.finditer(self.arn, text))


def _named(found: re.Match[str]) -> Named:
    said = {group: text for group, text in found.groupdict().items() if text}
    where = (said.get("account", ""), said.get("region", ""))
    return Named("name", said["name"], *where) if "name" in said else Named("id", said.get("id", ""), *where)


_ARN: Final = "arn:[a-z0-9-]+:"
_HERE: Final = ":(?P<region>[a-z0-9-]+):(?P<account>[0-9]+):"
_ANYWHERE: Final = "::(?P<account>[0-9]+):"
_DIRECTORY: Final = "[a-z0-9.-]+--x-s3"
_BUCKET: Final = rf"(?!{_DIRECTORY}(?![A-Za-z0-9._-]))[A-Za-z0-9_][A-Za-z0-9._-]*"
_REGION: Final = "[a-z]{2,4}(?:-[a-z0-9]+)+"
_HOST: Final = rf"\.s3(?:-website)?(?:[.-](?:dualstack\.)?{_REGION})?\.amazonaws\.(?:com|com\.cn|eu)"
_WORD: Final = "[A-Za-z0-9_+=,.@-]+"
_BUCKET_PARTS: Final = {getattr(facet, "KIND", BUCKET) for facet in bucket.FACETS.values()} - {BUCKET}
_UUID: Final = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_KEY_ID: Final = f"(?P<id>{_UUID}|mrk-[0-9a-f]{{32}})"
_ALIAS: Final = "(?P<name>alias/[A-Za-z0-9/_-]+)"

_QUEUE: Final = "[A-Za-z0-9._-]+"
_FUNCTION: Final = "[A-Za-z0-9_-]+"
_GROUP: Final = "[A-Za-z0-9._/#-]+"
_QUALIFIER: Final = "(?::[A-Za-z0-9$_-]+)?"
OF_ACCOUNT: Final = "accountId"
_IN_ACCOUNT: Final = (ACCOUNT_BLOCK, ALARM, ANALYZER, METRIC_FILTER, TRAIL)
"""Only the first can say of which account; the others are of the one that deploys."""

_ALL: Final = (
    Kind("account", bare="(?P<name>[0-9]{12})", parts=dict.fromkeys(_IN_ACCOUNT, OF_ACCOUNT)),
    Kind(
        "bucket",
        BUCKET,
        "bucket",
        arn=f"{_ARN}s3:::(?P<name>{_BUCKET})",
        bare=f"(?P<name>{_BUCKET}?)(?:{_HOST})?",
        parts=dict.fromkeys(_BUCKET_PARTS, "bucket"),
    ),
    Kind(
        "directory_bucket",
        DIRECTORY_BUCKET,
        "bucket",
        arn=f"{_ARN}s3express{_HERE}bucket/(?P<name>{_DIRECTORY})",
        bare=f"(?P<name>{_DIRECTORY})",
        parts=dict.fromkeys((LIFECYCLE, BUCKET_POLICY, ENCRYPTION, INVENTORY), "bucket"),
    ),
    Kind(
        "role",
        ROLE,
        "name",
        arn=f"{_ARN}iam{_ANYWHERE}role/(?:.*/)?(?P<name>{_WORD})",
        bare=f"(?P<name>{_WORD})",
        parts={ROLE_POLICY: "role", ATTACHMENT: "role", SHARED_ATTACHMENT: "roles", ATTACHMENTS: "roleName"},
        shown=frozenset({POLICY}),
    ),
    Kind(
        "key",
        KEY,
        arn=f"{_ARN}kms{_HERE}(?:key/{_KEY_ID}|{_ALIAS})",
        bare=f"{_KEY_ID}|{_ALIAS}",
        parts={ALIAS: "targetKeyId", KEY_POLICY: "keyId"},
        names=ALIAS,
    ),
    Kind(
        "distribution",
        DISTRIBUTION,
        arn=f"{_ARN}cloudfront{_ANYWHERE}distribution/(?P<id>[A-Z0-9]+)",
        bare="(?P<id>E[A-Z0-9]{8,})",
        shown=frozenset({CONTROL, IDENTITY, GROUP, PUBLIC_KEY}),
    ),
    Kind(
        "access_point",
        ACCESS_POINT,
        "name",
        arn=f"{_ARN}s3{_HERE}accesspoint/(?P<name>[a-z0-9-]+)",
        bare="(?P<name>[a-z0-9-]+)",
        parts={ACCESS_POINT_POLICY: "accessPointArn"},
    ),
    Kind("trail", TRAIL, "name", arn=f"{_ARN}cloudtrail{_HERE}trail/(?P<name>[A-Za-z0-9._-]+)"),
    Kind("policy", POLICY, "name", arn=f"{_ARN}iam{_ANYWHERE}policy/(?:.*/)?(?P<name>{_WORD})"),
    Kind(
        "queue",
        QUEUE,
        "name",
        arn=f"{_ARN}sqs{_HERE}(?P<name>{_QUEUE})",
        bare=rf"https://sqs\.(?P<region>{_REGION})\.amazonaws\.com(?:\.cn)?/(?P<account>[0-9]+)/(?P<name>{_QUEUE})",
        parts={QUEUE_POLICY: "queueUrl"},
    ),
    Kind(
        "topic",
        TOPIC,
        "name",
        arn=f"{_ARN}sns{_HERE}(?P<name>{_QUEUE})",
        parts={TOPIC_POLICY: "arn"},
    ),
    Kind(
        "function",
        FUNCTION,
        "name",
        arn=f"{_ARN}lambda{_HERE}function:(?P<name>{_FUNCTION}){_QUALIFIER}",
        bare=f"(?:(?P<account>[0-9]{{12}}):function:)?(?P<name>{_FUNCTION}){_QUALIFIER}",
        parts={PERMISSION: "function", FUNCTION_POLICY: "resourceArn"},
        is_told_of=False,
    ),
    Kind(
        "log_group",
        LOG_GROUP,
        "name",
        arn=rf"{_ARN}logs{_HERE}log-group:(?P<name>{_GROUP})(?::\*)?",
        bare=f"(?P<name>{_GROUP})",
    ),
    Kind("vpc", "aws:ec2/vpc:Vpc", bare="(?P<id>vpc-[0-9a-f]+)"),
    Kind(
        "certificate",
        "aws:acm/certificate:Certificate",
        arn=f"{_ARN}acm{_HERE}certificate/(?P<id>[A-Za-z0-9-]+)",
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
