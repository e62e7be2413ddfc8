"""What will be known of the objects that a plan itself puts into buckets?"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket import acl, tags
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.facet import Planned
from bucketwright.facets.said import Said
from bucketwright.facets.words import Algorithm
from bucketwright.objects.postures import ObjectPosture
from bucketwright.plan import UNKNOWN_INPUT, Resource
from bucketwright.posture import Posture, Undetermined, Unknown, Unset, or_unset, reference

OBJECTS: Final = frozenset({"aws:s3/bucketObject:BucketObject", "aws:s3/bucketObjectv2:BucketObjectv2"})
_ALGORITHMS: Final[tuple[Algorithm, ...]] = ("AES256", "aws:kms", "aws:kms:dsse")
_ELSEWHERE: Final = "?"
"""Stands in an address for a bucket that nobody knows."""
_NEW: Final[Mapping[str, object]] = {
    "acl": acl.FRESH,
    "cache_control": None,
    "content_disposition": None,
    "content_encoding": None,
    "content_type": "binary/octet-stream",
    "storage_class": "STANDARD",
    "tags": tags.FRESH,
    "website_redirect": None,
}
"""What S3 notes of an object whose upload says nothing of it."""
_READERS: Final[Mapping[str, Callable[[Planned], object]]] = {
    "acl": lambda planned: or_unset(planned.said.choice("acl", acl.CANNED)),
    "cache_control": lambda planned: or_unset(planned.said.text("cacheControl")),
    "content_disposition": lambda planned: or_unset(planned.said.text("contentDisposition")),
    "content_encoding": lambda planned: or_unset(planned.said.text("contentEncoding")),
    "content_type": lambda planned: or_unset(planned.said.text("contentType")),
    "storage_class": lambda planned: or_unset(planned.said.text("storageClass")),
    "tags": tags.from_plan,
    "website_redirect": lambda planned: or_unset(planned.said.text("websiteRedirect")),
}


def object_postures(
    several: Iterable[Planned], postures: Mapping[str, Posture]
) -> Iterator[tuple[ObjectPosture, Resource]]:
    """Each object, among the postures of what they lie in; no two get one address."""
    taken: set[str] = set()
    for planned in several:
        found = _posture(planned, postures)
        if found.address in taken:
            found = ObjectPosture(f"{found.address} {planned.resource.urn}", found.name, found.facts)
        taken.add(found.address)
        yield found, planned.resource


def _posture(planned: Planned, postures: Mapping[str, Posture]) -> ObjectPosture:
    key, home = _known(_key, planned), _known(_bucket, planned)
    facts = {name: _told(name, read, planned) for name, read in _READERS.items()}
    facts |= {
        "bucket": home,
        "encryption": _encryption(planned, home, postures),
        "is_latest": True,
        "is_newest": True,
        "key": key,
    }
    within = home.partition(":")[2] if isinstance(home, str) else _ELSEWHERE
    name = key if isinstance(key, str) else ""
    return ObjectPosture(reference("object", f"{within}/{name or planned.resource.name}"), name, facts)


def _told(name: str, read: Callable[[Planned], object], planned: Planned) -> object:
    found = _known(read, planned)
    if not isinstance(found, Unset):
        return found
    is_new = planned.resource.import_id is None
    return _NEW[name] if is_new else Unknown("nothing is said of it, and the object was there before")


def _known(read: Callable[[Planned], object], planned: Planned) -> object:
    try:
        return read(planned)
    except Undetermined as undetermined:
        return Unknown(str(undetermined))


def _key(planned: Planned) -> str:
    """Where a program says none, it is the resource's name."""
    return planned.said.text("key") or planned.resource.name


def _bucket(planned: Planned) -> str | Unknown:
    said = planned.said
    value = said.values.get("bucket")
    address = said.address(BucketPosture.kind, "bucket", value)
    if address is None and isinstance(value, str) and value != UNKNOWN_INPUT:
        return reference(BucketPosture.kind, value)
    return address or Unknown("in which bucket it lies is known only after deployment")


def _encryption(planned: Planned, home: object, postures: Mapping[str, Posture]) -> object:
    """What the upload says, else what its bucket gives it."""
    found = _known(lambda one: _algorithm(one.said), planned)
    if found is not None:
        return found
    bucket = postures.get(home) if isinstance(home, str) else None
    given = bucket.told("encryption") if bucket is not None else Unknown("its bucket is not in the plan")
    return given.algorithm if isinstance(given, Encryption) else given


def _algorithm(said: Said) -> Algorithm | None:
    named = said.word("serverSideEncryption", _ALGORITHMS)
    return "aws:kms" if named is None and said.values.get("kmsKeyId") is not None else named
