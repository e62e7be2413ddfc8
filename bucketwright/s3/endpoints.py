"""Which server answers there, and what can it not be asked? A made-up answer is worse than none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from botocore.exceptions import BotoCoreError, ClientError

from bucketwright.calls import Call, Failure
from bucketwright.plain_text import clipped, did_you_mean, shown
from bucketwright.s3.addresses import AccessError
from bucketwright.s3.limits import Bounds, Deadline, bounded
from bucketwright.s3.sessions import Sessions
from bucketwright.s3.wholeness import BadAnswerError


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
    """Operations of S3 that it does not answer, or not truly, and what it does instead."""

    def declines(self, call: Call) -> Failure | None:
        """Why this call is not sent there; None where it is."""
        why = self._why(call)
        return None if why is None else Failure("unsupported", "NotAsked", f"{self.title}: {why}")

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
        return self.unable.get(call.operation)


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
_NEWER: Final = "has nothing of the kind"
_AWS_ALONE: Final = MappingProxyType(
    dict.fromkeys(
        (
            "GetBucketAbac",
            "GetBucketAccelerateConfiguration",
            "GetBucketIntelligentTieringConfiguration",
            "GetBucketMetadataConfiguration",
            "ListBucketAnalyticsConfigurations",
            "ListBucketIntelligentTieringConfigurations",
            "ListBucketInventoryConfigurations",
            "ListBucketMetricsConfigurations",
            "ListDirectoryBuckets",
        ),
        _NEWER,
    )
)
_LISTS_INSTEAD: Final = "does not know this question"
AWS: Final = Server("aws", "AWS")
OTHER: Final = Server("other", "a server that is not known")
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
                unable={"ListDirectoryBuckets": "lists all buckets instead"},
            ),
            Server("sandbox", "the sandbox"),
            Server(
                "minio",
                "MinIO",
                _S3,
                unable={
                    **_AWS_ALONE,
                    "GetBucketOwnershipControls": _NEWER,
                    "PutBucketOwnershipControls": _NEWER,
                    "GetBucketPolicyStatus": "calls a policy for everyone not public",
                    "GetPublicAccessBlock": _LISTS_INSTEAD,
                    "PutPublicAccessBlock": _LISTS_INSTEAD,
                    "DeletePublicAccessBlock": _LISTS_INSTEAD,
                    "PutBucketAcl": "keeps no ACL",
                    "PutObjectAcl": "keeps no ACL",
                },
            ),
            Server(
                "versitygw",
                "versitygw",
                _S3,
                unable={
                    **_AWS_ALONE,
                    **dict.fromkeys(
                        (
                            "GetBucketEncryption",
                            "GetBucketLifecycleConfiguration",
                            "GetBucketLogging",
                            "GetBucketNotificationConfiguration",
                            "GetBucketReplication",
                            "GetObjectAcl",
                            "GetPublicAccessBlock",
                            "PutObjectAcl",
                        ),
                        _NEWER,
                    ),
                },
            ),
            Server(
                "r2",
                "Cloudflare R2",
                _S3,
                only=_OF_OBJECTS | {"GetBucketCors", "GetBucketLifecycleConfiguration"},
            ),
            Server("ceph", "Ceph Object Gateway", frozenset({"s3", "iam", "sns", "sts"}), unable=_AWS_ALONE),
            Server(
                "rclone",
                "rclone",
                _S3,
                only=_OF_OBJECTS - {"GetBucketLocation"} | {"GetObjectTagging"},
            ),
        )
    }
)
_HOSTS: Final = (("amazonaws.com", "aws"), ("amazonaws.com.cn", "aws"), ("r2.cloudflarestorage.com", "r2"))
_HEADERS: Final = (
    ("minio", "minio"),
    ("versitygw", "versitygw"),
    ("ceph", "ceph"),
    ("rclone", "rclone"),
    ("bucketwright", "sandbox"),
    ("werkzeug", "moto"),
    ("amazons3", "aws"),
)


def named(name: str) -> Server:
    """The server that somebody names; AccessError where none is called so."""
    if name in SERVERS:
        return SERVERS[name]
    near = did_you_mean(name, SERVERS) or f"there are: {clipped(', '.join(SERVERS), 200)}"
    raise AccessError(f"no server is called {shown(name)}; {near}")


def recognised(sessions: Sessions) -> Server:
    """The server behind the endpoint: by its host, or by how it signs its answers."""
    if not sessions.endpoint_url:
        return AWS
    host = (urlsplit(sessions.endpoint_url).hostname or "").lower()
    by_host = (name for ending, name in _HOSTS if f".{host}".endswith(f".{ending}"))
    return SERVERS[next(by_host, "") or _by_header(_signature(sessions))]


def _by_header(signature: str) -> str:
    return next((name for part, name in _HEADERS if part in signature.lower()), "other")


def _signature(sessions: Sessions) -> str:
    """The name that it gives itself in the header of an answer, good or bad; empty where none comes."""
    limits = sessions.limits
    try:
        with bounded(Bounds(Deadline.after(limits.answer_seconds), limits.answer_bytes)):
            answer = sessions.client("s3").list_buckets()
    except ClientError as error:
        answer = error.response
    except (BotoCoreError, BadAnswerError):
        return ""
    return str(answer["ResponseMetadata"].get("HTTPHeaders", {}).get("server", ""))
