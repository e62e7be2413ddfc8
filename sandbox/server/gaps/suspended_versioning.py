"""Buckets whose versioning is suspended, or was never on: what is put is the version `null`, others stay."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Final

from moto.s3.models import FakeBucket, FakeDeleteMarker, FakeKey

from sandbox.server.bucket_calls import BucketMend, in_bucket
from sandbox.server.calls import Answer, Call, Level
from sandbox.server.documents import GONE, read, shown
from sandbox.server.elements import Element, element
from sandbox.server.held import spared, version_of
from sandbox.server.mending import Forward, Gap, Mending

GAPS: Final = (
    Gap(
        "suspended-heads",
        "answers 400 to a HEAD of a version, also of `null` where versioning was never on",
        "answers what is true of that version",
    ),
    Gap(
        "suspended-puts",
        "lets a new object take the place of all versions of its key",
        "lets it take the place of the version `null` alone",
    ),
    Gap(
        "suspended-deletions",
        "deletes all versions of a key, whether one is named or none",
        "deletes the one that is named; where none is, `null` alone, for which it leaves a delete marker; "
        "also of many objects at once",
    ),
)
_NULL: Final = "null"
_SUSPENDED: Final[frozenset[str | None]] = frozenset({"Suspended"})
_NOT_ON: Final = _SUSPENDED | {None}
_VERSION: Final = "x-amz-version-id"
Version = FakeKey | FakeDeleteMarker


def head(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """moto's answer, but of a version what is true of it."""
    name = call.query.get("versionId")
    if name is None:
        return forward(call)
    stored = version_of(bucket, call.key, name)
    if stored is None:
        is_marker = any(one.version_id == name for one in bucket.keys.getlist(call.key) or ())
        return Answer(HTTPStatus.METHOD_NOT_ALLOWED if is_marker else HTTPStatus.NOT_FOUND)
    named = {_VERSION: name} if bucket.versioning_status else {}
    told = {**stored.metadata, **stored.response_dict, "accept-ranges": "bytes", **named}
    return Answer(HTTPStatus.OK, tuple((key, str(value)) for key, value in told.items()))


def write(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """moto's answer, and the older versions still there."""
    before = tuple(bucket.keys.getlist(call.key) or ())
    with spared(_named(before)):
        answer = forward(call)
    stored = version_of(bucket, call.key)
    if stored is not None and stored not in before:
        _hold(bucket, call.key, (*_named(before), stored))
    return answer


def delete(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """One version gone for good, or the marker that nothing is there any more."""
    if "uploadId" in call.query:
        return forward(call)
    name = call.query.get("versionId")
    answer = GONE.with_headers(x_amz_version_id=name or _NULL)
    is_marker = _delete(bucket, call.key, name)
    return answer.with_headers(x_amz_delete_marker="true") if is_marker else answer


def delete_many(call: Call, _forward: Forward, bucket: FakeBucket) -> Answer:
    """The same of each."""
    sent = read(call, "DeleteObjects")
    if isinstance(sent, Answer):
        return sent
    gone = [_deleted(one, bucket) for one in sent.all("Object")]
    return shown(element("DeleteResult", *(() if sent.text_at("Quiet") == "true" else gone)))


def _deleted(one: Element, bucket: FakeBucket) -> Element:
    name = one.text_at("VersionId") or None
    told = [*one.children]
    if _delete(bucket, one.text_at("Key") or "", name):
        told += [element("DeleteMarker", "true"), element("DeleteMarkerVersionId", name or _NULL)]
    return element("Deleted", *told)


def _delete(bucket: FakeBucket, key: str, name: str | None) -> bool:
    """Take one version away, or put a marker over those that are there; whether a marker came or went."""
    before = tuple(bucket.keys.getlist(key) or ())
    if name is None:
        marker = FakeDeleteMarker(FakeKey(key, b"", bucket.account_id, bucket.region_name))
        vars(marker)["_version_id"] = _NULL
        _hold(bucket, key, (*_named(before), marker))
        return True
    _hold(bucket, key, [one for one in before if one.version_id != name])
    return any(isinstance(one, FakeDeleteMarker) for one in before if one.version_id == name)


def _named(versions: Iterable[Version]) -> tuple[Version, ...]:
    return tuple(one for one in versions if one.version_id != _NULL)


def _hold(bucket: FakeBucket, key: str, versions: Iterable[Version]) -> None:
    """The versions of a key, the oldest first; of none the key is gone."""
    held = list(versions)
    if held or key in bucket.keys:
        bucket.keys.setlist(key, held)
    if not held and key in bucket.keys:
        bucket.keys.pop(key)


def _while(
    states: frozenset[str | None],
    method: str,
    mend: BucketMend,
    level: Level = "object",
    subresource: str = "",
) -> Mending:
    def asked(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
        return mend(call, forward, bucket) if bucket.versioning_status in states else forward(call)

    return Mending(in_bucket(asked), level, method, subresource, stands="innermost")


MENDINGS: Final = (
    _while(_NOT_ON, "HEAD", head),
    _while(_SUSPENDED, "PUT", write),
    _while(_SUSPENDED, "POST", write),
    _while(_SUSPENDED, "DELETE", delete),
    _while(_SUSPENDED, "POST", delete_many, "bucket", "delete"),
)
