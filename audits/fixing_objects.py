"""Which calls make one object, upload or delete marker as a rule's fix wants it?

What S3 keeps beside the bytes is changed by copying the object onto itself: it gets a new age and, where
there are versions, a new version. A copy of anything but the object that was looked at is refused.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, cast

from audits import object_facts as facts_of
from audits.fixing import Step
from audits.object_facts import Home
from bucketwright.calls import Answer, Call, Failure, Outcome, Send
from bucketwright.facets.bucket.acl import FRESH, OWNER, Acl, spelled_out
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.reading import Read, reason_of
from bucketwright.facets.references import is_address
from bucketwright.facets.writing import Unsettable, Write
from bucketwright.looking import object_reads
from bucketwright.objects.postures import DeleteMarkerPosture, KeyedPosture, ObjectPosture, UploadPosture
from bucketwright.posture import Unknown
from bucketwright.rules.rule import PRESENCE, Change

LARGEST_COPY: Final = 5 * 2**30
_KEPT: Final = (
    "CacheControl", "ContentDisposition", "ContentEncoding", "ContentLanguage", "ContentType", "Metadata",
    "StorageClass", "WebsiteRedirectLocation", "ServerSideEncryption", "SSEKMSKeyId", "BucketKeyEnabled",
    "ObjectLockMode", "ObjectLockRetainUntilDate", "ObjectLockLegalHoldStatus",
)  # fmt: skip
"""What a HEAD tells that a copy has to be told, or it is lost."""
_PARAMS: Final[Mapping[str, str]] = {
    "bucket_key": "BucketKeyEnabled",
    "content_type": "ContentType",
    "encryption": "ServerSideEncryption",
    "encryption_key": "SSEKMSKeyId",
    "storage_class": "StorageClass",
    "website_redirect": "WebsiteRedirectLocation",
}
_CONTENT: Final = "ETag"
"""Tells one content from another, until it lies under another key."""
_ENCRYPTING: Final = frozenset({"ServerSideEncryption", "SSEKMSKeyId", "BucketKeyEnabled"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where an object lies, and what has to be known to change it there."""

    home: Home
    encryption: object
    """The default of its bucket, where that is known."""
    arn: Callable[[str], str]
    """Of a key's address."""
    read: Send


@dataclass(frozen=True, slots=True)
class _Object:
    """One version of one object, and what a HEAD says of it."""

    posture: KeyedPosture
    place: Place
    head: Mapping[str, object]

    @property
    def named(self) -> Mapping[str, object]:
        return named(self.posture, self.place.home)


def object_step(posture: KeyedPosture, made: Change, place: Place, rule: str, risk: str) -> Step:
    """The calls; Unsettable where none would do."""
    if made.fact == PRESENCE:
        return removal(posture, place, rule, risk)
    one = _Object(posture, place, _headed(posture, place))
    whatever = {name: value for name, value in one.head.items() if name != _CONTENT}
    return Step(
        posture.address,
        made.fact,
        place.home.target,
        made.before,
        made.after,
        writes=_writes(one, made.fact, made.after),
        undo=_writes(replace(one, head=whatever), made.fact, made.before),
        ends=(rule,),
        look=partial(_fact_now, posture, made.fact, place),
        risk=risk,
    )


def is_old(posture: KeyedPosture) -> bool:
    """Whether something newer took its place: S3 changes no such version."""
    return isinstance(posture, ObjectPosture) and posture.told("is_latest") is False


def named(posture: KeyedPosture, home: Home) -> Mapping[str, object]:
    """How calls name a version: the current one by its key alone."""
    told = {"Bucket": home.target.handles["Bucket"], "Key": posture.told("key")}
    version = posture.told("version_id")
    is_old = posture.told("is_latest") is False
    return {**told, "VersionId": version} if is_old and isinstance(version, str) else told


def removal(posture: KeyedPosture, place: Place, rule: str, risk: str) -> Step:
    """That it goes away for good."""
    home = place.home
    told = {"Bucket": home.target.handles["Bucket"], "Key": posture.told("key")}
    if isinstance(posture, UploadPosture):
        params = {**told, "UploadId": posture.told("upload_id")}
        write = _write(home, "AbortMultipartUpload", "s3:AbortMultipartUpload", params)
        look = Read("s3", "ListParts", "s3:ListMultipartUploadParts")
        why = "an upload that was aborted cannot be taken up again"
    else:
        params = {**told, "VersionId": posture.told("version_id")}
        write = _write(home, "DeleteObject", "s3:DeleteObjectVersion", params)
        look = Read("s3", "HeadObject", "s3:GetObjectVersion")
        is_marker = isinstance(posture, DeleteMarkerPosture)
        why = "nothing makes the same delete marker again" if is_marker else "a version that is gone is gone"
    return Step(
        posture.address,
        PRESENCE,
        home.target,
        before=True,
        after=False,
        writes=(write,),
        undo=(),
        ends=(rule,),
        look=partial(
            _is_there, look, Call("s3", look.operation, params, home.target.region, home.target.signer)
        ),
        risk=risk,
        irrevocable=why,
    )


