"""Encryption of single objects: keys of the customer's own, full key ARNs, encryption changed in place."""

import re
from dataclasses import replace
from http import HTTPStatus
from typing import Final

from moto.s3.models import FakeBucket, FakeKey

from sandbox.server.calls import Answer, Call
from sandbox.server.documents import DONE, read
from sandbox.server.elements import parsed
from sandbox.server.gaps.encryption import blocks_customer_keys
from sandbox.server.held import bucket_named, notes_on, version_of
from sandbox.server.keys import key_arn
from sandbox.server.mending import Forward, Gap, Mending
from sandbox.server.refusals import access_denied, invalid, no_bucket, no_key

GAPS: Final = (
    Gap(
        "customer-keys-blocked",
        "takes uploads under a key of the customer's own (SSE-C) everywhere",
        "refuses them with 403 AccessDenied where the bucket blocks SSE-C",
    ),
    Gap(
        "customer-keys",
        "stores such an object as if the bucket's default encrypted it, and hands it out without the key",
        "hands it out for the same key alone; else 400 InvalidRequest",
    ),
    Gap(
        "object-key-arns",
        "returns a KMS key as it was named, none for the default key and none for two layers (DSSE)",
        "returns the full ARN of the key",
    ),
    Gap(
        "object-encryption-update",
        "overwrites the object with the body of UpdateObjectEncryption",
        "changes the object's key in place, from SSE-S3 or SSE-KMS to SSE-KMS",
    ),
)
_ALGORITHM: Final = "x-amz-server-side-encryption-customer-algorithm"
_DIGEST: Final = "x-amz-server-side-encryption-customer-key-md5"
_KEY: Final = "x-amz-server-side-encryption-aws-kms-key-id"
_BUCKET_KEY: Final = "x-amz-server-side-encryption-bucket-key-enabled"
_ENCRYPTION: Final = "x-amz-server-side-encryption"
_ARN: Final = re.compile(r"arn:aws[-a-z0-9]*:kms:[-a-z0-9]*:[0-9]{12}:key/.+")
_NOTE: Final = "customer key"
_KMS: Final = frozenset({"aws:kms", "aws:kms:dsse"})
_UPDATABLE: Final = frozenset({"aws:kms", "AES256"})


def write(call: Call, forward: Forward) -> Answer:
    """moto's answer to an upload or copy that the bucket takes, and the object's key noted."""
    bucket = bucket_named(call.bucket)
    if bucket is None or "partNumber" in call.query:
        return forward(call)
    if call.header(_ALGORITHM) and blocks_customer_keys(bucket):
        return access_denied(call, "Access Denied: this bucket blocks SSE-C")
    answer = forward(call)
    stored = version_of(bucket, call.key) if answer.status == HTTPStatus.OK else None
    return answer if stored is None else _with_headers(answer, _settled(stored, bucket, call.header(_DIGEST)))


def begin_upload(call: Call, forward: Forward) -> Answer:
    """The same for an upload in parts, whose key its completion will need."""
    bucket = bucket_named(call.bucket)
    if bucket is not None and call.header(_ALGORITHM) and blocks_customer_keys(bucket):
        return access_denied(call, "Access Denied: this bucket blocks SSE-C")
    answer = forward(call)
    digest = call.header(_DIGEST)
    if bucket is not None and digest and answer.status == HTTPStatus.OK:
        upload = bucket.multiparts.get(parsed(answer.body).said("UploadId") or "")
        if upload is not None:
            notes_on(upload)[_NOTE] = digest
    return answer


def complete_upload(call: Call, forward: Forward) -> Answer:
    """moto's answer, and the object under the key of its upload."""
    bucket = bucket_named(call.bucket)
    upload = bucket.multiparts.get(call.query.get("uploadId", "")) if bucket else None
    answer = forward(call)
    stored = version_of(bucket, call.key) if bucket and answer.status == HTTPStatus.OK else None
    if bucket is None or stored is None or upload is None:
        return answer
    return _with_headers(answer, _settled(stored, bucket, notes_on(upload).get(_NOTE)))


def read_object(call: Call, forward: Forward) -> Answer:
    """moto's answer, if the object's own key is named; with the full name of a KMS key."""
    bucket = bucket_named(call.bucket)
    stored = version_of(bucket, call.key, call.query.get("versionId")) if bucket else None
    if stored is None:
        return forward(call)
    digest = notes_on(stored).get(_NOTE)
    if digest != call.header(_DIGEST):
        said = (
            "The object was stored using a form of Server Side Encryption. The correct parameters must be "
            "provided to retrieve the object."
        )
        return invalid(call, "InvalidRequest", said)
    answer = forward(call)
    return _with_headers(answer, stored) if answer.status < HTTPStatus.MULTIPLE_CHOICES else answer


def update(call: Call, _forward: Forward) -> Answer:
    """The object under another KMS key, all else of it untouched."""
    bucket = bucket_named(call.bucket)
    stored = version_of(bucket, call.key, call.query.get("versionId")) if bucket else None
    if bucket is None or stored is None:
        return no_bucket(call) if bucket is None else no_key(call)
    sent = read(call, "UpdateObjectEncryption")
    if isinstance(sent, Answer):
        return sent
    arn = sent.said("SSE-KMS/KMSKeyArn") or ""
    if not _ARN.fullmatch(arn):
        return invalid(call, "InvalidRequest", "The request names no full ARN of a KMS key")
    if stored.encryption not in _UPDATABLE:
        return invalid(call, "InvalidRequest", "Only objects under SSE-S3 or SSE-KMS can be updated")
    if stored.is_locked(governance_bypass=False):
        return access_denied(call, "The object is protected by S3 Object Lock")
    stored.encryption, stored.kms_key_id = "aws:kms", arn
    stored.bucket_key_enabled = sent.said("SSE-KMS/BucketKeyEnabled") == "true"
    return DONE


def _settled(stored: FakeKey, bucket: FakeBucket, digest: str | None) -> FakeKey:
    """The object with its key noted: the customer's own, or a KMS key by its full name."""
    if digest:
        notes_on(stored)[_NOTE] = digest
        stored.encryption = stored.kms_key_id = stored.bucket_key_enabled = None
    elif stored.encryption in _KMS:
        stored.kms_key_id = key_arn(stored.kms_key_id, bucket.account_id, bucket.region_name)
    return stored


def _with_headers(answer: Answer, stored: FakeKey) -> Answer:
    """The answer with what is true of the object's encryption and nothing else of it."""
    told = {name: value for name, value in answer.headers if not name.lower().startswith(_ENCRYPTION)}
    digest = notes_on(stored).get(_NOTE)
    if digest:
        told |= {_ALGORITHM: "AES256", _DIGEST: digest}
    elif stored.encryption:
        told |= {_ENCRYPTION: stored.encryption}
        told |= {_KEY: stored.kms_key_id} if stored.kms_key_id and stored.encryption in _KMS else {}
        told |= {_BUCKET_KEY: "true"} if _truth(stored.bucket_key_enabled) else {}
    return replace(answer, headers=tuple(told.items()))


def _truth(flag: object) -> bool:
    """moto keeps it as a boolean or as a word."""
    return str(flag).lower() == "true"


MENDINGS: Final = (
    Mending(write, "object", "PUT", ""),
    Mending(begin_upload, "object", "POST", "uploads"),
    Mending(complete_upload, "object", "POST", ""),
    Mending(read_object, "object", "GET", ""),
    Mending(read_object, "object", "HEAD", ""),
    Mending(update, "object", "PUT", "encryption"),
)
