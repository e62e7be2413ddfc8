"""Something is still there though its time is over."""

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial

from bucketwright.contract.temp import effective_expiry
from sandbox.drifts.drift import Injected, Live, drift
from sandbox.drifts.samples import Sample, proper, put_sample, samples_of
from sandbox.drifts.subjects import PrefixScope

_LATE_DAYS = 30
"""Longer than S3 takes to do what a rule says."""


def _expires(at: PrefixScope, _: Sample) -> bool:
    return effective_expiry(at.bucket.bucket, at.place.prefix) is not None


@drift(samples_of("a prefix whose objects expire", _expires), "object.age")
def object_past_its_time(live: Live, at: PrefixScope) -> Injected:
    """An object is still there a month after the day on which it should have expired."""
    one, days = proper(at, "past-its-time"), effective_expiry(at.bucket.bucket, at.place.prefix) or 0
    with ExitStack() as back:
        back.callback(put_sample(live, at, one))
        live.server.set_object_date(at.name, one.key, _ago(days + _LATE_DAYS))
        undo = back.pop_all().close
    after = f"still there after {days + _LATE_DAYS}"
    return Injected(at.address, at.name, f"gone after {days} days", after, undo, one.key)


@drift(samples_of("a prefix of objects that are plain to make"), "upload.age")
def upload_never_finished(live: Live, at: PrefixScope) -> Injected:
    """Somebody began an upload in parts, and neither finished nor gave it up: its parts cost storage."""
    s3, one, days = live.client("s3", at.region), proper(at, "unfinished"), at.bucket.bucket.abort_uploads
    upload = {"Bucket": at.name, "Key": one.key}
    upload["UploadId"] = s3.create_multipart_upload(**upload, ContentType=one.content_type)["UploadId"]
    with ExitStack() as back:
        back.callback(s3.abort_multipart_upload, **upload)
        for number in (1, 2):
            s3.upload_part(**upload, PartNumber=number, Body=one.body)
        live.server.set_upload_date(at.name, upload["UploadId"], _ago(days + _LATE_DAYS))
        undo = back.pop_all().close
    after = f"two parts, begun {days + _LATE_DAYS} days ago"
    return Injected(at.address, at.name, f"gone after {days} days", after, undo, one.key)


@drift(
    samples_of(
        "a prefix of a bucket with versioning", lambda at, _: at.bucket.bucket.versioning == "enabled"
    ),
    "object.delete_marker",
)
def delete_marker_left(live: Live, at: PrefixScope) -> Injected:
    """An object and all its versions are gone, and the marker of its deletion is still there."""
    s3, one = live.client("s3", at.region), proper(at, "deleted")
    with ExitStack() as gone:
        gone.callback(put_sample(live, at, one))
        marker = s3.delete_object(Bucket=at.name, Key=one.key)["VersionId"]
    undo = partial(s3.delete_object, Bucket=at.name, Key=one.key, VersionId=marker)
    return Injected(at.address, at.name, "nothing", "a delete marker with no version under it", undo, one.key)


def _ago(days: int) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)
