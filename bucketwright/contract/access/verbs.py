"""What a verb of a grant means in S3's actions, and which prefixes a grantee holds it on."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final, Literal

from bucketwright.contract.placement import Place
from bucketwright.contract.words import VERBS, Verb

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket
    from bucketwright.contract.roles import Access

ObjectVerb = Literal["read", "write", "delete"]
OBJECT_VERBS: Final[tuple[ObjectVerb, ...]] = ("read", "write", "delete")
LISTING_VERBS: Final[tuple[Verb, ...]] = ("read", "list")
LIST_ACTION: Final = "s3:ListBucket"
PUT_ACTION: Final = "s3:PutObject"
TAG_ACTION: Final = "s3:PutObjectTagging"
WHOLE_BUCKET: Final = "*"
KEY_ACTIONS: Final[Mapping[Verb, tuple[str, ...]]] = {
    "read": ("kms:Decrypt",),
    "list": (),
    "write": ("kms:Decrypt", "kms:GenerateDataKey"),
    "delete": (),
}
"""What a verb needs of the bucket's KMS key; S3 decrypts the parts of a multipart upload to join them."""


def actions(verb: ObjectVerb, bucket: "Bucket") -> tuple[str, ...]:
    """The object actions of a verb."""
    if verb == "read":
        versions = () if bucket.versioning == "disabled" else ("s3:GetObjectVersion",)
        return ("s3:GetObject", *versions)
    if verb == "write":
        return ("s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", PUT_ACTION)
    return ("s3:DeleteObject",)


def buckets_of(access: "Access") -> tuple[str, ...]:
    """The buckets a grantee has anything in, in the order they are named."""
    return tuple(dict.fromkeys(ref.partition("/")[0] for verb in VERBS for ref in access.refs(verb)))


def key_actions(access: "Access", bucket_id: str) -> tuple[str, ...]:
    """What a grantee needs of the bucket's KMS key."""
    needed = {action for verb in VERBS if held(access, verb, bucket_id) for action in KEY_ACTIONS[verb]}
    return tuple(sorted(needed))


def held(access: "Access", verb: Verb, bucket_id: str) -> frozenset[str]:
    """The ids of the prefixes of a bucket that a verb is granted on; `*` for the whole bucket."""
    pairs = (ref.partition("/") for ref in access.refs(verb))
    return frozenset(prefix for bucket, _, prefix in pairs if bucket == bucket_id)


def listed(access: "Access", bucket_id: str) -> frozenset[str]:
    """The ids of the prefixes whose keys may be listed: those that may be read or listed."""
    return frozenset().union(*(held(access, verb, bucket_id) for verb in LISTING_VERBS))


def among(own: Iterable[Place], ids: frozenset[str]) -> tuple[Place, ...]:
    """The places behind ids of prefixes; every one for `*`."""
    return tuple(place for place in own if ids & {place.prefix_id, WHOLE_BUCKET})
