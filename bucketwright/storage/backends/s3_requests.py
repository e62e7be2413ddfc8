"""How is one request of an object made, and how are its facts spelled in S3's API and read from it?"""

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from botocore import xform_name
from botocore.client import BaseClient
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from bucketwright.plain_text import shown
from bucketwright.s3.addresses import is_amazon
from bucketwright.s3.failures import UNREADABLE
from bucketwright.s3.limits import Bounds, Deadline, bounded
from bucketwright.s3.sessions import Sessions
from bucketwright.s3.transport import TooLongError
from bucketwright.s3.wholeness import BadAnswerError
from bucketwright.storage.backends.interface import Busy, Lost
from bucketwright.storage.backends.like_s3 import keep_condition
from bucketwright.storage.backends.s3_attempts import attempts, note_unreadable, watch
from bucketwright.storage.backends.s3_errors import Request, meant
from bucketwright.storage.errors import NotFound, StorageError, Unreachable
from bucketwright.storage.stored import At, Attributes, Condition, IfAbsent, IfMatch, Span, Stored
from bucketwright.storage.transfer.watching import StoppedError

Params = Mapping[str, object]
Values = Mapping[str, object]
_ERRORS: Final = (BotoCoreError, ClientError, *UNREADABLE)
_NO_ANSWERS: Final = (BadAnswerError, ResponseParserError, TooLongError)
_AS_LONG_AS_CONTENT: Final = frozenset(
    {"CompleteMultipartUpload", "CopyObject", "GetObject", "PutObject", "UploadPart", "UploadPartCopy"}
)
"""How long these take depends on the content; all others have their time."""
_CONTENT_RANGE: Final = re.compile(r"bytes ([0-9]{1,20})-([0-9]{1,20})/([0-9]{1,20})")
_WHOLE_SHA256: Final = re.compile(r"[A-Za-z0-9+/]{43}=")


@dataclass(frozen=True, slots=True)
class Asking:
    """Whom to ask, and what every request says."""

    sessions: Sessions
    regions: Mapping[str, str] = field(default_factory=dict)
    """Where buckets are, as far as it is known beforehand."""
    owner: str = ""
    """The account that has to own the buckets; empty: nobody asks."""

    def asked(self, operation: str, at: At, params: Params, condition: Condition = None) -> Values:
        """What is answered; a StorageError where nothing is. The condition only says what an error means."""
        with attempts():
            try:
                return self._sent(operation, at, params, condition)
            except Busy as busy:
                raise Unreachable(
                    f"others are at {shown(at.key or at.bucket, 120)}: {busy}", at.key
                ) from None

    def written(self, operation: str, at: At, params: Params, condition: Condition = None) -> Values:
        """What is answered to a write under that condition.

        Lost where it may have been done in spite of the error, Busy where others write.
        """
        with attempts() as tried:
            try:
                return self._sent(operation, at, {**params, **condition_params(condition)}, condition)
            except Busy as busy:
                busy.unanswered = tried.unanswered
                raise
            except StorageError as error:
                if tried.may_be_done:
                    raise Lost(error, unanswered=tried.unanswered) from None
                raise
            except StoppedError as stopped:  # what was sent last is not whole; an earlier attempt may be
                if tried.may_be_done:
                    why = stopped.meaning(stopped.told, at.key)
                    raise Lost(why, unanswered=tried.unanswered) from None
                raise

    def keep_beforehand(self, at: At, condition: Condition) -> None:
        """Raises where what is there breaks the condition.

        For deletions and the last step of an upload in parts: servers other than AWS are known to forget
        conditions there.
        """
        if condition is None or is_amazon(self.sessions.endpoint_url):
            return
        try:
            there = stored_of(at.key, self.asked("HeadObject", at, {"Key": at.key}))
        except NotFound:
            there = None
        keep_condition(condition, there, at.key)

    def error(self, error: Exception, operation: str, at: At) -> StorageError | Busy:
        """What an error that came while reading means."""
        return meant(error, self._request(operation, at, None))

    def _sent(self, operation: str, at: At, params: Params, condition: Condition) -> Values:
        limits = self.sessions.limits
        times = (
            Bounds() if operation in _AS_LONG_AS_CONTENT else Bounds(Deadline.after(limits.answer_seconds))
        )
        owner = {"ExpectedBucketOwner": self.owner} if self.owner else {}
        try:
            client = self._client(at.bucket)
            with bounded(times):
                answer: Values = getattr(client, xform_name(operation))(Bucket=at.bucket, **owner, **params)
        except _ERRORS as error:
            if isinstance(error, _NO_ANSWERS):
                note_unreadable()
            raise meant(error, self._request(operation, at, condition)) from None
        return answer

    def _client(self, bucket: str) -> BaseClient:
        client = self.sessions.client("s3", self.region_of(bucket))
        watch(client)
        return client

    def region_of(self, bucket: str) -> str:
        """Where a bucket is; empty where nobody knows."""
        return self.sessions.regions.of(bucket) or self.regions.get(bucket, "")

    @property
    def where(self) -> str:
        """Who is asked: AWS, or the address of another server."""
        return self.sessions.endpoint_url or "AWS"

    def _request(self, operation: str, at: At, condition: Condition) -> Request:
        return Request(
            operation, at, condition, self.where, self.region_of(at.bucket) or self.sessions.region
        )


