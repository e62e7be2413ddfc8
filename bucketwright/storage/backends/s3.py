"""Objects on a server with S3's protocol: AWS, or one that others made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO, Final, Protocol

from botocore.exceptions import BotoCoreError, ClientError, FlexibleChecksumError

from bucketwright.plain_text import clipped, shown
from bucketwright.s3.body_hash import body_hash
from bucketwright.s3.failures import UNREADABLE
from bucketwright.storage.backends.interface import AT_ONCE, Busy, Content, Lost, Reading
from bucketwright.storage.backends.s3_copying import Copying, copied
from bucketwright.storage.backends.s3_requests import (
    Asking,
    Values,
    as_base64,
    as_digits,
    attribute_params,
    etag_of,
    is_answered,
    items,
    just_written,
    row_of,
    stored_of,
)
from bucketwright.storage.errors import (
    Changed,
    Damaged,
    InDoubt,
    Misconfigured,
    NotFound,
    StorageError,
    Unreachable,
)
from bucketwright.storage.signing.edge import Edge
from bucketwright.storage.signing.presigning import Presigner
from bucketwright.storage.signing.signer import Signer
from bucketwright.storage.stored import At, Attributes, Condition, IfMatch, Part, Span, Stored, Upload

_LONGEST_REASON: Final = 200
_SMALL: Final = 128 * 1024


class _Stream(Protocol):
    def read(self, amt: int | None = None) -> bytes: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _Reading:
    stored: Stored
    _body: _Stream
    _asking: Asking
    _at: At

    def read(self, most: int, /) -> bytes:
        try:
            return self._body.read(most)
        except FlexibleChecksumError:
            raise Damaged(
                f"the content of {shown(self.stored.key, 120)} is not what was written", self.stored.key
            ) from None
        except (BotoCoreError, ClientError, *UNREADABLE) as error:
            raise self._asking.error(error, "GetObject", self._at) from None

    def close(self) -> None:
        self._body.close()


class S3:
    """A backend; safe to share between threads."""

    def __init__(self, asking: Asking, edge: Edge | None = None) -> None:
        self._ask = asking
        self.signer: Final = Signer(Presigner(asking), edge or Edge())
        """What signs links to its objects."""

    def put(self, at: At, content: Content, attributes: Attributes, condition: Condition = None) -> Stored:
        with content.opened() as file, body_hash(content.sha256):
            wanted = {"Key": at.key, **_sending(file, content), **attribute_params(attributes)}
            answer = self._ask.written("PutObject", at, wanted, condition)
        return just_written(at, content.size, attributes, answer)

    def get(self, at: At, span: Span | None = None, etag: str = "") -> Reading:
        wishes: dict[str, object] = {"Key": at.key}
        if etag:
            wishes["IfMatch"] = f'"{etag}"'
        if span is not None and span != Span():
            wishes["Range"] = f"bytes={span.first}-{'' if span.last is None else span.last}"
        condition = IfMatch(etag) if etag else None
        answer = self._ask.asked("GetObject", at, wishes, condition)
        reading = _Reading(stored_of(at.key, answer), _body(answer), self._ask, at)
        if not is_answered(span, answer):
            reading.close()
            raise Misconfigured(
                f"other bytes of {shown(at.key, 120)} came than were asked for: {self._ask.where}, or a "
                "proxy on the way, does not know Range",
                at.key,
            )
        return reading

    def head(self, at: At) -> Stored:
        return stored_of(at.key, self._ask.asked("HeadObject", at, {"Key": at.key}))

    def tags(self, at: At) -> Mapping[str, str]:
        answer = self._ask.asked("GetObjectTagging", at, {"Key": at.key})
        return {str(tag.get("Key")): str(tag.get("Value")) for tag in items(answer, "TagSet")}

    def rows(self, bucket: str, prefix: str, after: str = "") -> Iterator[Stored]:
        more = True
        while more:
            begin = {"StartAfter": after} if after else {}
            answer = self._ask.asked("ListObjectsV2", At(bucket, ""), {"Prefix": prefix, **begin})
            page = [row_of(row) for row in items(answer, "Contents")]
            more = answer.get("IsTruncated") is True
            last = page[-1].key if page else ""
            if more and last.encode() <= after.encode():
                raise Unreachable(f"the list of {shown(bucket)} does not go on after {shown(after, 120)}")
            after = last
            yield from page

    def delete(self, at: At, condition: IfMatch | None = None) -> None:
        self._ask.keep_beforehand(at, condition)
        try:
            self._ask.written("DeleteObject", at, {"Key": at.key}, condition)
        except NotFound:
            return
        except Busy as busy:
            if busy.unanswered:
                raise _in_doubt(at, str(busy), "may still be done") from None
            raise Changed(
                f"others write {shown(at.key, 120)} at this very moment: try again", at.key
            ) from None
        except Lost as lost:
            self._keep_gone(at, condition, lost)

    def delete_many(self, bucket: str, keys: Sequence[str]) -> Mapping[str, str]:
        failed: dict[str, str] = {}
        for begin in range(0, len(keys), AT_ONCE):
            some = keys[begin : begin + AT_ONCE]
            wanted = {"Objects": [{"Key": key} for key in some], "Quiet": True}
            answer = self._ask.asked("DeleteObjects", At(bucket, ""), {"Delete": wanted})
            failed |= {str(one.get("Key")): _reason(one) for one in items(answer, "Errors")}
        return failed

    def copy(
        self, source: At, target: At, attributes: Attributes, etag: str, condition: Condition = None
    ) -> Stored:
        copying = Copying(self._ask, source, target, attributes, etag)
        return copied(copying, self.head(source), condition)

    def check(self, bucket: str, prefix: str) -> None:
        self._ask.asked("ListObjectsV2", At(bucket, ""), {"Prefix": prefix, "MaxKeys": 1})

    def begin(self, at: At, attributes: Attributes) -> str:
        wanted = {"Key": at.key, "ChecksumAlgorithm": "SHA256", **attribute_params(attributes)}
        answer = self._ask.asked("CreateMultipartUpload", at, wanted)
        return str(answer["UploadId"])

    def send(self, at: At, upload_id: str, number: int, content: Content) -> Part:
        with content.opened() as file, body_hash(content.sha256):
            wanted = {**_upload(at, upload_id), "PartNumber": number, **_sending(file, content)}
            answer = self._ask.asked("UploadPart", at, wanted)
        return Part(number, etag_of(answer), content.size, content.sha256)

    def parts(self, at: At, upload_id: str) -> Sequence[Part]:
        found: list[Part] = []
        more = True
        while more:
            marker = {"PartNumberMarker": found[-1].number} if found else {}
            answer = self._ask.asked("ListParts", at, {**_upload(at, upload_id), **marker})
            page = [_part_of(one) for one in items(answer, "Parts")]
            more = answer.get("IsTruncated") is True and bool(page)
            found += page
        return found

    def finish(self, at: At, upload_id: str, parts: Sequence[Part], condition: Condition = None) -> Stored:
        named = {"Parts": [_named(part) for part in parts]}
        wanted = {**_upload(at, upload_id), "MultipartUpload": named}
        self._ask.keep_beforehand(at, condition)
        answer = self._ask.written("CompleteMultipartUpload", at, wanted, condition)
        return just_written(at, sum(part.size for part in parts), Attributes(), answer)

    def drop(self, at: At, upload_id: str) -> None:
        try:
            self._ask.asked("AbortMultipartUpload", at, _upload(at, upload_id))
        except NotFound:
            return

    def uploads(self, bucket: str, prefix: str) -> Iterator[Upload]:
        marker: dict[str, object] = {}
        while True:
            answer = self._ask.asked("ListMultipartUploads", At(bucket, ""), {"Prefix": prefix, **marker})
            yield from map(_upload_of, items(answer, "Uploads"))
            onwards = {
                "KeyMarker": answer.get("NextKeyMarker"),
                "UploadIdMarker": answer.get("NextUploadIdMarker"),
            }
            if answer.get("IsTruncated") is not True:
                return
            if not onwards["KeyMarker"] or onwards == marker:
                raise Unreachable(f"the list of uploads to {shown(bucket)} does not go on")
            marker = onwards

    def _keep_gone(self, at: At, condition: IfMatch | None, lost: Lost) -> None:
        """Raises unless the object whose deletion was not answered well is gone."""
        try:
            found = self.head(at)
        except NotFound:
            return
        except StorageError as error:
            told = f"could not be looked for: {error.message}"
            raise _in_doubt(at, lost.error.message, told) from None
        if lost.unanswered:
            raise _in_doubt(at, lost.error.message, "is not done, and may still be") from None
        if condition is not None and found.etag != condition.etag:
            raise _in_doubt(at, lost.error.message, "may have been done, and others wrote since") from None
        raise lost.error from None


def _sending(file: BinaryIO, content: Content) -> Mapping[str, object]:
    """A small body is read now, and goes with the headers in one piece."""
    return {
        "Body": file if content.size > _SMALL else file.read(),
        "ContentLength": content.size,
        "ChecksumAlgorithm": "SHA256",  # said, for uploads under a retention are refused without
        "ChecksumSHA256": as_base64(content.sha256),
    }


def _in_doubt(at: At, why: str, what: str) -> InDoubt:
    return InDoubt(f"the deletion of {shown(at.key, 120)} was not answered ({why}); it {what}", at.key)


def _upload(at: At, upload_id: str) -> Mapping[str, object]:
    return {"Key": at.key, "UploadId": upload_id}


def _body(answer: Values) -> _Stream:
    body: _Stream = answer["Body"]  # type: ignore[assignment]  # botocore carries no types
    return body


def _reason(values: Values) -> str:
    told = f"{values.get('Code') or 'an error'}: {values.get('Message') or 'no reason was given'}"
    return clipped(told, _LONGEST_REASON)


def _part_of(values: Values) -> Part:
    number, size = values.get("PartNumber"), values.get("Size")
    return Part(
        number if isinstance(number, int) else 0,
        etag_of(values),
        size if isinstance(size, int) else 0,
        as_digits(values.get("ChecksumSHA256")),
    )


def _named(part: Part) -> Mapping[str, object]:
    checksum = {"ChecksumSHA256": as_base64(part.sha256)} if part.sha256 else {}
    return {"PartNumber": part.number, "ETag": f'"{part.etag}"', **checksum}


def _upload_of(values: Values) -> Upload:
    begun = values.get("Initiated")
    when = begun if isinstance(begun, datetime) else datetime.now(UTC)
    return Upload(str(values.get("Key")), str(values.get("UploadId")), when)
