"""Do the patterns do the same for who awaits?"""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from threading import Event

import pytest

from bucketwright.storage import AsyncStorage, Refused, Said
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.patterns.arrivals import Arrivals
from bucketwright.storage.patterns.awaited import (
    AsyncArrivals,
    AsyncCheckpoints,
    AsyncClaimCheck,
    AsyncContentAddressed,
    AsyncHashedNames,
    AsyncQuarantine,
    AsyncUploadSessions,
    clear,
    put_all,
    put_renditions,
    renditions,
    sync,
)
from bucketwright.storage.patterns.batches import Cleared
from bucketwright.storage.patterns.checkpoints import Checkpoints
from bucketwright.storage.patterns.claim_check import ClaimCheck
from bucketwright.storage.patterns.content_addressed import content_addressed
from bucketwright.storage.patterns.hashed_names import hashed_names
from bucketwright.storage.patterns.sync import Filter
from tests.storage.patterns import waiting_room
from tests.storage.patterns.picturing import SMALL, corners, saved
from tests.storage.patterns.queueing import LARGE, Waiting
from tests.storage.patterns.runs import contents, in_memory, place
from tests.storage.patterns.sides import fill

LARGE_STATE = b"state" * 3_000_000
Work = Callable[[AsyncStorage], Coroutine[object, object, None]]


def run(work: Work) -> None:
    """Some work in a loop of its own."""

    async def whole() -> None:
        async with AsyncStorage(in_memory(), concurrency=2) as opened:
            await work(opened)

    asyncio.run(whole())


@pytest.mark.requirement("TU-2")
def test_sessions() -> None:
    """A block that ends well clears its session; one that fails keeps it."""

    async def work(storage: AsyncStorage) -> None:
        sessions = AsyncUploadSessions(storage)
        async with sessions.begin() as session:
            await session.place("incoming").put("a.txt", b"text")
        assert session.cleared == Cleared(1)
        failing = sessions.begin()
        await failing.place("incoming").put("a.txt", b"text")
        with pytest.raises(KeyError):
            async with failing:
                raise KeyError
        assert await sessions.of(failing.id).finish() == Cleared(1)

    run(work)


@pytest.mark.requirement("CS-4")
def test_claim_check() -> None:
    """A payload comes out, and is gone when its block has ended well."""

    async def work(storage: AsyncStorage) -> None:
        staging, queue = place(storage.storage, "files/staging"), Waiting()
        claims = AsyncClaimCheck(ClaimCheck(staging, queue), storage)
        await claims.send(LARGE)
        (claim,) = await claims.receive()
        await claim.extend(60)
        async with claim as payload:
            assert payload == LARGE
        assert (queue.sent, contents(staging)) == ([], {})
        await claims.send(b"small")
        (claim,) = await claims.receive()
        await claim.give_back()
        with pytest.raises(KeyError):
            async with claim:
                raise KeyError
        assert len(queue.sent) == 1

    run(work)


@pytest.mark.requirement("TC-4")
def test_checkpoints(tmp_path: Path) -> None:
    """A run goes on from where it was."""

    async def work(storage: AsyncStorage) -> None:
        places = [place(storage.storage, f"files/{name}", run_id="r") for name in ("checkpoints", "pointers")]
        run_of = AsyncCheckpoints(Checkpoints(*places, best="highest"), storage)
        saved = await run_of.save(1, b"one", 0.5)
        assert await run_of.latest() == await run_of.best() == await run_of.resume() == saved
        assert await run_of.load(tmp_path / "state") == saved
        async with run_of.writing(2, 0.25) as file:
            await file.write(b"two")
        async with run_of.open() as latest, run_of.open(saved) as first:
            assert (await latest.read(), await first.read()) == (b"two", b"one")
        assert await run_of.steps() == [1, 2]

    run(work)
    assert (tmp_path / "state").read_bytes() == b"one"


