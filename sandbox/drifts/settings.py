"""How is one setting of a live bucket read, changed and put back?"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Protocol

from botocore.exceptions import ClientError

from sandbox.drifts.drift import Live, NoRoomError

Content = dict[str, Any]
Undo = Callable[[], object]
_ABSENT: Final = frozenset(
    {
        "NoSuchBucketPolicy", "NoSuchCORSConfiguration", "NoSuchLifecycleConfiguration",
        "NoSuchPublicAccessBlockConfiguration", "NoSuchTagSet", "NoSuchWebsiteConfiguration",
        "ObjectLockConfigurationNotFoundError", "OwnershipControlsNotFoundError",
        "ReplicationConfigurationNotFoundError",
    }
)  # fmt: skip


class AnyBucket(Protocol):
    """A bucket, by its name and where it is."""

    @property
    def name(self) -> str: ...
    @property
    def region(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Setting:
    """One document beside a bucket, and the calls that are for it."""

    call: str
    """What its calls are called after: `get_...`, `put_...`, `delete_...`."""
    member: str
    """What `put` calls the document."""
    wrapped: bool = False
    """Whether `get` calls it so too; else its answer is the document."""
    beside: tuple[str, ...] = ()
    """What `get` says beside the document, and `put` wants beside it."""

    def read(self, live: Live, at: AnyBucket) -> Content | None:
        """The document, and what is said beside it; None where there is none."""
        try:
            answer = getattr(live.client("s3", at.region), f"get_{self.call}")(Bucket=at.name)
        except ClientError as refused:
            if refused.response.get("Error", {}).get("Code") in _ABSENT:
                return None
            raise
        del answer["ResponseMetadata"]
        if self.wrapped:
            return {self.member: answer[self.member]}
        beside = {name: answer.pop(name) for name in self.beside if name in answer}
        return {self.member: answer, **beside}

    def write(self, live: Live, at: AnyBucket, content: Content | None) -> None:
        """Put a document that was read, or take it away."""
        verb = "delete" if content is None else "put"
        name = f"{verb}_{self.call if content is not None else self.call.removesuffix('_configuration')}"
        getattr(live.client("s3", at.region), name)(Bucket=at.name, **(content or {}))

    def change(self, live: Live, at: AnyBucket, change: Callable[[Any], object]) -> Undo:
        """Put what `change` makes of the document, or take it away where that is None; gives the way back."""
        before = self.read(live, at)
        if before is None:
            raise NoRoomError(f"{at.name} has lost its {self.member} already")
        after = change(deepcopy(before[self.member]))
        if after == before[self.member]:
            raise NoRoomError(f"{at.name} has such a {self.member} already")
        self.write(live, at, None if after is None else {**before, self.member: after})
        return partial(self.write, live, at, before)

    def replace(self, live: Live, at: AnyBucket, document: object) -> Undo:
        """Put a document, or take it away where that is None, whatever was there; gives the way back."""
        before = self.read(live, at)
        if before is not None and before[self.member] == document:
            raise NoRoomError(f"{at.name} has such a {self.member} already")
        self.write(live, at, None if document is None else {self.member: document})
        return partial(self.write, live, at, before)


ABAC: Final = Setting("bucket_abac", "AbacStatus", wrapped=True)
ACCELERATION: Final = Setting("bucket_accelerate_configuration", "AccelerateConfiguration")
ACL: Final = Setting("bucket_acl", "AccessControlPolicy")
BLOCK: Final = Setting("public_access_block", "PublicAccessBlockConfiguration", wrapped=True)
CORS: Final = Setting("bucket_cors", "CORSConfiguration")
ENCRYPTION: Final = Setting("bucket_encryption", "ServerSideEncryptionConfiguration", wrapped=True)
LIFECYCLE: Final = Setting(
    "bucket_lifecycle_configuration",
    "LifecycleConfiguration",
    beside=("TransitionDefaultMinimumObjectSize",),
)
LOGGING: Final = Setting("bucket_logging", "BucketLoggingStatus")
NOTIFICATIONS: Final = Setting("bucket_notification_configuration", "NotificationConfiguration")
OBJECT_LOCK: Final = Setting("object_lock_configuration", "ObjectLockConfiguration", wrapped=True)
OWNERSHIP: Final = Setting("bucket_ownership_controls", "OwnershipControls", wrapped=True)
PAYMENT: Final = Setting("bucket_request_payment", "RequestPaymentConfiguration")
POLICY: Final = Setting("bucket_policy", "Policy", wrapped=True)
REPLICATION: Final = Setting("bucket_replication", "ReplicationConfiguration", wrapped=True)
TAGGING: Final = Setting("bucket_tagging", "Tagging")
VERSIONING: Final = Setting("bucket_versioning", "VersioningConfiguration")
WEBSITE: Final = Setting("bucket_website", "WebsiteConfiguration")
