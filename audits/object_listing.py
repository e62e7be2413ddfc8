"""What lies in a bucket, in the order in which the service lists it, a page at a time.

A list that breaks off raises Undetermined after what it told: what would have come is not known.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bucketwright.calls import Call, Failure, Send
from bucketwright.facets.reading import Read, Target, told
from bucketwright.facets.said import Said
from bucketwright.looking import object_reads
from bucketwright.posture import Undetermined, Unknown

PAGE: Final = 1_000
_HEAD_OF_A_KEY: Final = "NextKeyMarker"
_BEGINNING: Final[Mapping[str, str]] = {}


class NotKeptError(Undetermined):
    """The server is known to keep nothing that such a list would tell."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One way to list a bucket."""

    read: Read
    limit: str
    """The parameter that says how long a page is."""
    turning: Mapping[str, str]
    """What an answer says of the next page, and the parameter that asks for it."""


OBJECTS: Final = Listing(
    object_reads.OBJECTS,
    "MaxKeys",
    {"NextContinuationToken": "ContinuationToken"},
)
VERSIONS: Final = Listing(
    object_reads.VERSIONS,
    "MaxKeys",
    {_HEAD_OF_A_KEY: "KeyMarker", "NextVersionIdMarker": "VersionIdMarker"},
)
UPLOADS: Final = Listing(
    object_reads.UPLOADS,
    "MaxUploads",
    {_HEAD_OF_A_KEY: "KeyMarker", "NextUploadIdMarker": "UploadIdMarker"},
)
Versions = tuple[tuple[Said, ...], tuple[Said, ...]]
"""Of one key: its versions, and its delete markers."""


def pages(send: Send, target: Target, listing: Listing) -> Iterator[Said]:
    """Each page of a list; never the same one twice."""
    turned: set[tuple[str, ...]] = set()
    at: Mapping[str, str] = {}
    while True:
        page = _page(send, target, listing, at)
        yield page
        if not page.needed("IsTruncated", page.flag("IsTruncated")):
            return
        at = {param: page.text(said) or "" for said, param in listing.turning.items()}
        where = tuple(at.values())
        if not where[0] or where in turned:
            raise Undetermined(listing.read.operation, Unknown("the list does not say how it goes on"))
        turned.add(where)


def keys(send: Send, target: Target) -> Iterator[tuple[Said, ...]]:
    """What readers of a bucket find, page by page."""
    return (page.parts("Contents") for page in pages(send, target, OBJECTS))


def versions(send: Send, target: Target) -> Iterator[tuple[Versions, ...]]:
    """All versions and delete markers, page by page, those of one key always together."""
    held: Versions = ((), ())
    for page in pages(send, target, VERSIONS):
        by_key: dict[str, tuple[list[Said], list[Said]]] = defaultdict(lambda: ([], []))
        for kind, name in enumerate(("Versions", "DeleteMarkers")):
            for one in (*held[kind], *page.parts(name)):
                by_key[one.needed("Key", one.text("Key"))][kind].append(one)
        last = page.text(_HEAD_OF_A_KEY) if page.flag("IsTruncated") else None
        held = ((), ())
        if last in by_key:
            found, markers = by_key.pop(last)
            held = (tuple(found), tuple(markers))
        yield tuple((tuple(found), tuple(markers)) for found, markers in by_key.values())
    if any(held):
        yield (held,)


def uploads(send: Send, target: Target) -> Iterator[tuple[Said, ...]]:
    """Uploads that nobody finished, page by page."""
    return (page.parts("Uploads") for page in pages(send, target, UPLOADS))


def page_at(target: Target, listing: Listing, at: Mapping[str, str] = _BEGINNING) -> Call:
    """What asks for a page; the first where nothing says which."""
    read = listing.read
    named = {param: target.handles[param] for param in read.handles}
    params = {**named, **read.fixed, listing.limit: PAGE, **at}
    return Call(read.service, read.operation, params, target.region, target.signer)


def _page(send: Send, target: Target, listing: Listing, at: Mapping[str, str]) -> Said:
    read = listing.read
    outcome = send(page_at(target, listing, at))
    if isinstance(outcome, Failure) and outcome.is_not_asked:
        raise NotKeptError(read.operation, Unknown(outcome.message))
    page = told(outcome, read, lambda *_: None)
    if page is None:
        raise Undetermined(read.operation, Unknown("nothing was answered"))
    return page
