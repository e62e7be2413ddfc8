"""What is there at this moment of one thing in a bucket, as far as it is changed, kept or gone by?"""

from datetime import datetime
from typing import Final

from audits.fixing_calls import goes_in_place
from audits.fixing_things import (
    CONTENT,
    GRANTS,
    KEPT,
    LARGEST_COPY,
    LEGAL_HOLD,
    LOCK,
    MARKER,
    NULL,
    STANDARD,
    TAGS,
    THERE,
    Ground,
    State,
    Thing,
)
from bucketwright.calls import Answer, Failure, Send
from bucketwright.facets.grants import OWNER, answered_grants
from bucketwright.facets.reading import Read, reason_of
from bucketwright.facets.said import Said
from bucketwright.looking import object_reads
from bucketwright.posture import Undetermined

_TOLD: Final = (
    "ETag", "LastModified", "ContentLength", "VersionId", "TagCount", "ReplicationStatus", "Restore",
    "ArchiveStatus", "MissingMeta", "ExpiresString",
)  # fmt: skip
"""What a HEAD tells besides that a fix goes by."""
_CHECKSUM: Final = "Checksum"
_CHECKSUM_TYPE: Final = "ChecksumType"
_ANNOTATIONS: Final = Read("s3", "ListObjectAnnotations", "s3:ListObjectAnnotations")
_UPLOAD: Final = Read("s3", "ListParts", "s3:ListMultipartUploadParts")
_VERSION: Final = Read("s3", "HeadObject", "s3:GetObjectVersion")
_NO_LOCK: Final = frozenset({"InvalidRequest", "NoSuchObjectLockConfiguration"})
"""The bucket has no locks at all, or the object has none."""


class UnseenError(Exception):
    """It cannot be read: why, for people."""


class GoneError(Exception):
    """It is not there any more."""


def seen(thing: Thing, wanted: State, ground: Ground, send: Send) -> State:
    """What is there of what is to change, and beside it all that a change has to keep."""
    try:
        return _there(thing, send) if THERE in wanted else _seen(thing, wanted, ground, send)
    except Undetermined as reason:
        raise UnseenError(f"an answer makes no sense: {reason}") from None


def content_of(thing: Thing, send: Send) -> str:
    """What tells the content that lies there from another; empty where the server does not."""
    return str(_headed(thing, send).get(CONTENT, ""))


def _seen(thing: Thing, wanted: State, ground: Ground, send: Send) -> State:
    found: dict[str, object] = {}
    if not wanted.keys() <= {TAGS, GRANTS}:
        found |= _headed(thing, send)
        found |= _locks(thing, found, send) if ground.has_locks else {}
        found = _holding(found, ground.now)
        if not thing.version and not goes_in_place(found, wanted, ground):
            found |= _beside(thing, found, ground, send)
    if TAGS in wanted and TAGS not in found:
        found |= _tags(thing, send)
    if GRANTS in wanted and GRANTS not in found:
        found |= _grants(thing, ground, send)
    return found


def _there(thing: Thing, send: Send) -> State:
    """Whether something is, and what: under the version `null` another thing may lie by now.

    A HEAD of a delete marker is answered with 405.
    """
    read = _UPLOAD if thing.upload else _VERSION
    match send(thing.call(read.operation, **({"MaxParts": 1} if thing.upload else {}))):
        case Failure(kind="gone") | Failure(code="404" | "NoSuchUpload" | "NoSuchVersion" | "NoSuchKey"):
            return {THERE: False}
        case Failure(code="405" | "MethodNotAllowed"):
            return {THERE: True, CONTENT: MARKER}
        case Answer(said):
            content = said.get(CONTENT)
            return {THERE: True, **({CONTENT: content} if isinstance(content, str) else {})}
        case Failure() as failure:
            raise UnseenError(reason_of(failure, read))


def _headed(thing: Thing, send: Send) -> dict[str, object]:
    read = object_reads.HEAD
    match send(thing.call(read.operation, ChecksumMode="ENABLED")):
        case Failure(kind="gone"):
            raise GoneError
        case Failure(code="400" | "BadRequest" | "InvalidRequest"):
            raise UnseenError("a HEAD is answered with 400, as where only its uploader has the key")
        case Failure() as failure:
            raise UnseenError(f"what S3 keeps beside it cannot be read: {reason_of(failure, read)}")
        case Answer(said):
            found = {name: said[name] for name in (*KEPT, *_TOLD) if said.get(name) is not None}
            found |= {
                "Metadata": said.get("Metadata") or {},
                "BucketKeyEnabled": bool(said.get("BucketKeyEnabled")),
            }
            found["StorageClass"] = said.get("StorageClass") or STANDARD
            return {**found, **_checksum(said)}


def _checksum(said: State) -> State:
    """Its algorithm; its value, too, where that is of the whole content."""
    for name, value in said.items():
        algorithm = name.removeprefix(_CHECKSUM)
        if name.startswith(_CHECKSUM) and name != _CHECKSUM_TYPE and isinstance(value, str):
            whole = said.get(_CHECKSUM_TYPE) != "COMPOSITE" and "-" not in value
            return {"ChecksumAlgorithm": algorithm, **({_CHECKSUM: value} if whole else {})}
    return {}


