"""Versioning of a bucket, and MFA delete."""

from http import HTTPStatus
from typing import Final

from moto.s3.models import FakeBucket

from sandbox.server.bucket_calls import in_bucket, mends_setting
from sandbox.server.calls import Answer, Call
from sandbox.server.documents import DONE, kept_in, read, shown
from sandbox.server.elements import Element, element
from sandbox.server.held import documents_of
from sandbox.server.mending import Forward, Gap, Mending
from sandbox.server.refusals import access_denied, refusal

GAPS: Final = (
    Gap(
        "mfa-delete-kept",
        "drops MfaDelete",
        "keeps and returns it, and asks for x-amz-mfa where it is on or is to be turned on",
    ),
    Gap(
        "mfa-delete-and-lifecycle",
        "takes lifecycle rules beside MFA delete",
        "refuses whichever comes second with InvalidBucketState",
    ),
    Gap(
        "mfa-delete-of-versions",
        "deletes versions whether MFA delete is on or not",
        "refuses that with 403 AccessDenied where it is on and x-amz-mfa is missing",
    ),
    Gap(
        "versioning-needed",
        "suspends versioning under an object lock or a replication",
        "refuses with InvalidBucketState",
    ),
)
_MFA_DELETE: Final = ("versioning", "")
_LIFECYCLE: Final = (
    "Mfa Authentication is not supported on a bucket with lifecycle configuration. "
    "Delete lifecycle configuration before enabling Mfa Authentication."
)


def get_versioning(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """What moto says of the status, with MFA delete beside it."""
    answer = forward(call)
    kept = kept_in(bucket, "versioning")
    if kept is None or answer.status != HTTPStatus.OK:
        return answer
    parts = [element("Status", bucket.versioning_status)] if bucket.versioning_status else []
    return shown(element("VersioningConfiguration", *parts, kept))


def put_versioning(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """Keeps MFA delete; moto keeps the status."""
    sent = read(call, "PutBucketVersioning")
    if isinstance(sent, Answer):
        return sent
    refused = _refused(call, bucket, sent)
    if refused:
        return refused
    answer = forward(call) if sent.find("Status") else DONE
    mfa_delete = sent.find("MfaDelete")
    if mfa_delete and answer.status == HTTPStatus.OK:
        documents_of(bucket)[_MFA_DELETE] = mfa_delete
    return answer


def delete_version(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """moto's answer, if the second factor is there where a version's deletion needs it."""
    wants = "versionId" in call.query and "uploadId" not in call.query
    return _without_factor(call) if wants and _lacks_factor(call, bucket) else forward(call)


def delete_many(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """The same for many objects: if one of them is a version, all are refused."""
    sent = read(call, "DeleteObjects")
    if isinstance(sent, Answer):
        return sent
    wants = any(one.find("VersionId") for one in sent.all("Object"))
    return _without_factor(call) if wants and _lacks_factor(call, bucket) else forward(call)


def is_mfa_delete_on(bucket: FakeBucket) -> bool:
    """Whether deleting a version for good needs the root user's second factor."""
    kept = kept_in(bucket, "versioning")
    return kept is not None and kept.text == "Enabled"


def _refused(call: Call, bucket: FakeBucket, sent: Element) -> Answer | None:
    turned_on = sent.text_at("MfaDelete") == "Enabled"
    if (turned_on or is_mfa_delete_on(bucket)) and not call.header("x-amz-mfa"):
        return _without_factor(call)
    if turned_on and kept_in(bucket, "lifecycle"):
        return _in_wrong_state(call, _LIFECYCLE)
    holding = _holding(bucket) if sent.text_at("Status") == "Suspended" else None
    if holding:
        message = f"{holding} is present on this bucket, so the versioning state cannot be changed."
        return _in_wrong_state(call, message)
    return None


def _holding(bucket: FakeBucket) -> str | None:
    if bucket.object_lock_enabled:
        return "An Object Lock configuration"
    return "A replication configuration" if kept_in(bucket, "replication") else None


def _lacks_factor(call: Call, bucket: FakeBucket) -> bool:
    return is_mfa_delete_on(bucket) and not call.header("x-amz-mfa")


def _without_factor(call: Call) -> Answer:
    return access_denied(call, "Mfa Authentication must be used for this request")


def _in_wrong_state(call: Call, message: str) -> Answer:
    return refusal(call, HTTPStatus.CONFLICT, "InvalidBucketState", message)


MENDINGS: Final = (
    *mends_setting("versioning", GET=get_versioning, PUT=put_versioning),
    Mending(in_bucket(delete_many), "bucket", "POST", "delete"),
    Mending(in_bucket(delete_version), "object", "DELETE", ""),
)
