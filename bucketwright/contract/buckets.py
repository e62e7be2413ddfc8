"""Everything a contract can say of one bucket: safe by default, the unsafe written out with a reason."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from bucketwright.contract.form import OneOrMany, Part, ShortForm
from bucketwright.contract.prefixes import Prefix
from bucketwright.contract.scalars import (
    AccountId,
    BucketArn,
    CertificateArn,
    Count,
    Days,
    Flag,
    HostName,
    KeyArn,
    Line,
    PublicKey,
    Reason,
    Region,
    Size,
    Slug,
    Span,
    TargetArn,
    TlsVersion,
)
from bucketwright.contract.words import Unsafe

Event = Literal[
    "s3:ObjectCreated:*", "s3:ObjectCreated:Put", "s3:ObjectCreated:Post", "s3:ObjectCreated:Copy",
    "s3:ObjectCreated:CompleteMultipartUpload",
    "s3:ObjectRemoved:*", "s3:ObjectRemoved:Delete", "s3:ObjectRemoved:DeleteMarkerCreated",
    "s3:ObjectRestore:*", "s3:ObjectRestore:Post", "s3:ObjectRestore:Completed", "s3:ObjectRestore:Delete",
    "s3:ObjectTagging:*", "s3:ObjectTagging:Put", "s3:ObjectTagging:Delete", "s3:ObjectAcl:Put",
    "s3:LifecycleExpiration:*", "s3:LifecycleExpiration:Delete",
    "s3:LifecycleExpiration:DeleteMarkerCreated", "s3:LifecycleTransition", "s3:IntelligentTiering",
    "s3:Replication:*", "s3:Replication:OperationFailedReplication",
    "s3:Replication:OperationMissedThreshold", "s3:Replication:OperationReplicatedAfterThreshold",
    "s3:Replication:OperationNotTracked", "s3:ReducedRedundancyLostObject",
]  # fmt: skip


class Encryption(Part):
    """Default encryption of new objects."""

    type: Literal["s3", "kms", "dsse"] = "s3"
    """s3: keys of S3; kms: a KMS key; dsse: two layers under a KMS key."""
    key: Literal["managed"] | KeyArn = "managed"
    """managed: a key this project makes for the bucket; else the full ARN of a key."""
    bucket_key: Flag = True
    """One data key for many objects: fewer KMS calls. Not with dsse."""


class PublicAccessBlock(Part):
    """S3's four switches against public access, all on by default."""

    block_acls: Flag = True
    """Refuse new public ACLs."""
    ignore_acls: Flag = True
    """Take existing public ACLs for private."""
    block_policy: Flag = True
    """Refuse new public bucket policies."""
    restrict_buckets: Flag = True
    """Under a public policy, let in this account and AWS services only."""


class AccessLogs(Part):
    """Where S3 delivers the log of requests to this bucket."""

    to: Slug
    """The bucket that receives them; its purpose is access-logs."""
    prefix: Line | None = None
    """Beginning of the log keys; by default this bucket's id and a slash."""
    keys: Literal["by-event-time", "by-delivery-time", "simple"] = "by-event-time"
    """Partitioned by account, region, bucket and date, or S3's simple flat form."""


class Cors(Part):
    """One rule for pages of other origins."""

    origins: Annotated[tuple[Line, ...], OneOrMany()] = Field(min_length=1)
    """Origins such as `https://app.example.com`."""
    methods: Annotated[tuple[Literal["GET", "HEAD", "PUT", "POST", "DELETE"], ...], OneOrMany()] = Field(
        min_length=1
    )
    """Methods a page may use."""
    headers: Annotated[tuple[Line, ...], OneOrMany()] = ("content-type",)
    """Request headers a page may send."""
    expose: Annotated[tuple[Line, ...], OneOrMany()] = ("ETag",)
    """Response headers a page may read; multipart uploads need ETag."""
    max_age: Span | None = None
    """How long a browser may remember the answer."""