def _locks(thing: Thing, found: State, send: Send) -> dict[str, object]:
    """A HEAD shows an object's lock only to those who may read it, and does not say so."""
    told: dict[str, object] = {}
    if LOCK[0] not in found:
        said = _lock_of(thing, object_reads.RETENTION, send).part("Retention") or Said({}, _nothing)
        told |= {LOCK[0]: said.text("Mode"), LOCK[1]: said.text("RetainUntilDate")}
    if LEGAL_HOLD not in found:
        told[LEGAL_HOLD] = _lock_of(thing, object_reads.LEGAL_HOLD, send).inside("LegalHold").text("Status")
    return {name: value for name, value in told.items() if value}


def _lock_of(thing: Thing, read: Read, send: Send) -> Said:
    match send(thing.call(read.operation)):
        case Answer(values):
            return Said(values, _nothing)
        case Failure(kind="unsupported"):
            return Said({}, _nothing)
        case Failure(code=code) if code in _NO_LOCK:
            return Said({}, _nothing)
        case Failure() as failure:
            raise UnseenError(f"whether it is locked cannot be read: {reason_of(failure, read)}")


def _holding(found: dict[str, object], now: datetime) -> dict[str, object]:
    """A lock that is over, and a hold that was lifted, are none."""
    until = found.get(LOCK[1])
    is_over = isinstance(until, str) and datetime.fromisoformat(until) <= now
    without = {*(LOCK if is_over else ()), *((LEGAL_HOLD,) if found.get(LEGAL_HOLD) == "OFF" else ())}
    return {name: value for name, value in found.items() if name not in without}


def _beside(thing: Thing, found: State, ground: Ground, send: Send) -> dict[str, object]:
    """What a HEAD does not tell, and a copy has to be told, or would replace."""
    told: dict[str, object] = {}
    if ground.has_acls:
        told |= _grants(thing, ground, send)
    size = found.get("ContentLength")
    if isinstance(size, int) and size > LARGEST_COPY:
        told |= _tags(thing, send)
        told |= _annotations(thing, send) if ground.on_aws else {}
    if ground.versions not in {"Enabled", "Disabled"} and found.get("VersionId", NULL) != NULL:
        told["OtherNull"] = _other_null(thing, send)
    return told


def _tags(thing: Thing, send: Send) -> dict[str, object]:
    match send(thing.call("GetObjectTagging")):
        case Answer(values):
            several = Said(values, _nothing).parts("TagSet")
            return {TAGS: {one.needed("Key", one.text("Key")): one.text("Value") or "" for one in several}}
        case Failure(kind="gone"):
            raise GoneError
        case Failure() as failure:
            raise UnseenError(f"its tags cannot be read: {reason_of(failure, object_reads.TAGGING)}")


def _grants(thing: Thing, ground: Ground, send: Send) -> dict[str, object]:
    """To whom its ACL gives what; nothing where the server has no ACLs."""
    match send(thing.call("GetObjectAcl")):
        case Answer(values):
            return _granted(Said(values, _nothing), ground)
        case Failure(kind="unsupported"):
            return {}
        case Failure(kind="gone"):
            raise GoneError
        case Failure() as failure:
            raise UnseenError(f"its ACL cannot be read: {reason_of(failure, object_reads.ACL)}")


def _granted(said: Said, ground: Ground) -> dict[str, object]:
    if not ground.owner:
        raise UnseenError("whose the bucket is is not known, and its ACL names the owner")
    owner = said.inside("Owner").text("ID")
    whose = OWNER if owner == ground.owner else f"id:{owner}"
    grants = sorted([one.grantee, one.permission] for one in answered_grants(said, ground.owner))
    return {GRANTS: grants, "Owner": whose}


def _annotations(thing: Thing, send: Send) -> dict[str, object]:
    """Copies in parts leave them behind."""
    match send(thing.call("ListObjectAnnotations", MaxAnnotationResults=1)):
        case Answer(values):
            return {"Annotations": len(Said(values, _nothing).parts("Annotations"))}
        case Failure(kind="unsupported"):
            return {}
        case Failure() as failure:
            raise UnseenError(
                f"whether it has annotations cannot be read: {reason_of(failure, _ANNOTATIONS)}"
            )


def _other_null(thing: Thing, send: Send) -> bool:
    """Whether an older version lies there that the next copy would take the place of."""
    match send(thing.call("HeadObject", VersionId=NULL)):
        case Answer() | Failure(code="405" | "MethodNotAllowed"):
            return True
        case Failure(kind="gone") | Failure(code="404" | "NoSuchVersion"):
            return False
        case Failure() as failure:
            raise UnseenError(f"its version without a name cannot be read: {reason_of(failure, _VERSION)}")


def _nothing(*_: object) -> None:
    """No reference in these answers is one to a thing of ours."""
