"""Object lock of a bucket, and retention of an object."""

from dataclasses import replace
from http import HTTPStatus
from typing import Final

from moto.s3.models import FakeBucket, FakeKey

from sandbox.server.bucket_calls import in_bucket, mends_setting
from sandbox.server.calls import Answer, Call
from sandbox.server.documents import DONE, KeptSetting, shown
from sandbox.server.elements import Element, element
from sandbox.server.held import version_of
from sandbox.server.mending import Forward, Gap, Mending
from sandbox.server.refusals import malformed_xml, refusal

GAPS: Final = (
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
    Gap(
        "object-lock-copies",
        "refuses a copy that is to be locked, for want of a digest of a body that it has not",
        "takes it",
    ),
    Gap(
        "object-lock-uploads",
        "does not lock what was uploaded in parts, though the bucket locks everything for a while",
        "locks it as any other object",
    ),
)
_OF_NOTHING: Final = "1B2M2Y8AsgTpgAmY7PhCfg=="
"""The digest of an empty body."""


def _absent(call: Call, bucket: FakeBucket) -> Answer:
    if bucket.object_lock_enabled:
        return shown(element("ObjectLockConfiguration", element("ObjectLockEnabled", "Enabled")))
    message = "Object Lock configuration does not exist for this bucket"
    return refusal(call, HTTPStatus.NOT_FOUND, "ObjectLockConfigurationNotFoundError", message)


def _judge(call: Call, bucket: FakeBucket, sent: Element) -> Answer | None:
    if not bucket.is_versioned:
        message = "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration"
        return refusal(call, HTTPStatus.CONFLICT, "InvalidBucketState", message)
    default = sent.find("Rule/DefaultRetention")
    if not sent.find("ObjectLockEnabled") or (
        default and bool(default.find("Days")) == bool(default.find("Years"))
    ):
        return malformed_xml(call, "Object Lock must be Enabled, and last either days or years")
    return None


def _lock(_call: Call, _forward: Forward, bucket: FakeBucket, sent: Element) -> Answer:
    days, years = (sent.text_at(f"Rule/DefaultRetention/{unit}") for unit in ("Days", "Years"))
    bucket.object_lock_enabled = True
    bucket.default_lock_mode = sent.text_at("Rule/DefaultRetention/Mode")
    bucket.default_lock_days = int(days or 0)
    bucket.default_lock_years = int(years or 0)
    return DONE


def get_retention(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """Until when an object is locked, and how hard."""
    stored = version_of(bucket, call.key, call.query.get("versionId"))
    if stored is None:
        return forward(call)
    if not stored.lock_mode or not stored.lock_until:
        message = "The specified object does not have a ObjectLock configuration"
        return refusal(call, HTTPStatus.NOT_FOUND, "NoSuchObjectLockConfiguration", message)
    until = element("RetainUntilDate", stored.lock_until)
    return shown(element("Retention", element("Mode", stored.lock_mode), until))


def copy(call: Call, forward: Forward, _: FakeBucket) -> Answer:
    """A copy has no body whose digest it could bring."""
    if not call.header("x-amz-copy-source"):
        return forward(call)
    return forward(replace(call, environ={**call.environ, "HTTP_CONTENT_MD5": _OF_NOTHING}))


def complete(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """moto's answer, and the object of the parts locked as the bucket says."""
    answer = forward(call)
    stored = version_of(bucket, call.key)
    if stored is not None and "uploadId" in call.query and answer.status == HTTPStatus.OK:
        lock_as_usual(stored, bucket)
    return answer


def lock_as_usual(stored: FakeKey, bucket: FakeBucket) -> None:
    """As long as the bucket says, where nobody said anything else."""
    if not stored.lock_mode and bucket.has_default_lock:
        stored.lock_mode, stored.lock_until = bucket.default_lock_mode, bucket.default_retention()


_LOCKS: Final = KeptSetting("object-lock", "PutObjectLockConfiguration", _absent, _judge, tell=_lock)
MENDINGS: Final = (
    *mends_setting("object-lock", GET=_LOCKS.get, PUT=_LOCKS.put),
    Mending(in_bucket(get_retention), "object", "GET", "retention"),
    Mending(in_bucket(copy), "object", "PUT", ""),
    Mending(in_bucket(complete), "object", "POST", ""),
)
