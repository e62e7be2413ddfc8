"""Which server answers there, and what can it not be asked? A made-up answer is worse than none."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from botocore.exceptions import BotoCoreError, ClientError

from bucketwright.calls import Call, Failure, not_asked
from bucketwright.plain_text import clipped, did_you_mean, shown
from bucketwright.s3.addresses import AccessError
from bucketwright.s3.failures import UNREADABLE, failure_of
from bucketwright.s3.limits import Bounds, Deadline, bounded
from bucketwright.s3.sessions import Sessions


@dataclass(frozen=True, slots=True)
class Server:
    """A kind of server: what it is called, and what is never sent to it."""

    name: str
    title: str
    services: frozenset[str] = frozenset()
    """All that it offers; empty: those of AWS, but the next."""
    lacks: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    """All operations of S3 that it answers truly; empty: all but the next."""
    unable: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What of S3 it does not answer, or not truly, and what it does instead: operations, and settings.

    A setting stands for every operation on it, also for those that write: some servers take a question that
    they do not know for the one about the bucket itself, and delete the bucket with the setting.
    """
    silent: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Facts of objects of which it says nothing even where there is something to say, and why."""
    lists_in_parts: bool = True
    """Whether it lists from after any name on, there or not, in the order of their bytes, as AWS does."""
    dates_rewrites: bool = False
    """Whether LastModified is new after every write, that of another type for the same content too."""
    counts_tags: bool = False
    """Whether a HEAD counts the tags there are, for whoever may read them, and says nothing of none."""
    locks_encryption: bool = False
    """Whether nobody can change how a version is encrypted while it is locked in compliance mode."""

    def declines(self, call: Call) -> Failure | None:
        """Why this call is not sent there; None where it is."""
        why = self._why(call)
        return None if why is None else not_asked(f"{self.title}: {why}")

    @property
    def lacking(self) -> tuple[str, ...]:
        """What cannot be learned from it, for people."""
        apart = f"all services but {', '.join(sorted(self.services))}" if self.services else ""
        rest = f"of S3 all but {', '.join(sorted(self.only))}" if self.only else ""
        some = (
            f"{', '.join(sorted(name for name, said in self.unable.items() if said == why))} ({why})"
            for why in sorted(set(self.unable.values()))
        )
        return tuple(filter(None, (apart, *sorted(self.lacks), rest, *some)))

    def _why(self, call: Call) -> str | None:
        if call.service in self.lacks or (self.services and call.service not in self.services):
            return f"has no service {call.service}"
        if call.service != "s3":
            return None
        if self.only and call.operation not in self.only:
            return f"does not answer {call.operation} truly"
        return self.unable.get(call.operation, self.unable.get(setting_of(call.operation)))


@lru_cache(maxsize=256)
def setting_of(operation: str) -> str:
    """What an operation of S3 is about: `BucketLifecycle` of GetBucketLifecycleConfiguration."""
    found = _ABOUT.fullmatch(operation)
    return operation if found is None else found[1]


_ABOUT: Final = re.compile("(?:Create|Delete|Get|List|Put|Update)(.+?)(?:Configurations?)?")
_S3: Final = frozenset({"s3"})
_OF_OBJECTS: Final = frozenset(
    {
        "AbortMultipartUpload",
        "CompleteMultipartUpload",
        "CopyObject",
        "CreateBucket",
        "CreateMultipartUpload",
        "DeleteBucket",
        "DeleteObject",
        "DeleteObjects",
        "GetBucketLocation",
        "HeadBucket",
        "HeadObject",
        "ListBuckets",
        "ListMultipartUploads",
        "ListObjects",
        "ListObjectsV2",
        "ListParts",
        "PutObject",
        "UploadPart",
        "UploadPartCopy",
    }
)
_NONE: Final = "has nothing of the kind"
_TAKEN_FOR_ANOTHER: Final = "takes it for a request about the whole bucket or object"
_MISTAKEN: Final = MappingProxyType(
    dict.fromkeys(
        (
            "BucketAbac",
            "BucketMetadata",
            "BucketMetadataAnnotationTable",
            "BucketMetadataInventoryTable",
            "BucketMetadataJournalTable",
            "BucketMetadataTable",
            "ObjectAnnotation",
            "ObjectAnnotations",
            "ObjectEncryption",
            "RenameObject",
        ),
        _TAKEN_FOR_ANOTHER,
    )
)
"""Newer than servers of others, of which some delete the bucket, or write the request over the object."""
_AWS_ALONE: Final = MappingProxyType(
    {
        **_MISTAKEN,
        **dict.fromkeys(
            (
                "BucketAnalytics",
                "BucketIntelligentTiering",
                "BucketInventory",
                "BucketMetrics",
                "DirectoryBuckets",
            ),
            _NONE,
        ),
    }
)
AWS: Final = Server("aws", "AWS", dates_rewrites=True, counts_tags=True, locks_encryption=True)
OTHER: Final = Server("other", "a server that is not known", unable=_MISTAKEN, lists_in_parts=False)
SERVERS: Final[Mapping[str, Server]] = MappingProxyType(
    {
        server.name: server
        for server in (
            AWS,
            OTHER,
            Server(
                "moto",
                "moto",
                lacks=frozenset({"accessanalyzer"}),
                unable={
                    **_MISTAKEN,
                    "BucketIntelligentTiering": _TAKEN_FOR_ANOTHER,
                    "ListDirectoryBuckets": "lists all buckets instead",
                },
                dates_rewrites=True,
                counts_tags=True,
            ),
            Server("sandbox", "the sandbox", dates_rewrites=True, counts_tags=True, locks_encryption=True),
            Server(
                "minio",
                "MinIO",
                _S3,
                unable={
                    **_AWS_ALONE,
                    "BucketOwnershipControls": _NONE,
                    "BucketPolicyStatus": "calls a policy for everyone not public",
                    "PublicAccessBlock": _NONE,
                    "PutBucketAcl": "keeps no ACL",
                    "PutObjectAcl": "keeps no ACL",
                },
                dates_rewrites=True,
                counts_tags=True,
            ),
            Server(
                "versitygw",
                "versitygw",
                _S3,
                unable={
                    **_AWS_ALONE,
                    **dict.fromkeys(
                        (
                            "BucketAccelerate",
                            "BucketEncryption",
                            "BucketLifecycle",
                            "BucketLogging",
                            "BucketNotification",
                            "BucketReplication",
                            "BucketRequestPayment",
                            "ObjectAcl",
                            "PublicAccessBlock",
                        ),
                        _NONE,
                    ),
                },
                silent=dict.fromkeys(
                    ("bucket_key", "customer_key", "encryption", "encryption_key"),
                    "versitygw does not say how an object is encrypted",
                ),
            ),
            Server(
                "r2",
                "Cloudflare R2",
                _S3,
                only=_OF_OBJECTS | {"GetBucketCors", "GetBucketLifecycleConfiguration"},
            ),
            Server(
                "ceph",
                "Ceph Object Gateway",
                frozenset({"s3", "iam", "sns", "sts"}),
                unable={**_AWS_ALONE, "BucketAccelerate": _NONE},
            ),
            Server(
                "rclone",
                "rclone",
                _S3,
                only=_OF_OBJECTS - {"GetBucketLocation"} | {"GetObjectTagging"},
                lists_in_parts=False,
            ),
        )
    }
)
_FIRST: Final = Call("s3", "ListBuckets")
Sign: TypeAlias = Callable[[Sessions, Deadline], str | Failure]
"""By what name the server signs an answer; why not, where none comes that can be believed."""
_HOSTS: Final = (("amazonaws.com", "aws"), ("amazonaws.com.cn", "aws"), ("r2.cloudflarestorage.com", "r2"))
_HEADERS: Final = (
    ("minio", "minio"),
    ("versitygw", "versitygw"),
    ("ceph", "ceph"),
    ("rclone", "rclone"),
    ("bucketwright", "sandbox"),
    ("werkzeug", "moto"),
)
"""AWS is not among them: other servers call themselves AmazonS3, too."""


def named(name: str) -> Server:
    """The server that somebody names; AccessError where none is called so."""
    if name in SERVERS:
        return SERVERS[name]
    near = did_you_mean(name, SERVERS) or f"there are: {clipped(', '.join(SERVERS), 200)}"
    raise AccessError(f"no server is called {shown(name)}; {near}")


def recognised(
    sessions: Sessions, deadline: Deadline | None = None, sign: Sign | None = None
) -> Server | Failure:
    """The server behind the endpoint, by its host or by how it signs its answers; why not, where none comes.

    What nobody recognised would be asked what it may answer falsely. `sign` asks it; without it the SDK does.
    """
    if not sessions.endpoint_url:
        return AWS
    host = (urlsplit(sessions.endpoint_url).hostname or "").lower()
    by_host = next((name for ending, name in _HOSTS if f".{host}".endswith(f".{ending}")), "")
    if by_host:
        return SERVERS[by_host]
    signature = (sign or _signature)(sessions, deadline or Deadline())
    return signature if isinstance(signature, Failure) else SERVERS[_by_header(signature)]


def _by_header(signature: str) -> str:
    return next((name for part, name in _HEADERS if part in signature.lower()), "other")


def _signature(sessions: Sessions, deadline: Deadline) -> str | Failure:
    """The name that it gives itself in the header of an answer, good or bad."""
    limits, until = sessions.limits, deadline.sooner(sessions.limits.answer_seconds)
    try:
        with bounded(Bounds(until, limits.answer_bytes)):
            answer = sessions.client("s3").list_buckets()
    except (BotoCoreError, ClientError, *UNREADABLE) as error:
        failure = failure_of(error, _FIRST, late=until.passed)
        if not isinstance(error, ClientError) or failure.kind == "bad answer":
            return failure
        answer = error.response
    return str(answer["ResponseMetadata"].get("HTTPHeaders", {}).get("server", ""))
