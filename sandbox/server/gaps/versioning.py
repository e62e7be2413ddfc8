"""Versioning, MFA delete and object lock of a bucket; retention of an object."""

from http import HTTPStatus
from typing import Final

from moto.s3.models import FakeBucket

from sandbox.server.calls import Answer, Call
from sandbox.server.documents import DONE, Document, kept_in, read, shown
from sandbox.server.elements import Element, element
from sandbox.server.held import bucket_named, documents_of, version_of
from sandbox.server.mending import Forward, Gap, Mending
from sandbox.server.refusals import access_denied, invalid, no_bucket, refusal

GAPS: Final = (
    Gap(
        "versioning-mfa-delete",
        "drops MfaDelete",
        "keeps and returns it, and refuses it without x-amz-mfa",
    ),
    Gap(
        "versioning-needed",
        "suspends versioning under an object lock or a replication",
        "refuses with InvalidBucketState",
    ),
    Gap(
        "object-lock-existing-buckets",
        "refuses an object lock for a bucket that holds objects",
        "takes it, as S3 does for any bucket with versioning",
    ),
    Gap(
        "object-retention",
        "returns the object itself when asked for its retention",
        "returns the retention",
    ),
)
_VERSIONING: Final = ("versioning", "")


def get_versioning(call: Call, forward: Forward) -> Answer:
    """What moto says of the status, with MFA delete beside it."""
    answer = forward(call)
    bucket = bucket_named(call.bucket)
    kept = kept_in(bucket, "versioning") if bucket else None
    if bucket is None or kept is None or answer.status != HTTPStatus.OK:
        return answer
    parts = [element("Status", bucket.versioning_status)] if bucket.versioning_status else []
    return shown(element("VersioningConfiguration", *parts, kept))


def put_versioning(call: Call, forward: Forward) -> Answer:
    """Keeps MFA delete; moto keeps the status."""
    bucket = bucket_named(call.bucket)
    if bucket is None:
        return no_bucket(call)
    sent = read(call, "PutBucketVersioning")
    if isinstance(sent, Answer):
        return sent
    mfa_delete = sent.find("MfaDelete")
    if (mfa_delete or kept_in(bucket, "versioning")) and not call.header("x-amz-mfa"):
        return access_denied(call, "Mfa Authentication must be used for this request")
    if sent.said("Status") == "Suspended":
        holding = _holding(bucket)
        if holding:
            said = f"{holding} is present on this bucket, so the versioning state cannot be changed."
            return refusal(call, HTTPStatus.CONFLICT, "InvalidBucketState", said)
    answer = forward(call) if sent.find("Status") else DONE
    if mfa_delete and answer.status == HTTPStatus.OK:
        documents_of(bucket)[_VERSIONING] = mfa_delete
    return answer


def _holding(bucket: FakeBucket) -> str | None:
    if bucket.object_lock_enabled:
        return "An Object Lock configuration"
    return "A replication configuration" if kept_in(bucket, "replication") else None


def _absent_lock(call: Call) -> Answer:
    bucket = bucket_named(call.bucket)
    if bucket is not None and bucket.object_lock_enabled:
        return shown(element("ObjectLockConfiguration", element("ObjectLockEnabled", "Enabled")))
    said = "Object Lock configuration does not exist for this bucket"
    return refusal(call, HTTPStatus.NOT_FOUND, "ObjectLockConfigurationNotFoundError", said)


def _judge_lock(call: Call, bucket: FakeBucket, sent: Element) -> Answer | None:
    if not bucket.is_versioned:
        said = "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration"
        return refusal(call, HTTPStatus.CONFLICT, "InvalidBucketState", said)
    default = sent.find("Rule/DefaultRetention")
    if not sent.find("ObjectLockEnabled") or (
        default and bool(default.find("Days")) == bool(default.find("Years"))
    ):
        return invalid(call, "MalformedXML", "Object Lock must be Enabled, and last either days or years")
    return None


def _lock(call: Call, _forward: Forward, sent: Element) -> Answer:
    bucket = bucket_named(call.bucket)
    if bucket is not None:
        days, years = (sent.said(f"Rule/DefaultRetention/{unit}") for unit in ("Days", "Years"))
        bucket.object_lock_enabled = True
        bucket.default_lock_mode = sent.said("Rule/DefaultRetention/Mode")
        bucket.default_lock_days = int(days or 0)
        bucket.default_lock_years = int(years or 0)
    return DONE


def get_retention(call: Call, forward: Forward) -> Answer:
    """Until when an object is locked, and how hard."""
    bucket = bucket_named(call.bucket)
    stored = version_of(bucket, call.key, call.query.get("versionId")) if bucket else None
    if stored is None:
        return forward(call)
    if not stored.lock_mode or not stored.lock_until:
        said = "The specified object does not have a ObjectLock configuration"
        return refusal(call, HTTPStatus.NOT_FOUND, "NoSuchObjectLockConfiguration", said)
    until = element("RetainUntilDate", stored.lock_until)
    return shown(element("Retention", element("Mode", stored.lock_mode), until))


_LOCKS: Final = Document("object-lock", "PutObjectLockConfiguration", _absent_lock, _judge_lock, tell=_lock)
MENDINGS: Final = (
    Mending(get_versioning, "bucket", "GET", "versioning"),
    Mending(put_versioning, "bucket", "PUT", "versioning"),
    *_LOCKS.mendings[:2],
    Mending(get_retention, "object", "GET", "retention"),
)
