"""The same patterns for who awaits: each method once, run by the threads of the storage."""

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager
from functools import partial
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Final, Self, Unpack
from uuid import UUID

from bucketwright.contract.keys import Value
from bucketwright.storage.awaited import (
    AsyncPlace,
    AsyncReader,
    AsyncWriting,
    reading_in,
    run,
    run_until_called_off,
    writing_in,
)
from bucketwright.storage.content import Data
from bucketwright.storage.patterns import batches
from bucketwright.storage.patterns import sync as syncing
from bucketwright.storage.patterns.batches import Cleared
from bucketwright.storage.patterns.checkpoints import Checkpoint, Checkpoints
from bucketwright.storage.patterns.claim_check import Claim, ClaimCheck, Sent
from bucketwright.storage.patterns.queues import LONGEST_WAIT
from bucketwright.storage.patterns.sessions import Session, UploadSessions
from bucketwright.storage.patterns.sync import Filter, Synced
from bucketwright.storage.patterns.together import put_all as put_together
from bucketwright.storage.said import Said
from bucketwright.storage.transfer.watching import Cancel, Putting, Saving
from bucketwright.storage.waiting import AsyncStorage
from bucketwright.storage.writing import Written

AsyncEnd = AsyncPlace | PathLike[str]


async def clear(place: AsyncPlace) -> Cleared:
    """Delete every object of a place, and its unfinished uploads."""
    return await run(place.pool, partial(batches.clear, place.place))


async def put_all(
    place: AsyncPlace, files: Mapping[str, Data], said: Said | None = None
) -> tuple[Written, ...]:
    """Store several new files; where one of them fails, those before it are taken away again."""
    return await run(place.pool, partial(put_together, place.place, files, said))


async def sync(
    source: AsyncEnd,
    target: AsyncEnd,
    *,
    filters: Iterable[Filter] = (),
    delete: bool = False,
    notes: PathLike[str] | None = None,
) -> Synced:
    """Let the target be as the source, by moving only what differs."""
    ends = [end.place if isinstance(end, AsyncPlace) else end for end in (source, target)]
    pool = next((end.pool for end in (source, target) if isinstance(end, AsyncPlace)), None)
    work = partial(syncing.sync, *ends, filters=tuple(filters), delete=delete, notes=notes)
    if pool is None:
        return work()  # two folders: refused at once
    return await run(pool, work)


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


class AsyncClaimCheck:
    """Payloads through a queue; each call that waits for messages takes a thread of the storage."""

    def __init__(self, claims: ClaimCheck, storage: AsyncStorage) -> None:
        self._claims, self._pool = claims, storage.pool

    async def send(
        self, payload: bytes, attributes: Mapping[str, str] | None = None, *, group: str = "", once: str = ""
    ) -> Sent:
        """Send a payload; where the queue does not take the message, nothing stays stored."""
        work = partial(self._claims.send, payload, attributes, group=group, once=once)
        return await run(self._pool, work)

    async def receive(
        self, most: int = 10, wait: int = LONGEST_WAIT, hidden: int | None = None
    ) -> "tuple[AsyncClaim, ...]":
        """Messages that came, at most ten; none where nothing came in so many seconds."""
        found = await run(self._pool, partial(self._claims.receive, most, wait, hidden))
        return tuple(AsyncClaim(one, self._pool) for one in found)


class AsyncClaim:
    """One message that came. As a block it gives the payload, and is done when the block ends well."""

    def __init__(self, claim: Claim, pool: ThreadPoolExecutor) -> None:
        self.claim: Final = claim
        self._pool = pool

    async def read(self) -> bytes:
        """The very bytes that were sent."""
        return await run(self._pool, self.claim.read)

    async def done(self) -> None:
        """Take the message out of the queue, and then its payload from where it is stored."""
        await run(self._pool, self.claim.done)

    async def extend(self, seconds: int) -> None:
        """Keep the message from others for so many seconds from now on."""
        await run(self._pool, partial(self.claim.extend, seconds))

    async def give_back(self) -> None:
        """Let others have the message at once."""
        await run(self._pool, self.claim.give_back)

    async def __aenter__(self) -> bytes:
        return await self.read()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            await self.done()


class AsyncCheckpoints:
    """The checkpoints of one run."""

    def __init__(self, checkpoints: Checkpoints, storage: AsyncStorage) -> None:
        self.checkpoints: Final = checkpoints
        self._pool = storage.pool

    async def save(
        self, step: int, data: Data, metric: float | None = None, **watched: Unpack[Putting]
    ) -> Checkpoint:
        """Store a checkpoint, let the pointers lead to it, and delete those that are not to be kept."""

        def work(off: Cancel) -> Checkpoint:
            wishes: Putting = {**watched, "cancel": off}
            return self.checkpoints.save(step, data, metric, **wishes)

        return await run_until_called_off(self._pool, work, watched.get("cancel"))

    def writing(self, step: int, metric: float | None = None) -> AbstractAsyncContextManager[AsyncWriting]:
        """A file to write a checkpoint to, stored and published when the block ends without an error."""
        return writing_in(self._pool, self.checkpoints.writing(step, metric))

    def open(self, checkpoint: Checkpoint | None = None) -> AbstractAsyncContextManager[AsyncReader]:
        """A checkpoint as a file; the latest where none is named."""
        return reading_in(self._pool, partial(self.checkpoints.open, checkpoint))

    async def steps(self) -> list[int]:
        """The steps of all checkpoints that are there, in their order."""
        return await run(self._pool, self.checkpoints.steps)

    async def latest(self) -> Checkpoint | None:
        """The checkpoint that was published last."""
        return await run(self._pool, self.checkpoints.latest)

    async def best(self) -> Checkpoint | None:
        """The best of those that had a metric."""
        return await run(self._pool, self.checkpoints.best)

    async def resume(self) -> Checkpoint | None:
        """The newest whole checkpoint, to go on from."""
        return await run(self._pool, self.checkpoints.resume)

    async def load(
        self, path: Path, checkpoint: Checkpoint | None = None, **watched: Unpack[Saving]
    ) -> Checkpoint:
        """Write a checkpoint, or the latest, to a file."""

        def work(off: Cancel) -> Checkpoint:
            wishes: Saving = {**watched, "cancel": off}
            return self.checkpoints.load(path, checkpoint, **wishes)

        return await run_until_called_off(self._pool, work, watched.get("cancel"))