class ObjectLock(Part):
    """Objects that cannot be deleted before their time. On for ever once on."""

    mode: Literal["governance", "compliance"] | None = None
    """governance: privileged roles may still delete; compliance: nobody may."""
    retain: Days | None = None
    """Default retention of new objects."""


class Replication(Part):
    """Copies of new objects in another bucket."""

    to: Slug | BucketArn
    """A bucket of this contract, or the ARN of another."""
    account: AccountId | None = None
    """The other bucket's account, where it is not ours."""
    prefixes: Annotated[tuple[Slug, ...], OneOrMany()] = ()
    """Prefixes that are copied; empty: all."""
    storage_class: Literal[
        "standard", "standard-ia", "onezone-ia", "glacier-ir", "glacier", "deep-archive"
    ] = "standard"
    """Class of the copies."""
    delete_markers: Flag = False
    """Copy deletions too."""
    key: KeyArn | None = None
    """KMS key of the copies, where the target is not of this contract."""


class IntelligentTiering(Part):
    """When objects of the intelligent-tiering class that nobody reads move to its archive tiers."""

    archive: Days | None = None
    """Days without access until the archive tier: 90 to 730."""
    deep_archive: Days | None = None
    """Days without access until the deep archive tier: 180 to 730."""
    prefixes: Annotated[tuple[Slug, ...], OneOrMany()] = ()
    """Prefixes this holds for; empty: all."""


class Inventory(Part):
    """A regular list of all objects, delivered to a bucket."""

    to: Slug
    """The bucket that receives it."""
    schedule: Literal["daily", "weekly"] = "weekly"
    """How often."""
    format: Literal["parquet", "orc", "csv"] = "parquet"
    """File format."""
    versions: Literal["current", "all"] = "current"
    """Current versions only, or all."""
    fields: tuple[
        Literal[
            "Size", "LastModifiedDate", "StorageClass", "ETag", "IsMultipartUploaded", "ReplicationStatus",
            "EncryptionStatus", "ObjectLockRetainUntilDate", "ObjectLockMode", "ObjectLockLegalHoldStatus",
            "IntelligentTieringAccessTier", "BucketKeyStatus", "ChecksumAlgorithm", "ObjectAccessControlList",
            "ObjectOwner", "LifecycleExpirationDate",
        ],
        ...,
    ] = ("Size", "LastModifiedDate", "StorageClass", "ETag", "EncryptionStatus")  # fmt: skip
    """Columns beside bucket and key."""


class Notification(Part):
    """Events sent to one queue, topic or function."""

    arn: TargetArn
    """The SQS queue, SNS topic or Lambda function."""
    events: Annotated[tuple[Event, ...], OneOrMany()] = Field(min_length=1)
    """Events such as `s3:ObjectCreated:*`."""
    prefix: Slug | None = None
    """Only objects of this prefix of the bucket."""
    suffix: Line | None = None
    """Only keys that end so, such as `.pdf`."""


class Notifications(Part):
    """Who is told when objects change."""

    eventbridge: Flag = False
    """All events to EventBridge."""
    targets: Annotated[tuple[Notification, ...], OneOrMany()] = ()
    """Queues, topics and functions."""


class Transfer(Part):
    """How large files travel."""

    threshold: Size = 100 * 10**6
    """Size above which an upload goes in parts."""
    part_size: Size = 50 * 10**6
    """Size of a part, 5 MiB to 5 GiB."""
    concurrency: Count = Field(default=4, ge=1, le=256)
    """Parts in flight at once."""


class Temp(Part):
    """A bucket for upload sessions that are swept when their time is over."""

    session_ttl: Span
    """How long a session may last.

    S3's lifecycle counts in days rounded up to midnight UTC: 24 hours are one lifecycle day, in effect up
    to 48 hours. A sweeper keeps the exact time."""


class CloudFront(Part):
    """The distribution through which outsiders read the prefixes delivered by cloudfront."""

    signing_keys: Mapping[Slug, PublicKey] = Field(min_length=1)
    """Public keys under their ids, RSA of 2048 bits or ECDSA P-256; who holds a private half signs links."""
    domains: Annotated[tuple[HostName, ...], OneOrMany()] = ()
    """Host names of your own; by default CloudFront's name."""
    certificate: CertificateArn | None = None
    """Certificate of these names, in ACM of us-east-1. Without one CloudFront answers with its own, and
    readers may come with TLS 1.0."""
    edges: Literal["americas-europe", "most", "all"] = "americas-europe"
    """Where it answers from; farther edges cost more."""


