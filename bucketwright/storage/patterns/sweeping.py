"""What has been abandoned, and may be swept? Sessions whose time is over, and uploads that nobody finished.

What is alive is never touched: a session within its time, one that something was written to lately, or
anything whose age nobody knows. A session is looked at again just before it goes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from bucketwright.contract.placement import addresses, places
from bucketwright.storage.backends.folder import Folder
from bucketwright.storage.backends.folder_leftovers import leftovers, remove_leftovers
from bucketwright.storage.client import Storage
from bucketwright.storage.patterns.batches import Left
from bucketwright.storage.patterns.session_traces import (
    Seen,
    cleared,
    session_buckets,
    session_places,
    session_seen,
    session_variable,
    sessions_seen,
)
from bucketwright.storage.stored import At, Upload

IDLE: Final = timedelta(hours=1)
"""How long nothing was written to a session that is swept; less where a session lasts no longer."""


@dataclass(frozen=True, slots=True)
class Terms:
    """When something counts as abandoned."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    idle: timedelta = IDLE
    uploads: timedelta | None = None
    """Age of unfinished uploads; by default as each bucket of the contract says under `abort_uploads`."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session that is over."""

    bucket_id: str
    session_id: str
    seen: Seen
    ttl: timedelta
    """How long it may last."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An upload that nobody finished."""

    bucket_id: str
    bucket: str
    upload: Upload


@dataclass(frozen=True, slots=True)
class Leftovers:
    """Files of a storage in a folder that belong to no object: of programs that were killed."""

    files: int


Abandoned = Session | Unfinished | Leftovers


@dataclass(frozen=True, slots=True)
class Swept:
    """What became of something abandoned."""

    deleted: int = 0
    """Objects, or files that belonged to none."""
    dropped: int = 0
    """Unfinished uploads."""
    left: tuple[Left, ...] = ()
    is_alive: bool = False
    """Whether it had come alive, so that nothing was done."""


def abandoned(storage: Storage, terms: Terms | None = None) -> Iterator[Abandoned]:
    """What may be swept, as of now; nothing is changed."""
    terms = terms or Terms()
    environment = storage.opened.environment
    for bucket_id in session_buckets(environment):
        yield from _over(storage, bucket_id, terms)
    for bucket_id, bucket in environment.buckets.items():
        if bucket.purpose == "data":
            yield from _unfinished(storage, bucket_id, terms)
    backend = storage.opened.backend
    if isinstance(backend, Folder):
        files = len(leftovers(backend.root, _buckets(storage), _before(terms)))
        if files:
            yield Leftovers(files)


def sweep(storage: Storage, what: Abandoned, terms: Terms | None = None) -> Swept:
    """Delete what was abandoned, unless it has come alive since it was looked at."""
    terms = terms or Terms()
    match what:
        case Session():
            return _swept(storage, what, terms)
        case Unfinished(bucket=bucket, upload=upload):
            storage.opened.backend.drop(At(bucket, upload.key), upload.upload_id)
            return Swept(dropped=1)
    backend = storage.opened.backend
    if not isinstance(backend, Folder):
        return Swept()
    return Swept(remove_leftovers(backend.root, _buckets(storage), _before(terms)))


def is_over(seen: Seen, ttl: timedelta, terms: Terms) -> bool:
    """Whether a session has lasted as long as it may, and nothing was written to it lately."""
    if not seen.is_dated or seen.begun is None or seen.last is None:
        return False
    return terms.now - seen.begun >= ttl and terms.now - seen.last >= min(terms.idle, ttl)


def _over(storage: Storage, bucket_id: str, terms: Terms) -> Iterator[Session]:
    temp = storage.opened.environment.buckets[bucket_id].temp
    if temp is None:
        return
    for session_id, seen in sorted(sessions_seen(storage, bucket_id).items()):
        if is_over(seen, temp.session_ttl, terms):
            yield Session(bucket_id, session_id, seen, temp.session_ttl)


def _swept(storage: Storage, what: Session, terms: Terms) -> Swept:
    again = session_seen(storage, what.bucket_id, what.session_id)
    if again.traces and not is_over(again, what.ttl, terms):
        return Swept(is_alive=True)
    place = session_places(storage.opened.environment, what.bucket_id)[0]
    bucket = storage.prefix(place.address).there.bucket
    done = cleared(storage.opened.backend, bucket, [*again.traces.values()])
    return Swept(done.deleted, done.dropped, done.left)


def _unfinished(storage: Storage, bucket_id: str, terms: Terms) -> Iterator[Unfinished]:
    """Old unfinished uploads to the prefixes of a bucket; those of sessions live and go with them."""
    bucket = storage.opened.environment.buckets[bucket_id]
    age = timedelta(days=bucket.abort_uploads) if terms.uploads is None else terms.uploads
    own = [
        place
        for place in places(storage.opened.environment, bucket_id)
        if bucket.temp is None or not session_variable(place.path)
    ]
    if not own:
        return
    name = storage.prefix(own[0].address).there.bucket
    for upload in storage.opened.backend.uploads(name, ""):
        if terms.now - upload.begun >= age and any(place.path.owns(upload.key) for place in own):
            yield Unfinished(bucket_id, name, upload)


def _buckets(storage: Storage) -> set[str]:
    """The names of the contract's buckets: whatever else lies in a folder is somebody's."""
    return {storage.prefix(address).there.bucket for address in addresses(storage.opened.environment)}


def _before(terms: Terms) -> datetime:
    """Files of a folder that are older belong to nobody who is still at work."""
    return terms.now - (timedelta(days=1) if terms.uploads is None else terms.uploads)
