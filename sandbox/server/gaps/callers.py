"""Who may call: what a bucket policy forbids, and what it allows other accounts and unsigned requests."""

from dataclasses import replace
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from moto.s3.models import FakeBucket

from sandbox.server.admission import Wish, may, owns
from sandbox.server.bucket_calls import in_bucket
from sandbox.server.calls import Answer, Call
from sandbox.server.documents import DONE, read, shown
from sandbox.server.elements import Element, document, element, parsed
from sandbox.server.held import bucket_named
from sandbox.server.mending import Forward, Gap, Mending
from sandbox.server.refusals import access_denied

GAPS: Final = (
    Gap(
        "policy-conditions",
        "applies a Deny for everyone whatever its conditions: a rule against plain HTTP locks out all",
        "applies each Deny to whom and when it is meant, for objects and lists; the sandbox counts as TLS",
    ),
    Gap(
        "other-accounts",
        "lets every account read and write every bucket",
        "lets them do what the bucket policy allows, and nothing where RestrictPublicBuckets cuts them off",
    ),
    Gap(
        "unsigned-requests",
        "lets anyone write, and read what the public access block cuts off",
        "lets them do what a public policy or ACL in force allows",
    ),
)
_ACTIONS: Final = {
    ("object", "GET", ""): "s3:GetObject",
    ("object", "HEAD", ""): "s3:GetObject",
    ("object", "PUT", ""): "s3:PutObject",
    ("object", "POST", ""): "s3:PutObject",
    ("object", "POST", "uploads"): "s3:PutObject",
    ("object", "DELETE", ""): "s3:DeleteObject",
    ("object", "GET", "acl"): "s3:GetObjectAcl",
    ("object", "PUT", "acl"): "s3:PutObjectAcl",
    ("object", "GET", "attributes"): "s3:GetObjectAttributes",
    ("object", "PUT", "encryption"): "s3:UpdateObjectEncryption",
    ("object", "GET", "legal-hold"): "s3:GetObjectLegalHold",
    ("object", "PUT", "legal-hold"): "s3:PutObjectLegalHold",
    ("object", "POST", "restore"): "s3:RestoreObject",
    ("object", "GET", "retention"): "s3:GetObjectRetention",
    ("object", "PUT", "retention"): "s3:PutObjectRetention",
    ("object", "GET", "tagging"): "s3:GetObjectTagging",
    ("object", "PUT", "tagging"): "s3:PutObjectTagging",
    ("object", "DELETE", "tagging"): "s3:DeleteObjectTagging",
    ("bucket", "GET", ""): "s3:ListBucket",
    ("bucket", "HEAD", ""): "s3:ListBucket",
    ("bucket", "GET", "uploads"): "s3:ListBucketMultipartUploads",
    ("bucket", "GET", "versions"): "s3:ListBucketVersions",
}
_OF_VERSIONS: Final = frozenset(
    {
        "s3:DeleteObject", "s3:DeleteObjectTagging", "s3:GetObject", "s3:GetObjectAcl",
        "s3:GetObjectAttributes", "s3:GetObjectTagging", "s3:PutObjectAcl", "s3:PutObjectTagging",
    }
)  # fmt: skip
_OF_UPLOADS: Final = {"GET": "s3:ListMultipartUploadParts", "DELETE": "s3:AbortMultipartUpload"}


def admit(call: Call, forward: Forward) -> Answer:
    """moto's answer, if the caller may have it."""
    bucket = bucket_named(call.bucket)
    if bucket is None or _is_for_all(call):
        return forward(call)
    wish = _wish(call, bucket)
    admitted = owns(call, bucket) if wish is None else may(call, wish)
    source = _source(call)
    if not admitted or (source is not None and not may(call, source)):
        return access_denied(call)
    return forward(call if call.access_key else _vouched_for(call))


def _is_for_all(call: Call) -> bool:
    """What the bucket's policy says nothing about: browsers' questions and forms, and making a bucket.

    Deletions of many objects are judged one by one.
    """
    places = {("PUT", ""), ("POST", ""), ("POST", "delete")}
    return call.method == "OPTIONS" or (call.level == "bucket" and (call.method, call.subresource) in places)


def _wish(call: Call, bucket: FakeBucket) -> Wish | None:
    """What is asked for; None for a setting, which is its owner's alone."""
    action = _ACTIONS.get((call.level, call.method, call.subresource))
    if "uploadId" in call.query:
        action = _OF_UPLOADS.get(call.method, action)
    version = call.query.get("versionId")
    if version and action in _OF_VERSIONS:
        action = action.replace("Object", "ObjectVersion")
    return Wish(action, bucket, call.key, version) if action else None


def _source(call: Call) -> Wish | None:
    """What a copy reads."""
    parts = urlsplit(call.header("x-amz-copy-source") or "")
    name, _, key = unquote(parts.path).removeprefix("/").partition("/")
    bucket = bucket_named(name) if key else None
    if bucket is None:
        return None
    version = parse_qs(parts.query).get("versionId", [None])[0]
    return Wish("s3:GetObjectVersion" if version else "s3:GetObject", bucket, key, version)


def _vouched_for(call: Call) -> Call:
    """An unsigned request with a signature, so that moto does not ask again by rules of its own."""
    scope = f"moto/20260101/{call.region}/{call.service}/aws4_request"
    signature = f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0"
    return replace(call, environ={**call.environ, "HTTP_AUTHORIZATION": signature})


def delete_many(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """moto's answer for the objects that the caller may delete, an error for each of the others."""
    sent = read(call, "DeleteObjects")
    if isinstance(sent, Answer):
        return sent
    refused = [one for one in sent.all("Object") if not may(call, _deletion(one, bucket))]
    if not refused:
        return forward(call)
    left = tuple(one for one in sent.children if one not in refused)
    answer = DONE
    if any(one.name == "Object" for one in left):
        answer = forward(call.with_body(document(replace(sent, children=left))))
    found = parsed(answer.body) if answer.body else element("DeleteResult")
    return shown(found.having(*map(_error, refused))) if answer.status == HTTPStatus.OK else answer


def _deletion(one: Element, bucket: FakeBucket) -> Wish:
    version = one.text_at("VersionId")
    action = "s3:DeleteObjectVersion" if version else "s3:DeleteObject"
    return Wish(action, bucket, one.text_at("Key") or "", version)


def _error(refused: Element) -> Element:
    reason = (element("Code", "AccessDenied"), element("Message", "Access Denied"))
    return element("Error", *refused.children, *reason)


MENDINGS: Final = (
    Mending(admit),
    Mending(in_bucket(delete_many), "bucket", "POST", "delete"),
)
