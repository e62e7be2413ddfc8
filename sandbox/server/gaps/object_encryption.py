"""Encryption of single objects: keys of the customer's own, full key ARNs, encryption changed in place."""

import re
from dataclasses import replace
from http import HTTPStatus
from typing import Final

from moto.s3.models import FakeBucket, FakeKey

from sandbox.server.bucket_calls import in_bucket
from sandbox.server.calls import Answer, Call
from sandbox.server.documents import DONE, read
from sandbox.server.gaps.encryption import blocks_customer_keys
from sandbox.server.held import notes_on, upload_begun, version_of
from sandbox.server.keys import key_arn
from sandbox.server.mending import Forward, Gap, Mending
from sandbox.server.refusals import access_denied, invalid, no_key

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
        "copies-encrypted-by-default",
        "puts the copy of an object under a KMS key under a key of S3, whatever the bucket's default is",
        "encrypts a copy of which nothing is said as the bucket encrypts by default",
    ),
    Gap(
        "object-encryption-update",
        "overwrites the object with the body of UpdateObjectEncryption",
        "changes the object's key in place, from SSE-S3 or SSE-KMS to SSE-KMS under a key of the bucket's "
        "account",
    ),
)
_ALGORITHM: Final = "x-amz-server-side-encryption-customer-algorithm"
_DIGEST: Final = "x-amz-server-side-encryption-customer-key-md5"
_KEY: Final = "x-amz-server-side-encryption-aws-kms-key-id"
_BUCKET_KEY: Final = "x-amz-server-side-encryption-bucket-key-enabled"
_ENCRYPTION: Final = "x-amz-server-side-encryption"
_ARN: Final = re.compile(r"arn:aws[-a-z0-9]*:kms:[-a-z0-9]*:(?P<account>[0-9]{12}):key/.+")
_COPIED: Final = "x-amz-copy-source"
_NOTE: Final = "customer key"
_KMS: Final = frozenset({"aws:kms", "aws:kms:dsse"})
_UPDATABLE: Final = frozenset({"aws:kms", "AES256"})


def write(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """moto's answer to an upload or copy that the bucket takes, and the object's key noted."""
    if "partNumber" in call.query:
        return forward(call)
    if _is_blocked(call, bucket):
        return _blocked(call)
    answer = forward(call)
    stored = version_of(bucket, call.key) if answer.status == HTTPStatus.OK else None
    if stored is None:
        return answer
    if call.header(_COPIED) and not call.header(_ENCRYPTION) and not call.header(_DIGEST):
        _encrypt_by_default(stored, bucket)
    return _with_headers(answer, _settled(stored, bucket, call.header(_DIGEST)))


def begin_upload(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """The same for an upload in parts, whose key its completion will need."""
    if _is_blocked(call, bucket):
        return _blocked(call)
    answer = forward(call)
    digest, upload = call.header(_DIGEST), upload_begun(bucket, answer)
    if digest and upload is not None:
        notes_on(upload)[_NOTE] = digest
    return answer


def complete_upload(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """moto's answer, and the object under the key of its upload."""
    upload = bucket.multiparts.get(call.query.get("uploadId", ""))
    answer = forward(call)
    stored = version_of(bucket, call.key) if answer.status == HTTPStatus.OK else None
    if stored is None or upload is None:
        return answer
    return _with_headers(answer, _settled(stored, bucket, notes_on(upload).get(_NOTE)))


def read_object(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """moto's answer, if the object's own key is named; with the full name of a KMS key."""
    stored = version_of(bucket, call.key, call.query.get("versionId"))
    if stored is None:
        return forward(call)
    digest = notes_on(stored).get(_NOTE)
    if digest != call.header(_DIGEST):
        message = (
            "The object was stored using a form of Server Side Encryption. The correct parameters must be "
            "provided to retrieve the object."
        )
        return invalid(call, "InvalidRequest", message)
    answer = forward(call)
    return _with_headers(answer, stored) if answer.status < HTTPStatus.MULTIPLE_CHOICES else answer


def update(call: Call, _forward: Forward, bucket: FakeBucket) -> Answer:
    """The object under another KMS key, all else of it untouched."""
    stored = version_of(bucket, call.key, call.query.get("versionId"))
    if stored is None:
        return no_key(call)
    sent = read(call, "UpdateObjectEncryption")
    if isinstance(sent, Answer):
        return sent
    arn = sent.text_at("SSE-KMS/KMSKeyArn") or ""
    named = _ARN.fullmatch(arn)
    if named is None:
        return invalid(call, "InvalidRequest", "The request names no full ARN of a KMS key")
    if named["account"] != bucket.account_id:
        return access_denied(call, "The KMS key must be owned by the same account as the bucket")
    if stored.encryption not in _UPDATABLE:
        return invalid(call, "InvalidRequest", "Only objects under SSE-S3 or SSE-KMS can be updated")
    if stored.is_locked(governance_bypass=False):
        return access_denied(call, "The object is protected by S3 Object Lock")
    stored.encryption, stored.kms_key_id = "aws:kms", arn
    stored.bucket_key_enabled = sent.text_at("SSE-KMS/BucketKeyEnabled") == "true"
    return DONE


def make_unencrypted(stored: FakeKey) -> None:
    """Let an object be as one from before January 2023 may be: not encrypted at all."""
    notes_on(stored).pop(_NOTE, None)
    stored.encryption = stored.kms_key_id = stored.bucket_key_enabled = None


def _encrypt_by_default(stored: FakeKey, bucket: FakeBucket) -> None:
    default = ((bucket.encryption or {}).get("Rule") or {}).get("ApplyServerSideEncryptionByDefault") or {}
    stored.encryption = default.get("SSEAlgorithm", "AES256")
    stored.kms_key_id = default.get("KMSMasterKeyID")
    stored.bucket_key_enabled = ((bucket.encryption or {}).get("Rule") or {}).get("BucketKeyEnabled")


def _is_blocked(call: Call, bucket: FakeBucket) -> bool:
    return call.header(_ALGORITHM) is not None and blocks_customer_keys(bucket)


def _blocked(call: Call) -> Answer:
    return access_denied(call, "Access Denied: this bucket blocks SSE-C")


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
    Mending(in_bucket(write), "object", "PUT", ""),
    Mending(in_bucket(begin_upload), "object", "POST", "uploads"),
    Mending(in_bucket(complete_upload), "object", "POST", ""),
    Mending(in_bucket(read_object), "object", "GET", ""),
    Mending(in_bucket(read_object), "object", "HEAD", ""),
    Mending(in_bucket(update), "object", "PUT", "encryption"),
)
