"""What does a fix change inside a bucket: which object, version, upload or marker, and what of it?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Final, TypeAlias

from bucketwright.calls import Call
from bucketwright.facets.writing import Write

State: TypeAlias = Mapping[str, object]
"""What is there, by the names that a HEAD gives it, as JSON holds it; the next three beside."""
TAGS: Final = "Tags"
GRANTS: Final = "Grants"
THERE: Final = "There"
CONTENT: Final = "ETag"
"""Tells one content from another, until it lies under another key."""
MARKER: Final = "a delete marker"
"""What stands for the content of something that has none."""
ENCRYPTING: Final = ("ServerSideEncryption", "SSEKMSKeyId", "BucketKeyEnabled")
LOCK: Final = ("ObjectLockMode", "ObjectLockRetainUntilDate")
LEGAL_HOLD: Final = "ObjectLockLegalHoldStatus"
KEPT: Final = (
    "CacheControl", "ContentDisposition", "ContentEncoding", "ContentLanguage", "ContentType", "Expires",
    "Metadata", "StorageClass", "WebsiteRedirectLocation", *ENCRYPTING, *LOCK, LEGAL_HOLD,
    "ObjectLockEventHold", "ObjectLockEventHoldDurationDays", "ObjectLockEventHoldDurationYears",
)  # fmt: skip
"""What a HEAD tells that a copy has to be told, or it is lost."""
NULL: Final = "null"
"""The version of what was put while no versions were kept."""
LARGEST_COPY: Final = 5 * 2**30
"""Bytes that one CopyObject takes."""
STANDARD: Final = "STANDARD"
_PERMISSIONS: Final[Mapping[str, str]] = {
    "AbortMultipartUpload": "s3:AbortMultipartUpload",
    "CopyObject": "s3:PutObject",
    "DeleteObject": "s3:DeleteObjectVersion",
    "PutObjectAcl": "s3:PutObjectAcl",
    "PutObjectTagging": "s3:PutObjectTagging",
    "UpdateObjectEncryption": "s3:UpdateObjectEncryption",
}
_OF_VERSIONS: Final[Mapping[str, str]] = {
    "PutObjectAcl": "s3:PutObjectVersionAcl",
    "PutObjectTagging": "s3:PutObjectVersionTagging",
}


def stamp(content: str) -> int:
    """Stands for a content in eight bytes; never 0."""
    return int.from_bytes(sha256(content.encode()).digest()[:8]) | 1


@dataclass(frozen=True, slots=True)
class Thing:
    """What lies under a key, as calls name it."""

    bucket: str
    key: str
    region: str = ""
    signer: str = ""
    version: str = ""
    """Of an older one, a delete marker, or what is changed in place; what is copied goes by its key alone."""
    upload: str = ""
    """Of an upload that nobody finished."""

    @property
    def may_be_replaced(self) -> bool:
        """Whether other content may come to lie under the same name."""
        return self.version in ("", NULL)

    def call(self, operation: str, **params: object) -> Call:
        """A call about it."""
        named: dict[str, object] = {"Bucket": self.bucket, "Key": self.key}
        named |= {"VersionId": self.version} if self.version else {}
        named |= {"UploadId": self.upload} if self.upload else {}
        return Call("s3", operation, {**named, **params}, self.region, self.signer)

    def write(self, operation: str, params: Mapping[str, object] | None = None) -> Write:
        """A call that changes it, with what the caller has to be let do."""
        permission = _PERMISSIONS[operation]
        if self.version:
            permission = _OF_VERSIONS.get(operation, permission)
        return Write(self.call(operation, **(params or {})), permission)


@dataclass(frozen=True, slots=True)
class Ground:
    """A bucket, as far as what lies in it is changed by it."""

    address: str
    name: str
    region: str
    now: datetime
    signer: str = ""
    owner: str = ""
    """The canonical user whose it is; empty where that is not known."""
    on_aws: bool = False
    """Whether it is Amazon's own S3."""
    in_place: bool = False
    """Whether the server changes the encryption of an object without a copy."""
    has_acls: bool = True
    """Whether ACLs may mean something there."""
    has_locks: bool = True
    """Whether objects may be locked there."""
    locks_new: str = ""
    """How what is put there is locked by default; empty where it is not."""
    versions: str = ""
    """`Enabled`, `Suspended` or `Disabled`; empty where that is not known."""
    replicates: bool = False
    default: State = field(default_factory=dict)
    """How it encrypts what comes without a word of that; empty where that is not known."""


@dataclass(frozen=True, slots=True)
class ContentFix:
    """What is changed of one thing in a bucket."""

    number: int
    """Its place in the plan."""
    address: str
    bucket: str
    """The address of its bucket."""
    thing: Thing
    before: State
    """Of that which changes, what was there."""
    after: State
    ends: tuple[str, ...]
    """The rules that are kept then."""
    etag: str = ""
    """Of the content that was looked at; empty where any will do."""
    risk: str = ""
    """What may break by it; empty where nothing can."""
    beside: str = ""
    """What else comes of it."""
    irrevocable: str = ""
    """Why nothing puts it back; empty where something does."""
    replaced: str = ""
    """The version that it takes the place of, where that is deleted then; empty where it stays."""

    @property
    def is_removal(self) -> bool:
        return THERE in self.after

    @property
    def back(self) -> "ContentFix":
        """What puts it back."""
        return ContentFix(
            self.number, self.address, self.bucket, self.thing, self.after, self.before, self.ends
        )
