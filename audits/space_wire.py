"""The same as `space_listing` over the wire: how much lies in a live bucket, many pages at once?"""

from collections.abc import AsyncIterator
from typing import Final

from audits.objects.lasting import moment
from audits.objects.place import Place
from audits.space_listing import BEYOND, NO_UPLOADS, NO_VERSIONS
from bucketwright.calls import Failure
from bucketwright.facets.reading import Read, reason_of
from bucketwright.looking.object_reads import OBJECTS, UPLOADS, VERSIONS
from bucketwright.objects.lying import Lying
from bucketwright.objects.space import Space
from bucketwright.s3.wire.rows import Marker, Page, Row

_USUAL_CLASS: Final = "STANDARD"


async def count_on_wire(space: Space, place: Place) -> tuple[str, ...]:
    """Add up all that lies there; what could not be listed is said, a sentence each."""
    missing = await _objects(space, place)
    refused: dict[str, None] = {}
    async for page in place.uploads():
        if page.failure is not None:
            refused[_reason(UPLOADS, page.failure)] = None
        for one in page.rows:
            space.uploads.add(one.size if isinstance(one.size, int) else None)
    return (*missing, *(f"{NO_UPLOADS}: {why}" for why in refused))


async def _objects(space: Space, place: Place) -> tuple[str, ...]:
    """Every version; where versions cannot be listed at all, what readers find."""
    seen, refused = await _added(space, place.versions(), VERSIONS)
    if seen or not refused:
        return tuple(f"{BEYOND}: {why}" for why in refused)
    _, beyond = await _added(space, place.keys(), OBJECTS)
    return (*(f"{NO_VERSIONS}: {why}" for why in refused), *(f"{BEYOND}: {why}" for why in beyond))


async def _added(
    space: Space, pages: AsyncIterator[Page[Row]] | AsyncIterator[Page[Row | Marker]], read: Read
) -> tuple[bool, tuple[str, ...]]:
    """Whether any page came, and why others did not."""
    seen, refused = False, dict[str, None]()
    async for page in pages:
        if page.failure is not None:
            refused[_reason(read, page.failure)] = None
            continue
        seen = True
        for row in page.rows:
            space.add(_lying(row))
    return seen, tuple(refused)


def _reason(read: Read, failure: Failure) -> str:
    return f"{read.operation}: {reason_of(failure, read)}"


def _lying(row: Row | Marker) -> Lying:
    if isinstance(row, Marker):
        return Lying(row.key, 0, None, is_marker=True)
    storage_class = row.storage_class or _USUAL_CLASS
    return Lying(row.key, row.size, moment(row.modified), storage_class, is_latest=row.is_latest)