class Bucket(Part):
    """One bucket, its settings and the prefixes in it."""

    name: Line | None = None
    """Template of its name from project, env, bucket, account, region; by default
    `{project}-{env}-{bucket}`."""
    namespace: Literal["global", "account-regional"] = "global"
    """account-regional: the name ends in `-account-region-an`, which nobody else can ever take."""
    purpose: Literal["data", "access-logs", "reports"] = "data"
    """What it is for: data, logs delivered by S3, or reports such as inventories."""
    region: Region | None = None
    """Its region, where it differs from the environment's."""
    encryption: Annotated[Encryption, ShortForm("type")] = Encryption()
    """Default encryption."""
    block_sse_c: Flag = True
    """Refuse objects encrypted with keys that only the caller has."""
    versioning: Literal["enabled", "suspended", "disabled"] = "disabled"
    """Whether overwritten and deleted objects can be brought back."""
    mfa_delete: Flag = False
    """Whether deleting a version needs the root user's second factor. No program can turn it on: the root
    user does, by hand, with its device."""
    ownership: Literal["enforced", "preferred", "writer"] = "enforced"
    """enforced: the bucket's account owns all, ACLs are off."""
    acl: Literal["private", "log-delivery-write"] | None = None
    """A canned ACL, only where ownership is not enforced. Public ones do not exist here."""
    public_access_block: PublicAccessBlock = PublicAccessBlock()
    """S3's four switches."""
    require_tls: Flag = True
    """Refuse plain HTTP."""
    tls_minimum: TlsVersion = "1.2"
    """Oldest TLS version accepted: 1.2 or 1.3. Readers through CloudFront are held to it only under a
    certificate of your own."""
    access_logs: Annotated[AccessLogs | None, ShortForm("to")] = None
    """Where the log of requests goes."""
    cors: Annotated[tuple[Cors, ...], OneOrMany()] = ()
    """Rules for pages of other origins, at S3's own endpoint: what CloudFront delivers knows none."""
    object_lock: ObjectLock | None = None
    """Objects that cannot be deleted before their time."""
    replication: Annotated[tuple[Replication, ...], OneOrMany()] = ()
    """Copies in other buckets."""
    intelligent_tiering: IntelligentTiering | None = None
    """Archive tiers of the intelligent-tiering class."""
    inventory: Inventory | None = None
    """A regular list of all objects."""
    notifications: Notifications = Notifications()
    """Who is told when its objects change."""
    requester_pays: Flag = False
    """The caller pays for requests and downloads."""
    acceleration: Flag = False
    """Uploads through edge locations."""
    abac: Flag = False
    """Access decided by tags of the bucket."""
    tags: Mapping[str, str] = {}
    """Tags of the bucket, beside the environment's."""
    protect: Flag | None = None
    """Refuse to delete it, its key and its distribution; by default as the environment says."""
    destroy_objects: Flag = False
    """Delete the objects in it when the bucket is destroyed."""
    abort_uploads: Days = 7
    """Age at which unfinished multipart uploads are removed."""
    minimum_transition_size: Literal["all-classes", "by-class"] = "all-classes"
    """all-classes: nothing below 128 KiB ever moves; by-class: small objects may still move to glacier and
    deep-archive."""
    cloudfront: CloudFront | None = None
    """The distribution of the prefixes delivered by cloudfront."""
    transfer: Transfer | None = None
    """How large files travel, where it differs from the project's."""
    temp: Temp | None = None
    """Makes it a bucket of upload sessions."""
    prefixes: Mapping[Slug, Prefix] = {}
    """The kinds of file in it."""
    unsafe: Mapping[Unsafe, Reason] = {}
    """The reason for each setting that is less than safe."""