@pytest.mark.requirement("TU-3")
@pytest.mark.parametrize("what", ["save", "load"])
def test_a_checkpoint_whose_task_is_cancelled(tmp_path: Path, what: str) -> None:
    """It is called off with its task: nothing is stored or published of it, and no file is left."""
    halted, on = Event(), Event()

    def halt(_done: int, _total: int) -> None:
        halted.set()
        assert on.wait(300)

    async def work(storage: AsyncStorage) -> None:
        places = [place(storage.storage, f"files/{name}", run_id="r") for name in ("checkpoints", "pointers")]
        run_of = AsyncCheckpoints(Checkpoints(*places), storage)
        first = await run_of.save(1, LARGE_STATE)
        act = (
            run_of.save(2, LARGE_STATE, progress=halt)
            if what == "save"
            else run_of.load(tmp_path / "state", first, progress=halt)
        )
        task = asyncio.create_task(act)
        assert await asyncio.to_thread(halted.wait, 300)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        on.set()
        storage.pool.shutdown()  # waits for its threads
        assert (run_of.inner.steps(), run_of.inner.latest()) == ([1], first)

    run(work)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.requirement("TC-1")
@pytest.mark.requirement("CS-9")
def test_sync_and_batches(tmp_path: Path) -> None:
    """A folder goes up, several files together, and a place is cleared."""
    fill(tmp_path, {"a": b"1", "b": b"2"})

    async def work(storage: AsyncStorage) -> None:
        there = storage.prefix("files/mirror").at()
        notes = tmp_path / "notes"
        filters = [Filter(False, "b"), Filter(False, "notes/*")]
        assert (await sync(tmp_path, there, filters=filters, notes=notes)).is_whole
        assert len(list(notes.iterdir())) == 1
        careful = storage.prefix("files/careful").at()
        await put_all(careful, {"x": b"1"}, Said(metadata={"by": "me"}))
        assert (await careful.info("x")).metadata["by"] == "me"
        assert [row.name async for row in there.list()] == ["a"]
        assert await clear(there) == Cleared(1)
        with pytest.raises(Refused, match="both are folders"):
            await sync(tmp_path, tmp_path)

    run(work)


def test_claims_of_an_event() -> None:
    """What Lambda hands on is awaited as well, and so are doubts."""

    async def work(storage: AsyncStorage) -> None:
        claims = AsyncClaimCheck(ClaimCheck(place(storage.storage, "files/staging"), Waiting()), storage)
        (claim,) = claims.of_event({"Records": [{"messageId": "1", "body": "small", "receiptHandle": "r"}]})
        assert await claim.read() == b"small"
        assert await claims.doubts()

    run(work)


@pytest.mark.requirement("FP-11")
@pytest.mark.requirement("FP-16")
@pytest.mark.requirement("FP-10")
def test_what_is_named_by_its_hash(tmp_path: Path) -> None:
    """Content, files of pages and pictures."""

    async def work(storage: AsyncStorage) -> None:
        blobs = AsyncContentAddressed(content_addressed(storage.storage.prefix("files/blobs")), storage)
        kept = await blobs.put(b"some content")
        assert await blobs.exists(kept.sha256)
        assert (await blobs.info(kept.sha256)).size == kept.size
        assert [piece async for piece in blobs.stream(kept.sha256)] == [b"some content"]
        await blobs.save(kept.sha256, tmp_path / "content")
        assert await blobs.get(kept.sha256) == (tmp_path / "content").read_bytes() == b"some content"

        site = AsyncHashedNames(hashed_names(place(storage.storage, "files/mirror")), storage)
        assert await site.publish({"app.css": b"a { color: red }"}) == await site.names()

        picture, shown = saved(corners(), "PNG"), storage.prefix("files/second").at()
        (made,) = [one async for one in renditions(storage, picture, [SMALL])]
        published = await put_renditions(shown, picture, [SMALL])
        assert await shown.get(published["small"].name) == made.content

    run(work)


@pytest.mark.requirement("FP-13")
def test_quarantine() -> None:
    """One upload, all of them, and what a queue tells of."""
    backend = Memory()
    for name in "abc":
        waiting_room.upload(backend, b"text", f"waiting/7/{name}.txt")
    line = waiting_room.Line([waiting_room.event("waiting/7/b.txt")])

    async def work(_: AsyncStorage) -> None:
        async with AsyncStorage(waiting_room.room(backend)) as storage:
            uploads = waiting_room.scanned_by(waiting_room.Finds(), storage.storage)
            arrivals, waiting = (
                AsyncArrivals(Arrivals(uploads, line), storage),
                AsyncQuarantine(uploads, storage),
            )
            assert (await waiting.scan(waiting_room.KEY)).end == "released"
            told = await arrivals.next(0)
            assert told is not None
            assert told.key == "waiting/7/b.txt"
            assert [one.key async for one in waiting.scan_all()] == ["waiting/7/c.txt"]
            assert await arrivals.next(0) is None

    run(work)
