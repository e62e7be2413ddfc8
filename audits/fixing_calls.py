"""By which calls does what is there of an object become what is wanted, and all else of it stay?

What S3 keeps beside the bytes is changed by copying the object onto itself: it gets a new age and, where
there are versions, a new version. A copy of anything but the content that was looked at is refused by S3.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from audits.fixing_losses import losses, needs_parts
from audits.fixing_things import (
    CONTENT,
    ENCRYPTING,
    GRANTS,
    KEPT,
    LEGAL_HOLD,
    LOCK,
    STANDARD,
    TAGS,
    THERE,
    Ground,
    State,
    Thing,
)
from bucketwright.facets.bucket.acl import FRESH
from bucketwright.facets.grants import (
    OWNER,
    Acl,
    Grant,
    spelled_out,
)
from bucketwright.facets.writing import Unsettable, Write

_ALGORITHM, _KEY, _BUCKET_KEY = ENCRYPTING
_KMS: Final = "aws:kms"
_RECRYPTED: Final = frozenset({"AES256", _KMS})
"""Encryptions that S3 replaces by that of a KMS key without a copy."""
_ARN: Final = "arn:"
_HEADERS: Final[Mapping[str, str]] = {
    "FULL_CONTROL": "GrantFullControl",
    "READ": "GrantRead",
    "READ_ACP": "GrantReadACP",
    "WRITE_ACP": "GrantWriteACP",
}


def writes(thing: Thing, now: State, wanted: State, ground: Ground) -> tuple[Write, ...]:
    """The calls in their order; Unsettable where none would do, or one would lose something."""
    if THERE in wanted:
        return (_removed(thing, wanted),)
    is_beside = wanted.keys() <= {TAGS, GRANTS}
    if not is_beside and not goes_in_place(now, wanted, ground):
        return (_copied(thing, now, wanted, ground),)
    found = [] if is_beside else [_recrypted(thing, now, wanted)]
    if TAGS in wanted:
        found.append(thing.write("PutObjectTagging", {"Tagging": {"TagSet": _tag_set(wanted[TAGS])}}))
    if GRANTS in wanted:
        found.append(_acl(thing, now, wanted, ground))
    return tuple(found)


def goes_in_place(now: State, wanted: State, ground: Ground) -> bool:
    """Whether only the encryption is to change, in a way that takes no copy."""
    then = {**now, **wanted}
    is_locked = LOCK[0] in now or LEGAL_HOLD in now
    if not ground.in_place or is_locked or not wanted.keys() - {TAGS, GRANTS} <= set(ENCRYPTING):
        return False
    is_named = str(then.get(_KEY)).startswith(_ARN)
    return now.get(_ALGORITHM) in _RECRYPTED and then[_ALGORITHM] == _KMS and is_named


def _recrypted(thing: Thing, now: State, wanted: State) -> Write:
    then = {**now, **wanted}
    kms = {"KMSKeyArn": then[_KEY], "BucketKeyEnabled": bool(then.get(_BUCKET_KEY))}
    return thing.write("UpdateObjectEncryption", {"ObjectEncryption": {"SSEKMS": kms}})


def _removed(thing: Thing, wanted: State) -> Write:
    if wanted[THERE]:
        raise Unsettable("what is gone is gone")
    return thing.write("AbortMultipartUpload" if thing.upload else "DeleteObject")


def _acl(thing: Thing, now: State, wanted: State, ground: Ground) -> Write:
    whose = str(now.get("Owner", OWNER))
    owner = ground.owner if whose == OWNER else whose.removeprefix("id:")
    return thing.write("PutObjectAcl", {"AccessControlPolicy": spelled_out(_acl_of(wanted[GRANTS]), owner)})


def _copied(thing: Thing, now: State, wanted: State, ground: Ground) -> Write:
    """The object copied onto itself, with all that it had but for what is to change."""
    if thing.version:
        raise Unsettable("it is an older version, and S3 makes a copy the current one")
    if reasons := [*losses(now, ground)]:
        raise Unsettable("; ".join(dict.fromkeys(reasons)))
    then = {**now, **wanted}
    kept = {name: then.get(name) for name in KEPT if name not in ENCRYPTING}
    if kept["StorageClass"] == STANDARD:
        del kept["StorageClass"]  # as which a copy comes that is told nothing
    params = {
        "CopySource": {"Bucket": thing.bucket, "Key": thing.key},
        "CopySourceIfMatch": now[CONTENT],
        "IfMatch": now[CONTENT] if ground.on_aws else None,
        "MetadataDirective": "REPLACE",
        **kept,
        **_encrypted(now, wanted, ground),
        **_tagged(now, wanted),
        **_granted(then.get(GRANTS), ground),
        "ChecksumAlgorithm": now.get("ChecksumAlgorithm"),
    }
    return thing.write(
        "CopyObject", {name: value for name, value in params.items() if value not in (None, {})}
    )


def _encrypted(now: State, wanted: State, ground: Ground) -> State:
    """As the bucket encrypts by default is not said: its policy may refuse whoever names a key.

    Under KMS without a key S3 takes AWS's own.
    """
    then = {name: wanted.get(name, now.get(name)) for name in ENCRYPTING}
    if then == {**dict.fromkeys(ENCRYPTING), **ground.default}:
        return {}
    if not str(then[_ALGORITHM]).startswith(_KMS):
        return {_ALGORITHM: then[_ALGORITHM]}
    return then if then[_ALGORITHM] == _KMS else {**then, _BUCKET_KEY: None}


def _tagged(now: State, wanted: State) -> State:
    """Copies in parts take over no tags."""
    if TAGS not in wanted and not needs_parts(now):
        return {"TaggingDirective": "COPY"}
    tags = _tag_set(wanted.get(TAGS, now.get(TAGS)))
    pairs = (f"{quote(one['Key'], safe='')}={quote(one['Value'], safe='')}" for one in tags)
    return {"TaggingDirective": "REPLACE", "Tagging": "&".join(pairs) or None}


def _granted(grants: object, ground: Ground) -> State:
    """In the copy itself, so that at no moment it has another ACL; the owner's alone is any copy's."""
    acl = _acl_of(grants)
    if not acl or acl == FRESH:
        return {}
    named: dict[str, list[str]] = {}
    for grantee, permission in sorted(acl):
        named.setdefault(_HEADERS[permission], []).append(_spelled(grantee, ground))
    return {header: ",".join(several) for header, several in named.items()}


def _spelled(grantee: str, ground: Ground) -> str:
    kind, _, user = grantee.partition(":")
    if grantee == OWNER:
        return f'id="{ground.owner}"'
    return {"id": f'id="{user}"', "email": f'emailAddress="{user}"'}.get(kind, f'uri="{grantee}"')


def _acl_of(grants: object) -> Acl:
    return frozenset(Grant(str(one[0]), str(one[1])) for one in grants) if isinstance(grants, list) else FRESH


def _tag_set(tags: object) -> list[dict[str, str]]:
    pairs = tags.items() if isinstance(tags, Mapping) else ()
    return [{"Key": str(name), "Value": str(text)} for name, text in pairs]