def _is_there(read: Read, call: Call, send: Send) -> object:
    """A HEAD of a delete marker is answered with 405."""
    match send(call):
        case Failure(kind="gone") | Failure(code=("404" | "NoSuchUpload" | "NoSuchVersion" | "NoSuchKey")):
            return False
        case Answer() | Failure(code=("405" | "MethodNotAllowed")):
            return True
        case Failure() as failure:
            return Unknown(reason_of(failure, read))


def _headed(posture: KeyedPosture, place: Place) -> Mapping[str, object]:
    match place.read(_call(place.home, object_reads.HEAD, named(posture, place.home))):
        case Answer(values):
            return values
        case Failure() as failure:
            raise Unsettable(
                f"what S3 keeps beside it cannot be read: {reason_of(failure, object_reads.HEAD)}"
            )


def _writes(one: _Object, fact: str, value: object) -> tuple[Write, ...]:
    if fact == "tags":
        pairs = [{"Key": name, "Value": text} for name, text in cast("Mapping[str, str]", value).items()]
        params = {**one.named, "Tagging": {"TagSet": pairs}}
        return (_write(one.place.home, "PutObjectTagging", "s3:PutObjectTagging", params),)
    if fact == "acl":
        return (_acl(one, cast("Acl", value)),)
    return _copied(one, {_PARAMS[fact]: value})


def _acl(one: _Object, value: Acl) -> Write:
    owner = one.posture.told("owner")
    user = one.place.home.owner if owner == OWNER else str(owner).removeprefix("id:")
    if user is None or isinstance(owner, Unknown):
        raise Unsettable("its ACL names its owner, who is not known")
    params = {**one.named, "AccessControlPolicy": spelled_out(value, user)}
    return _write(one.place.home, "PutObjectAcl", "s3:PutObjectAcl", params)


def _copied(one: _Object, changed: Mapping[str, object]) -> tuple[Write, ...]:
    """The object copied onto itself, with all that it had but for what is to change."""
    size = one.head.get("ContentLength")
    if "VersionId" in one.named:
        raise Unsettable("it is an older version, and S3 changes none of those")
    if not isinstance(size, int) or size > LARGEST_COPY:
        raise Unsettable("one call copies 5 GiB at most: let S3 Batch Operations or the client copy it")
    kept = {name: one.head[name] for name in _KEPT if name in one.head}
    params = _encrypted(one, {**kept, **changed})
    source = {"Bucket": one.named["Bucket"], "Key": one.named["Key"]}
    copy = {
        **one.named,
        "CopySource": source,
        "CopySourceIfMatch": one.head.get(_CONTENT),
        "MetadataDirective": "REPLACE",
        "TaggingDirective": "COPY",
        **params,
    }
    home, grants = one.place.home, one.posture.told("acl")
    made = _write(home, "CopyObject", "s3:PutObject", {name: value for name, value in copy.items() if value})
    if isinstance(grants, frozenset) and grants != FRESH:
        return made, _acl(one, grants)
    return (made,)


def _encrypted(one: _Object, params: Mapping[str, object]) -> Mapping[str, object]:
    """As the bucket encrypts by default is not said: its policy may refuse whoever names a key.

    Under KMS without a key S3 would take AWS's own; the bucket's is meant.
    """
    algorithm, default = params.get("ServerSideEncryption"), one.place.encryption
    other = {name: value for name, value in params.items() if name not in _ENCRYPTING}
    meant = default if isinstance(default, Encryption) and default.algorithm == algorithm else None
    if meant is not None and _key_of(one, params) in (None, _arn(one, meant.key)):
        return other
    if not str(algorithm).startswith("aws:kms"):
        return {**other, "ServerSideEncryption": algorithm}
    return {**params, "SSEKMSKeyId": _key_of(one, params)}


def _key_of(one: _Object, params: Mapping[str, object]) -> str | None:
    found = params.get("SSEKMSKeyId")
    return _arn(one, found if isinstance(found, str) else None)


def _arn(one: _Object, key: str | None) -> str | None:
    return one.place.arn(key) if key and is_address(key) else key


def _fact_now(posture: KeyedPosture, fact: str, place: Place, send: Send) -> object:
    """The fact as it is read at this moment."""
    home = place.home
    if fact == "tags":
        return facts_of.tags(send(_call(home, object_reads.TAGGING, named(posture, home))), home)
    if fact == "acl":
        return facts_of.acl(send(_call(home, object_reads.ACL, named(posture, home))), home)
    outcome: Outcome = send(_call(home, object_reads.HEAD, named(posture, home)))
    if fact == "storage_class" and isinstance(outcome, Answer):
        return outcome.values.get("StorageClass") or "STANDARD"
    return facts_of.headed(outcome, home)[fact]


def _call(home: Home, read: Read, params: Mapping[str, object]) -> Call:
    return Call(read.service, read.operation, params, home.target.region, home.target.signer)


def _write(home: Home, operation: str, permission: str, params: Mapping[str, object]) -> Write:
    return Write(Call("s3", operation, params, home.target.region, home.target.signer), permission)
