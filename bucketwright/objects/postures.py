"""What can be known of one object, one unfinished upload, one delete marker?

Times are in UTC. A fact that was not read is Unknown, and so is one that an answer holds back: S3 shows an
object's lock only to those who may read it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import ClassVar, Literal, TypeVar

from bucketwright.facets.grants import Acl
from bucketwright.facets.words import Algorithm, Mode
from bucketwright.posture import Fact, Posture

Value = TypeVar("Value")
ReplicationStatus = Literal["PENDING", "COMPLETED", "FAILED", "REPLICA"]


class KeyedPosture(Posture):
    """What lies in a bucket under a key; its name is the key."""

    bucket = Fact[str]("in which bucket does it lie? Its address, such as `bucket:files`")
    key = Fact[str]("under which key?")

    def of_key(self, follows: Callable[[str], Value]) -> Value:
        """What follows from the key alone, so that a verdict can be told to hang on no more of it.

        Each key is another, while what follows from it is often the same. `follows` is the same function each
        time, not one that is made anew: it is what a verdict is noted to hang on.
        """
        return follows(self.key)


class ObjectPosture(KeyedPosture):
    """All facts of one version of one object."""

    kind: ClassVar[str] = "object"
    acl = Fact[Acl]("to whom does its access control list give what? `owner` is the bucket's owner")
    bucket_key = Fact[bool]("is its data key made from one that the bucket keeps for a while?")
    cache_control = Fact[str | None]("how long may readers keep it?")
    checksum_algorithms = Fact[tuple[str, ...]]("which checksums does S3 keep of it, besides the ETag?")
    content_disposition = Fact[str | None]("does a browser show or save it, and under which name?")
    content_encoding = Fact[str | None]("in which compression does it lie?")
    content_type = Fact[str | None]("of which type do readers learn that it is?")
    customer_key = Fact[bool]("is it encrypted with a key that only its uploader has?")
    encryption = Fact[Algorithm | None]("how did S3 encrypt it, if at all?")
    encryption_key = Fact[str | None](
        "under which KMS key? The address of one of ours, the ARN of a stranger's, none without KMS"
    )
    etag = Fact[str]("what tells its content from another?")
    is_latest = Fact[bool]("is it what a reader of the key gets?")
    is_newest = Fact[bool]("is none of the key's other versions newer? Delete markers do not count")
    legal_hold = Fact[bool]("is it held, for as long as nobody lifts that?")
    lock_mode = Fact[Mode | None]("how firmly is it locked?")
    modified = Fact[datetime]("when was it put there?")
    newer_noncurrent = Fact[int]("how many noncurrent versions of the key are newer?")
    noncurrent_since = Fact[datetime]("when did a newer version take its place?")
    on_aws = Fact[bool]("does Amazon's own S3 hold it?")
    owner = Fact[str]("whose is it? `owner` where it is the bucket owner's, else `id:` and the user's")
    replication_status = Fact[ReplicationStatus | None]("was it copied as a rule of replication wants?")
    restoring = Fact[bool]("is it being restored from an archive?")
    restoring_since = Fact[datetime]("when was it first seen being restored? S3 does not say")
    retain_until = Fact[datetime | None]("until when is it locked?")
    size = Fact[int]("how many bytes has it?")
    storage_class = Fact[str]("in which storage class does it lie?")
    tags = Fact[Mapping[str, str]]("which tags does it carry?")
    version_id = Fact[str | None]("which version is it, where there are several?")
    website_redirect = Fact[str | None]("where does a website send whoever asks for it?")


class UploadPosture(KeyedPosture):
    """All facts of one upload in parts that nobody finished."""

    kind: ClassVar[str] = "upload"
    initiated = Fact[datetime]("when was it begun?")
    initiator = Fact[str]("who began it?")
    size = Fact[int]("how many bytes have its parts?")
    upload_id = Fact[str]("which upload of the key is it?")


class DeleteMarkerPosture(KeyedPosture):
    """All facts of one delete marker."""

    kind: ClassVar[str] = "delete_marker"
    is_latest = Fact[bool]("is it what a reader of the key gets?")
    modified = Fact[datetime]("when was the key deleted?")
    version_id = Fact[str]("which version is it?")
    versions = Fact[int]("how many versions of the key are left that are no markers?")
