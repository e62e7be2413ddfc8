"""The same patterns for who awaits: each method once, run by the threads of the storage."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager
from functools import partial
from os import PathLike
from types import TracebackType
from typing import Final, Generic, Self
from uuid import UUID

from bucketwright.contract.keys.variable_types import Value
from bucketwright.storage.awaited import (
    AsyncPlace,
    AsyncReader,
    AsyncWriting,
    reading_in,
    writing_in,
)
from bucketwright.storage.content import Data
from bucketwright.storage.in_threads import Awaited, Inner_co, Transferred, each, run, run_until_called_off
from bucketwright.storage.patterns import batches, images
from bucketwright.storage.patterns import sync as syncing
from bucketwright.storage.patterns.arrivals import Arrivals
from bucketwright.storage.patterns.batches import Cleared
from bucketwright.storage.patterns.checkpoints import Checkpoint, Checkpoints
from bucketwright.storage.patterns.claim_check import Claim, ClaimCheck
from bucketwright.storage.patterns.content_addressed import ContentAddressed
from bucketwright.storage.patterns.hashed_names import HashedNames
from bucketwright.storage.patterns.images import VARIANTS, Published, Rendition, Variant
from bucketwright.storage.patterns.quarantine import Outcome, Quarantine
from bucketwright.storage.patterns.queues import LONGEST_WAIT
from bucketwright.storage.patterns.sessions import Session, UploadSessions
from bucketwright.storage.patterns.sync import Filter, Synced
from bucketwright.storage.patterns.together import put_all as put_together
from bucketwright.storage.said import Said
from bucketwright.storage.transfer.watching import Cancel
from bucketwright.storage.waiting import AsyncStorage
from bucketwright.storage.writing import Written

AsyncEnd = AsyncPlace | PathLike[str]


async def clear(place: AsyncPlace, *, cancel: Cancel | None = None) -> Cleared:
    """Delete every object of a place, and its unfinished uploads."""
    return await run_until_called_off(place.pool, lambda off: batches.clear(place.place, cancel=off), cancel)


async def put_all(
    place: AsyncPlace, files: Mapping[str, Data], said: Said | None = None, *, cancel: Cancel | None = None
) -> tuple[Written, ...]:
    """Store several new files; where one of them fails, or is called off, those before it go again."""
    return await run_until_called_off(
        place.pool, lambda off: put_together(place.place, files, said, cancel=off), cancel
    )


async def sync(
    source: AsyncEnd,
    target: AsyncEnd,
    *,
    filters: Iterable[Filter] = (),
    delete: bool = False,
    notes: PathLike[str] | None = None,
    cancel: Cancel | None = None,
) -> Synced:
    """Let the target be as the source, by moving only what differs; a task that is cancelled calls it off."""
    ends = [end.place if isinstance(end, AsyncPlace) else end for end in (source, target)]
    pool = next((end.pool for end in (source, target) if isinstance(end, AsyncPlace)), None)
    work = partial(syncing.sync, *ends, filters=tuple(filters), delete=delete, notes=notes)
    if pool is None:
        return work()  # two folders: refused at once
    return await run_until_called_off(pool, lambda off: work(cancel=off), cancel)


class AsyncUploadSessions:
    """The sessions of one temp bucket of a contract; of its only one, where none is named."""

    def __init__(self, storage: AsyncStorage, bucket: str = "") -> None:
        self._sessions = UploadSessions(storage.storage, bucket)
        self._pool = storage.pool

    def begin(self) -> "AsyncSession":
        """A session that nobody else has."""
        return AsyncSession(self._sessions.begin(), self._pool)

    def of(self, session_id: UUID | str) -> "AsyncSession":
        """A session that was begun before, by its id."""
        return AsyncSession(self._sessions.of(session_id), self._pool)


class AsyncSession:
    """One session; as a block it deletes all its files when the block ends well, and keeps them otherwise."""

    def __init__(self, session: Session, pool: ThreadPoolExecutor) -> None:
        self.session: Final = session
        self._pool = pool

    @property
    def id(self) -> str:
        """What its keys say."""
        return self.session.id

    @property
    def cleared(self) -> Cleared | None:
        """What became of its files; None until it was finished."""
        return self.session.cleared

    def place(self, prefix: str = "", /, **values: Value) -> AsyncPlace:
        """Where the session keeps the files of a prefix."""
        return AsyncPlace(self.session.place(prefix, **values), self._pool)

    async def finish(self) -> Cleared:
        """Delete everything of the session now."""
        return await run(self._pool, self.session.finish)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await run(self._pool, partial(self.session.__exit__, kind, error, trace))


class _Behind(Generic[Inner_co]):
    """A pattern whose methods are awaited, run by the threads of a storage."""

    def __init__(self, inner: Inner_co, storage: AsyncStorage) -> None:
        self.inner: Final = inner
        """The same, and not awaited."""
        self.pool: Final = storage.pool


class AsyncClaimCheck(_Behind[ClaimCheck]):
    """Payloads through a queue; each call that waits for messages takes a thread of the storage."""

    send = Awaited(ClaimCheck.send)
    send_many = Awaited(ClaimCheck.send_many)
    doubts = Awaited(ClaimCheck.doubts)

    async def receive(
        self, most: int = 10, wait: int = LONGEST_WAIT, hidden: int | None = None
    ) -> "tuple[AsyncClaim, ...]":
        """Messages that came, at most ten; none where nothing came in so many seconds."""
        found = await run(self.pool, partial(self.inner.receive, most, wait, hidden))
        return tuple(AsyncClaim(one, self.pool) for one in found)

    def of_event(self, event: Mapping[str, object]) -> "tuple[AsyncClaim, ...]":
        """The messages that Lambda hands to a function."""
        return tuple(AsyncClaim(one, self.pool) for one in self.inner.of_event(event))


class AsyncClaim:
    """One message that came. As a block it gives the payload, and is done when the block ends well."""

    def __init__(self, claim: Claim, pool: ThreadPoolExecutor) -> None:
        self.inner: Final = claim
        self.pool: Final = pool

    read = Awaited(Claim.read)
    done = Awaited(Claim.done)
    extend = Awaited(Claim.extend)
    give_back = Awaited(Claim.give_back)

    async def __aenter__(self) -> bytes:
        return await self.read()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            await self.done()


class AsyncCheckpoints(_Behind[Checkpoints]):
    """The checkpoints of one run."""

    save = Transferred(Checkpoints.save)
    load = Transferred(Checkpoints.load)
    steps = Awaited(Checkpoints.steps)
    latest = Awaited(Checkpoints.latest)
    best = Awaited(Checkpoints.best)
    resume = Awaited(Checkpoints.resume)

    def writing(self, step: int, metric: float | None = None) -> AbstractAsyncContextManager[AsyncWriting]:
        """A file to write a checkpoint to, stored and published when the block ends without an error."""
        return writing_in(self.pool, partial(self.inner.writing, step, metric))

    def open(self, checkpoint: Checkpoint | None = None) -> AbstractAsyncContextManager[AsyncReader]:
        """A checkpoint as a file; the latest where none is named."""
        return reading_in(self.pool, partial(self.inner.open, checkpoint))


class AsyncContentAddressed(_Behind[ContentAddressed]):
    """Objects that are found by the hash of their content."""

    put = Awaited(ContentAddressed.put)
    get = Awaited(ContentAddressed.get)
    save = Awaited(ContentAddressed.save)
    exists = Awaited(ContentAddressed.exists)
    info = Awaited(ContentAddressed.info)

    async def stream(self, digest: str) -> AsyncIterator[bytes]:
        """The content piece by piece; where it has another hash Damaged comes in place of the last one."""
        async for piece in each(self.pool, await run(self.pool, partial(self.inner.stream, digest))):
            yield piece


class AsyncHashedNames(_Behind[HashedNames]):
    """Public files under names with a hash."""

    publish = Awaited(HashedNames.publish)
    names = Awaited(HashedNames.names)


class AsyncQuarantine(_Behind[Quarantine]):
    """One quarantine of the contract, and who scans what waits there."""

    scan = Awaited(Quarantine.scan)

    async def scan_all(self, below: str = "") -> AsyncIterator[Outcome]:
        """Scan everything that waits, or that waits below such a word as `7/`, in the order of the keys."""
        async for outcome in each(self.pool, self.inner.scan_all(below)):
            yield outcome


class AsyncArrivals(_Behind[Arrivals]):
    """The queue of one quarantine; each call that waits takes a thread of the storage."""

    next = Awaited(Arrivals.next)


async def renditions(
    storage: AsyncStorage, data: Data, variants: Sequence[Variant] = VARIANTS
) -> AsyncIterator[Rendition]:
    """A picture in several sizes, one after the other; Refused where it is none, is damaged, or a bomb."""
    async for one in each(storage.pool, images.renditions(data, variants)):
        yield one


async def put_renditions(
    place: AsyncPlace, data: Data, variants: Sequence[Variant] = VARIANTS
) -> Mapping[str, Published]:
    """Store a picture in several sizes, each under a name with its hash; by the names of the variants."""
    return await run(place.pool, partial(images.put_renditions, place.place, data, variants))
