"""What does an error of a server with S3's protocol mean to whoever writes or reads, in plain sentences?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from botocore.exceptions import ClientError

from bucketwright.calls import Call, Failure, FailureKind
from bucketwright.plain_text import shown
from bucketwright.s3.failures import failure_of
from bucketwright.s3.hooks import region_in
from bucketwright.storage.backends.interface import Busy
from bucketwright.storage.backends.like_s3 import keep_condition, no_range, no_upload, not_there
from bucketwright.storage.errors import (
    Changed,
    Damaged,
    Denied,
    Misconfigured,
    NotFound,
    Refused,
    StorageError,
    Unreachable,
)
from bucketwright.storage.stored import At, Condition, IfAbsent, IfMatch, Stored

_UNMET: Final = frozenset({"PreconditionFailed", "412", "304", "NotModified"})
_BUSY: Final = frozenset({"ConditionalRequestConflict", "OperationAborted", "409"})
_ELSEWHERE: Final = frozenset(
    {"AuthorizationHeaderMalformed", "IllegalLocationConstraintException", "PermanentRedirect", "301", "307"}
)
_DAMAGED: Final = frozenset({"BadDigest", "InvalidDigest", "XAmzContentSHA256Mismatch"})
_KINDS: Final[Mapping[FailureKind, type[StorageError]]] = {
    "denied": Denied,
    "throttled": Unreachable,
    "unsupported": Misconfigured,
    "bad answer": Unreachable,
    "unreachable": Unreachable,
    "late": Unreachable,
    "credentials": Misconfigured,
    "refused": Refused,
    "gone": NotFound,
}


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked, as far as an error has to speak of it."""

    operation: str
    at: At
    condition: Condition = None
    where: str = "AWS"
    """Who was asked: AWS, or the address of another server."""
    region: str = ""


def meant(error: Exception, request: Request) -> StorageError | Busy:
    """What is to be raised because of an error of the SDK."""
    failure = failure_of(error, Call("s3", request.operation), late=False)
    code, at = failure.code, request.at
    if code in _UNMET:
        return _unmet(request)
    if code in _BUSY:
        return Busy(failure.message)
    if code == "NoSuchUpload":
        return no_upload(at.key)
    if code == "NoSuchBucket":
        return Misconfigured(f"there is no bucket {shown(at.bucket)} at {request.where}", at.key)
    if failure.kind == "gone":
        return _gone(request)
    if code in _ELSEWHERE:
        return _elsewhere(error, failure, request)
    if code in _DAMAGED:
        return Damaged(f"other bytes came than were announced for {shown(at.key, 120)}: nothing was written")
    if code in {"InvalidRange", "416"}:
        return no_range(at.key)
    if code == "InvalidObjectState":
        return Refused(
            f"{shown(at.key, 120)} lies in an archive: it has to be restored before it is read", at.key
        )
    return _plain(failure, request)


def _elsewhere(error: Exception, failure: Failure, request: Request) -> Misconfigured:
    """Where the bucket is, as far as the answer says so: that to a HEAD has headers alone."""
    region = region_in(error.response) if isinstance(error, ClientError) else ""
    told = f"it is in {shown(region)}" if region else failure.message
    said = f"the bucket {shown(request.at.bucket)} is not in the region {shown(request.region)}"
    return Misconfigured(": ".join(filter(None, (said, told))), request.at.key)


def _unmet(request: Request) -> StorageError:
    """The condition did not hold; the same sentences as of the backends that ask themselves."""
    other = Stored(request.at.key, 0, "")
    try:
        keep_condition(request.condition or IfMatch("read before"), other, request.at.key)
    except StorageError as error:
        return error
    return Changed(f"{shown(request.at.key, 120)} has changed since it was read", request.at.key)


def _gone(request: Request) -> StorageError:
    at, condition = request.at, request.condition
    if isinstance(condition, IfMatch):
        return Changed(f"{shown(at.key, 120)} is gone since it was read", at.key)
    if isinstance(condition, IfAbsent):
        return Changed(f"{shown(at.key, 120)} is being deleted by others at this moment", at.key)
    return not_there(at.key)


def _plain(failure: Failure, request: Request) -> StorageError:
    told = failure.message or failure.code or "no reason was given"
    if failure.code == "InvalidParameter":  # the SDK says so, and nobody was asked
        return Refused(f"{request.operation} cannot be asked for: {told}", request.at.key)
    said = {
        "denied": f"these credentials may not {_verb(request)}",
        "throttled": f"{request.where} asks for fewer requests",
        "credentials": "the credentials do not work",
        "unreachable": f"{request.where} cannot be reached",
        "late": f"{request.where} did not answer in time",
        "bad answer": f"{request.where} gave no sound answer",
        "unsupported": f"{request.where} does not know {request.operation}",
    }.get(failure.kind, f"{request.where} refused {request.operation}")
    return _KINDS[failure.kind](f"{said}: {told}", request.at.key)


def _verb(request: Request) -> str:
    verb = _VERBS.get(request.operation, f"call {request.operation} on")
    return f"{verb} {shown(request.at.key or request.at.bucket, 120)}"


_VERBS: Final[Mapping[str, str]] = {
    "PutObject": "write",
    "CopyObject": "write",
    "CreateMultipartUpload": "write",
    "CompleteMultipartUpload": "write",
    "UploadPart": "write",
    "GetObject": "read",
    "HeadObject": "read",
    "DeleteObject": "delete",
    "ListObjectsV2": "list",
}
