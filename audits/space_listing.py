"""How much lies in a live bucket? Listed by the SDK, page by page, and added up as it comes."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from audits import object_listing as listing
from audits.object_answers import known, when
from bucketwright.calls import Call, Send
from bucketwright.facets.bucket.region import LOCATION, located
from bucketwright.facets.reading import Read, Target, told
from bucketwright.facets.said import Said
from bucketwright.looking.object_reads import PARTS
from bucketwright.looking.questions import HEAD
from bucketwright.objects.lying import Lying
from bucketwright.objects.space import Space
from bucketwright.posture import Undetermined

MOST_SIZED: Final = 1_000
"""The parts of so many unfinished uploads are listed, which takes a call for each."""
NO_VERSIONS: Final = "old versions and delete markers"
BEYOND: Final = "objects beyond those that are counted"
NO_UPLOADS: Final = "unfinished uploads"
_USUAL_CLASS: Final = "STANDARD"


def bucket_target(send: Send, name: str, region: str, signer: str = "") -> Target:
    """A bucket as calls name it, in the region where it lies; Undetermined where it cannot be asked."""
    around = Target("bucket", name, {"Bucket": name}, region, signer=signer)
    said = _said(send, around, HEAD)
    where = (said and said.text("BucketRegion")) or _located(send, around)
    return Target("bucket", name, around.handles, where or region, signer=signer)


def count(space: Space, send: Send, target: Target) -> Iterator[str]:
    """Add up all that lies there; what could not be listed is said, a sentence each."""
    yield from _versions(space, send, target)
    try:
        for page in listing.uploads(send, target):
            for one in page:
                sized = space.uploads.count < MOST_SIZED
                space.uploads.add(_upload_size(send, target, one) if sized else None)
    except Undetermined as broken:
        yield f"{NO_UPLOADS}: {broken}"


def _versions(space: Space, send: Send, target: Target) -> Iterator[str]:
    """Every version; where versions cannot be listed at all, what readers find."""
    pages = listing.versions(send, target)
    try:
        first = next(pages, ())
    except Undetermined as refused:
        yield f"{NO_VERSIONS}: {refused}"
        yield from _listed(space, _current(send, target))
        return
    yield from _listed(space, (row for page in _chained(first, pages) for row in _rows(page)))


def _chained(
    first: tuple[listing.Versions, ...], rest: Iterator[tuple[listing.Versions, ...]]
) -> Iterator[tuple[listing.Versions, ...]]:
    yield first
    yield from rest


def _listed(space: Space, rows: Iterator[Lying]) -> Iterator[str]:
    try:
        for row in rows:
            space.add(row)
    except Undetermined as broken:
        yield f"{BEYOND}: {broken}"


def _rows(page: tuple[listing.Versions, ...]) -> Iterator[Lying]:
    for versions, markers in page:
        yield from (_row(one, is_latest=one.flag("IsLatest") is not False) for one in versions)
        yield from (Lying(one.text("Key") or "", 0, None, is_marker=True) for one in markers)


def _current(send: Send, target: Target) -> Iterator[Lying]:
    return (_row(one, is_latest=True) for page in listing.keys(send, target) for one in page)


def _row(one: Said, *, is_latest: bool) -> Lying:
    """What a list says of a version; Undetermined where it does not say how large it is."""
    modified = known(lambda: when(one, "LastModified"))
    return Lying(
        key=one.needed("Key", one.text("Key")),
        size=one.needed("Size", one.number("Size")),
        modified=modified if isinstance(modified, datetime) else None,
        storage_class=one.text("StorageClass") or _USUAL_CLASS,
        is_latest=is_latest,
    )


def _upload_size(send: Send, target: Target, one: Said) -> int | None:
    """The bytes of an upload's parts; None where they cannot be listed."""
    more = {"Key": one.text("Key"), "UploadId": one.text("UploadId")}
    try:
        said = _said(send, target, PARTS, **more)
        parts = () if said is None else said.parts("Parts")
        return sum(part.needed("Size", part.number("Size")) for part in parts)
    except Undetermined:
        return None


def _located(send: Send, target: Target) -> str:
    """Where S3 says that it is; empty where it does not."""
    try:
        said = _said(send, target, LOCATION)
    except Undetermined:
        return ""
    return "" if said is None else located(said)


def _said(send: Send, target: Target, read: Read, **more: object) -> Said | None:
    call = Call(read.service, read.operation, {**target.handles, **more}, target.region, target.signer)
    return told(send(call), read, lambda *_: None)