def attribute_params(attributes: Attributes) -> dict[str, object]:
    """What a write says beside the content, without what it does not say."""
    said = {
        "ContentType": attributes.content_type,
        "Metadata": dict(attributes.metadata),
        "Tagging": urlencode(attributes.tags),
        "CacheControl": attributes.cache_control,
        "ContentDisposition": attributes.content_disposition,
        "ContentEncoding": attributes.content_encoding,
    }
    return {name: value for name, value in said.items() if value}


def condition_params(condition: Condition) -> Params:
    """How a condition is asked for."""
    match condition:
        case IfAbsent():
            return {"IfNoneMatch": "*"}
        case IfMatch(etag):
            return {"IfMatch": f'"{etag}"'}
    return {}


def stored_of(key: str, answer: Values) -> Stored:
    """An object as HeadObject or GetObject tell of it."""
    return Stored(
        key,
        _size(answer),
        etag_of(answer),
        _moment(answer.get("LastModified")),
        _text(answer, "ContentType"),
        version_of(answer),
        _metadata(answer),
        _text(answer, "CacheControl"),
        _text(answer, "ContentDisposition"),
        _text(answer, "ContentEncoding"),
    )


def is_answered(span: Span | None, answer: Values) -> bool:
    """Whether the bytes that come are those that were asked for: HTTP lets a server ignore a range."""
    if span is None or span == Span():
        return True
    told = _CONTENT_RANGE.fullmatch(_text(answer, "ContentRange"))
    if told is None:
        is_all = span.last is None or span.last >= _number(answer, "ContentLength") - 1
        return span.first == 0 and is_all
    first, last, size = map(int, told.groups())
    return (first, last) == (span.first, size - 1 if span.last is None else min(span.last, size - 1))


def row_of(values: Values) -> Stored:
    """An object as a listing tells of it."""
    return Stored(
        _text(values, "Key"), _number(values, "Size"), etag_of(values), _moment(values.get("LastModified"))
    )


def just_written(at: At, size: int, attributes: Attributes, answer: Values) -> Stored:
    """An object as a write leaves it."""
    return Stored(
        at.key,
        size,
        etag_of(answer),
        None,
        attributes.content_type,
        version_of(answer),
        dict(attributes.metadata),
        attributes.cache_control,
        attributes.content_disposition,
        attributes.content_encoding,
    )


def etag_of(values: Values) -> str:
    """An ETag without its quotes."""
    return _text(values, "ETag").strip('"')


def version_of(answer: Values) -> str:
    """The version that was written or read; empty where the bucket keeps none."""
    version = _text(answer, "VersionId")
    return "" if version == "null" else version


def as_base64(digest: str) -> str:
    """Hexadecimal digits as S3 spells checksums."""
    return b64encode(bytes.fromhex(digest)).decode("ascii")


def as_digits(checksum: object) -> str:
    """A SHA-256 as S3 spells it, in hexadecimal digits; empty where it is none of one whole content."""
    if not isinstance(checksum, str) or not _WHOLE_SHA256.fullmatch(checksum):
        return ""
    try:
        return b64decode(checksum, validate=True).hex()
    except NotBase64:
        return ""


def items(answer: Values, name: str) -> list[Values]:
    """The entries of a list in an answer."""
    found = answer.get(name)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _size(answer: Values) -> int:
    """Of the whole object, also where only a part of it was asked for."""
    whole = _text(answer, "ContentRange").rpartition("/")[2]
    return int(whole) if whole.isdecimal() else _number(answer, "ContentLength")


def _number(values: Values, name: str) -> int:
    found = values.get(name)
    return found if isinstance(found, int) else 0


def _text(values: Values, name: str) -> str:
    found = values.get(name)
    return found if isinstance(found, str) else ""


def _moment(found: object) -> datetime | None:
    return found if isinstance(found, datetime) else None


def _metadata(answer: Values) -> Mapping[str, str]:
    found = answer.get("Metadata")
    return (
        {str(name).lower(): str(text) for name, text in found.items()} if isinstance(found, Mapping) else {}
    )
