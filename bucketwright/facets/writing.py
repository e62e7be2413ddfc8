"""What is sent to a live account to set a fact?

A facet that can be set live offers `to_api(before, after, site)`: the calls in their order, none where
nothing differs. Where others may have put something there too, `keeping(before, after)` is `after` with
theirs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeVar, runtime_checkable

from bucketwright.calls import Call
from bucketwright.facets.facet import Resolve
from bucketwright.facets.reading import Target

SETTING_CALLS: Final = frozenset(
    {
        *(
            f"s3:{name}"
            for name in (
                "CreateBucketMetadataConfiguration", "DeleteBucketCors",
                "DeleteBucketIntelligentTieringConfiguration", "DeleteBucketInventoryConfiguration",
                "DeleteBucketLifecycle", "DeleteBucketMetadataConfiguration", "DeleteBucketPolicy",
                "DeleteBucketReplication", "DeleteBucketWebsite", "PutBucketAbac",
                "PutBucketAccelerateConfiguration", "PutBucketAcl", "PutBucketCors", "PutBucketEncryption",
                "PutBucketIntelligentTieringConfiguration", "PutBucketInventoryConfiguration",
                "PutBucketLifecycleConfiguration", "PutBucketLogging", "PutBucketNotificationConfiguration",
                "PutBucketOwnershipControls", "PutBucketPolicy", "PutBucketReplication",
                "PutBucketRequestPayment", "PutBucketVersioning", "PutBucketWebsite",
                "PutObjectLockConfiguration", "PutPublicAccessBlock",
                "UpdateBucketMetadataInventoryTableConfiguration",
            )
        ),
        "s3control:DeleteAccessPointPolicy", "s3control:PutAccessPointPolicy",
        "s3control:PutPublicAccessBlock", "s3control:TagResource", "s3control:UntagResource",
        "iam:AttachRolePolicy", "iam:CreatePolicyVersion", "iam:DeletePolicyVersion",
        "iam:DeleteRolePermissionsBoundary", "iam:DeleteRolePolicy", "iam:DetachRolePolicy",
        "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole",
        "kms:CancelKeyDeletion", "kms:CreateAlias", "kms:DeleteAlias", "kms:DisableKey",
        "kms:DisableKeyRotation", "kms:EnableKey", "kms:EnableKeyRotation", "kms:PutKeyPolicy",
        "sqs:SetQueueAttributes",
        "accessanalyzer:CreateAnalyzer", "accessanalyzer:DeleteAnalyzer",
    }
)  # fmt: skip
"""All that any facet sends to set something, and to put it back. `Site.write` makes no other call."""
Value = TypeVar("Value")
Value_contra = TypeVar("Value_contra", contravariant=True)


class Unsettable(ValueError):  # noqa: N818 - says what is the matter, as its reader would
    """No call sets this: why, and what can be done instead."""


@dataclass(frozen=True, slots=True)
class Write:
    """One call that changes something, and what the caller has to be let do."""

    call: Call
    permission: str
    harmless: frozenset[str] = frozenset()
    """The refusals that mean that this call is not needed."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where a fact is set, what stands there for contract addresses, and what else a call has to say."""

    target: Target
    resolve: Resolve
    facts: Mapping[str, object] = field(default_factory=dict)
    """What the thing's other facts are to be, where they are known: some calls set two at once."""
    owner: str = ""
    """Of a bucket, the canonical user that its ACL calls the owner; empty where that is not known."""

    def write(
        self, operation: str, permission: str, params: Mapping[str, object], service: str = "s3"
    ) -> Write:
        """A call to S3, or another service, about the thing itself."""
        if f"{service}:{operation}" not in SETTING_CALLS:
            raise LookupError(f"SETTING_CALLS lacks {service}:{operation}")
        named = {"Bucket": self.target.handles["Bucket"]} if service == "s3" else {}
        target = self.target
        return Write(Call(service, operation, {**named, **params}, target.region, target.signer), permission)


@runtime_checkable
class SettableFacet(Protocol[Value_contra]):
    """A setting that calls can set; of another, people have to."""

    def to_api(self, before: Value_contra, after: Value_contra, site: Site, /) -> tuple[Write, ...]:
        """The calls, in their order; none where nothing differs. Unsettable where none would do."""


@runtime_checkable
class SharedFacet(Protocol[Value]):
    """A setting to which others may add."""

    def keeping(self, before: Value, after: Value, /) -> Value:
        """What is to be, with what others put there."""
