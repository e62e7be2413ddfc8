"""Multipart uploads that are not complete."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from itertools import groupby
from typing import Final
from urllib.parse import quote

from moto.s3.models import FakeBucket, FakeMultipart

from sandbox.server.bucket_calls import in_bucket
from sandbox.server.calls import Answer, Call
from sandbox.server.canonical_users import canonical_user
from sandbox.server.documents import shown
from sandbox.server.elements import Element, element
from sandbox.server.held import initiated, set_initiated, upload_begun, version_of
from sandbox.server.mending import Forward, Gap, Mending
from sandbox.server.refusals import refusal

GAPS: Final = (
    Gap(
        "upload-dates",
        "says that every upload was begun on 10 November 2010",
        "says when; a call under /_sandbox/ sets another date",
    ),
    Gap(
        "upload-absence",
        "breaks when asked for an upload that is not there",
        "answers 404 NoSuchUpload",
    ),
    Gap(
        "upload-lists",
        "lists all uploads at once, in the order they were begun",
        "lists them by key and date, in pages, below a delimiter",
    ),
)
_MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which part of the list is asked for."""

    prefix: str
    delimiter: str
    key_marker: str
    upload_marker: str
    most: int
    encoded: bool

    @classmethod
    def of(cls, call: Call) -> "_Wanted":
        most = call.query.get("max-uploads", "")
        return cls(
            prefix=call.query.get("prefix", ""),
            delimiter=call.query.get("delimiter", ""),
            key_marker=call.query.get("key-marker", ""),
            upload_marker=call.query.get("upload-id-marker", ""),
            most=min(int(most[:6]), _MOST) if most.isdecimal() else _MOST,
            encoded=call.query.get("encoding-type") == "url",
        )

    def shown(self, name: str) -> str:
        """A name, encoded if that was asked for."""
        return quote(name) if self.encoded else name

    def common_prefix(self, upload: FakeMultipart) -> str | None:
        """What the upload is rolled up into, if its key goes on beyond the delimiter."""
        rest: str = upload.key_name[len(self.prefix) :]
        head, found, _ = rest.partition(self.delimiter) if self.delimiter else (rest, "", "")
        return f"{self.prefix}{head}{found}" if found else None


def begin(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """moto's answer, and the time noted."""
    answer = forward(call)
    upload = upload_begun(bucket, answer)
    if upload is not None:
        set_initiated(upload, datetime.now(UTC))
    return answer


def list_uploads(call: Call, _forward: Forward, bucket: FakeBucket) -> Answer:
    """A page of the uploads of a bucket that are not complete."""
    wanted = _Wanted.of(call)
    found = list(_rolled_up(_after_marker(bucket, wanted), wanted))
    page = found[: wanted.most]
    owner = element("ID", canonical_user(bucket.account_id))
    parts = [
        element("Bucket", call.bucket),
        element("KeyMarker", wanted.shown(wanted.key_marker)),
        element("UploadIdMarker", wanted.upload_marker),
        element("MaxUploads", str(wanted.most)),
        element("IsTruncated", "true" if len(found) > len(page) else "false"),
        *(_written(one, wanted, owner) for one in page),
    ]
    if wanted.encoded:
        parts.append(element("EncodingType", "url"))
    if len(found) > len(page) and page:
        parts.extend(_next(page[-1], wanted))
    return shown(element("ListMultipartUploadsResult", *parts))


def find(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """moto's answer, if the upload that is named is there or was completed."""
    name = call.query.get("uploadId")
    if name is None or name in bucket.multiparts:
        return forward(call)
    stored = version_of(bucket, call.key)
    if call.method == "POST" and stored and stored.multipart and stored.multipart.id == name:
        return forward(call)
    message = "The specified upload does not exist. The upload ID may be invalid, or the upload may be gone."
    return refusal(call, HTTPStatus.NOT_FOUND, "NoSuchUpload", message, UploadId=name)


def _after_marker(bucket: FakeBucket, wanted: _Wanted) -> list[FakeMultipart]:
    """The uploads by key and date, from the marker on."""
    found = (one for one in list(bucket.multiparts.values()) if one.key_name.startswith(wanted.prefix))
    ordered = sorted(found, key=lambda one: (one.key_name, initiated(one), one.id))
    ids = [one.id for one in ordered if one.key_name == wanted.key_marker]
    seen = set(ids[: ids.index(wanted.upload_marker) + 1] if wanted.upload_marker in ids else ids)
    return [one for one in ordered if one.key_name >= wanted.key_marker and one.id not in seen]


def _rolled_up(ordered: list[FakeMultipart], wanted: _Wanted) -> Iterator[FakeMultipart | str]:
    """Uploads, and common prefixes in place of those whose keys go on beyond the delimiter."""
    for prefix, group in groupby(ordered, wanted.common_prefix):
        if prefix is None:
            yield from group
        elif prefix != wanted.key_marker:
            yield prefix


def _written(one: FakeMultipart | str, wanted: _Wanted, owner: Element) -> Element:
    if isinstance(one, str):
        return element("CommonPrefixes", element("Prefix", wanted.shown(one)))
    begun = initiated(one).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return element(
        "Upload",
        element("Key", wanted.shown(one.key_name)),
        element("UploadId", one.id),
        element("Initiator", owner),
        element("Owner", owner),
        element("StorageClass", one.storage or "STANDARD"),
        element("Initiated", begun),
    )


def _next(last: FakeMultipart | str, wanted: _Wanted) -> tuple[Element, ...]:
    if isinstance(last, str):
        return (element("NextKeyMarker", wanted.shown(last)),)
    key = element("NextKeyMarker", wanted.shown(last.key_name))
    return (key, element("NextUploadIdMarker", last.id))


MENDINGS: Final = (
    Mending(in_bucket(begin), "object", "POST", "uploads"),
    Mending(in_bucket(list_uploads), "bucket", "GET", "uploads"),
    Mending(in_bucket(find), "object", subresource=""),
)
