"""From which answer is each fact of an object learned, and which calls does a rule need therefore?"""

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from bucketwright.objects.postures import DeleteMarkerPosture, ObjectPosture, UploadPosture

Source = Literal[
    "endpoint", "list", "list-versions", "uploads", "parts", "head", "acl", "tagging", "earlier-audits"
]
_LISTED: Final = ("list", "list-versions")
SOURCES: Final[Mapping[str, Mapping[str, tuple[Source, ...]]]] = {
    ObjectPosture.kind: {
        "on_aws": ("endpoint",),
        "bucket": _LISTED,
        "checksum_algorithms": _LISTED,
        "etag": _LISTED,
        "is_latest": _LISTED,
        "is_newest": _LISTED,
        "key": _LISTED,
        "modified": _LISTED,
        "size": _LISTED,
        "storage_class": _LISTED,
        "owner": (*_LISTED, "acl"),
        "restoring": (*_LISTED, "head"),
        "newer_noncurrent": ("list-versions",),
        "noncurrent_since": ("list-versions",),
        "version_id": ("list-versions", "head"),
        "bucket_key": ("head",),
        "cache_control": ("head",),
        "content_disposition": ("head",),
        "content_encoding": ("head",),
        "content_type": ("head",),
        "customer_key": ("head",),
        "encryption": ("head",),
        "encryption_key": ("head",),
        "legal_hold": ("head",),
        "lock_mode": ("head",),
        "replication_status": ("head",),
        "retain_until": ("head",),
        "website_redirect": ("head",),
        "acl": ("acl",),
        "tags": ("tagging",),
        "restoring_since": ("earlier-audits",),
    },
    UploadPosture.kind: {
        "bucket": ("uploads",),
        "initiated": ("uploads",),
        "initiator": ("uploads",),
        "key": ("uploads",),
        "upload_id": ("uploads",),
        "size": ("parts",),
    },
    DeleteMarkerPosture.kind: {
        "bucket": ("list-versions",),
        "is_latest": ("list-versions",),
        "key": ("list-versions",),
        "modified": ("list-versions",),
        "version_id": ("list-versions",),
        "versions": ("list-versions",),
    },
}
"""By kind and fact, the answers that hold it: any of them will do, the cheapest stands first.

`list` shows only what is latest, and names the owner and a restore only where it is asked to. A HEAD that
fails with 400 alone tells of `customer_key`, one without a count of tags that there are none.
"""


def calls_for(kind: str, facts: Iterable[str], at_hand: Iterable[Source]) -> frozenset[Source]:
    """What has to be asked besides for these facts, where some answers are there already."""
    known = {"endpoint", *at_hand}
    sources = (SOURCES[kind][fact] for fact in facts)
    return frozenset(several[0] for several in sources if known.isdisjoint(several))
