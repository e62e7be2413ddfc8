"""Are the same methods there for who awaits, and do they keep nobody waiting?"""

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from threading import Event, current_thread

import pytest

from bucketwright.storage import AsyncStorage, Cancelled, NotFound, Refused, Said
from bucketwright.storage.awaited import AsyncPlace, AsyncPrefix
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.opened import swapped
from bucketwright.storage.patterns import awaited as patterns
from bucketwright.storage.patterns import batches, together
from bucketwright.storage.patterns import sync as syncing
from bucketwright.storage.patterns.awaited import AsyncCheckpoints
from bucketwright.storage.patterns.checkpoints import Checkpoints
from bucketwright.storage.place import DeclaredPrefix, Place
from bucketwright.storage.stored import At, Span, Stored
from tests.storage.contracts import storage

Work = Callable[[AsyncPlace], Coroutine[object, object, None]]


def run(work: Work, address: str = "files/drafts") -> None:
    """Some work at a place, in a loop of its own."""

    async def whole() -> None:
        async with AsyncStorage(storage(), concurrency=4) as opened:
            await opened.check()
            await work(opened.prefix(address).at())

    asyncio.run(whole())


@pytest.mark.requirement("TU-3")
def test_every_method_is_there() -> None:
    """What a place does can be awaited under the same name; what only names things needs no waiting."""
    for one, awaited in ((Place, AsyncPlace), (DeclaredPrefix, AsyncPrefix), (Checkpoints, AsyncCheckpoints)):
        there = set(dir(awaited)) | set(inspect.get_annotations(awaited))
        methods = {name for name, _ in inspect.getmembers(one, inspect.isfunction)}
        properties = {name for name, _ in inspect.getmembers(one, lambda it: isinstance(it, property))}

        assert {name for name in methods | properties if not name.startswith("_")} <= there


@pytest.mark.parametrize(
    ("one", "awaited"),
    [(together.put_all, patterns.put_all), (syncing.sync, patterns.sync), (batches.clear, patterns.clear)],
    ids=["put_all", "sync", "clear"],
)
def test_every_word_is_there(one: Callable[..., object], awaited: Callable[..., object]) -> None:
    """What can be said to a pattern can be said to the one that is awaited."""
    assert [*inspect.signature(awaited).parameters] == [*inspect.signature(one).parameters]


def test_what_asks_nobody() -> None:
    """Names, addresses and variables are the same, and are not awaited."""
    prefix = AsyncStorage(storage(), concurrency=1).prefix("files/chunks")

    assert (prefix.address, prefix.variables) == ("files/chunks", ("document_id",))
    assert prefix.at(document_id="d").named(i=7) == "chunk_7.txt"
    messages = AsyncStorage(storage(), concurrency=1).prefix("files/messages").at()
    assert messages.fresh() != messages.fresh()


@pytest.mark.requirement("TU-3")
def test_writing_and_reading(tmp_path: Path) -> None:
    """All of them do what they do for who does not await."""

    async def work(drafts: AsyncPlace) -> None:
        written = await drafts.put("a.txt", b"0123456789", Said(metadata={"who": "me"}))
        assert await drafts.get("a.txt") == b"0123456789"
        assert await drafts.range("a.txt", 2, 4) == b"234"
        assert await drafts.exists("a.txt")
        assert not await drafts.exists("b.txt")
        assert (await drafts.info("a.txt")).etag == written.etag
        assert await drafts.tags("a.txt") == {}
        await drafts.save("a.txt", tmp_path / "a.txt")
        async with drafts.open("a.txt") as file:
            assert (file.info.size, await file.seek(8), await file.read()) == (10, 8, b"89")
        async with await drafts.stream("a.txt") as stream:
            assert [piece async for piece in stream] == [b"0123456789"]
        await drafts.copy("a.txt", to=drafts, as_name="b.txt")
        await drafts.move("b.txt", to=drafts, as_name="c.txt")
        await drafts.put("a.txt", b"newer", over=written.etag)
        assert [row.name async for row in drafts.list()] == ["a.txt", "c.txt"]
        await drafts.delete("a.txt")
        with pytest.raises(NotFound):
            await drafts.get("a.txt")

    run(work)
    assert (tmp_path / "a.txt").read_bytes() == b"0123456789"


@pytest.mark.requirement("TU-3")
def test_writing_piece_by_piece() -> None:
    """What comes piece by piece is there once all of it has come, and not at all where it breaks off."""

    async def pieces(*, breaks: bool) -> AsyncIterator[bytes]:
        yield b"one "
        yield b"two"
        if breaks:
            raise ConnectionError

    async def work(drafts: AsyncPlace) -> None:
        written = await drafts.put_stream("a.txt", pieces(breaks=False))
        assert (written.size, await drafts.get("a.txt")) == (7, b"one two")
        with pytest.raises(ConnectionError):
            await drafts.put_stream("b.txt", pieces(breaks=True))
        async with drafts.create("c.txt") as file:
            await file.write(b"text")
        assert file.written is not None
        assert [row.name async for row in drafts.list()] == ["a.txt", "c.txt"]
        with pytest.raises(Refused):
            await drafts.put_stream(".env", pieces(breaks=False))

    run(work)


def test_nothing_is_opened_in_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is opened to be written may have to find credentials first: that takes a thread."""
    opened, threads = Place.open, set()

    def noted(*given: object, **named: object) -> object:
        threads.add(current_thread())
        return opened(*given, **named)  # type: ignore[call-overload]  # whatever it is, it is handed on

    monkeypatch.setattr(Place, "open", noted)

    async def work(drafts: AsyncPlace) -> None:
        async with drafts.create("a.txt") as file:
            await file.write(b"text")
        async with drafts.open("a.txt") as read:
            assert await read.read() == b"text"

    run(work)
    assert threads
    assert current_thread() not in threads


def test_a_long_list() -> None:
    """It comes whole, and in order."""

    async def work(drafts: AsyncPlace) -> None:
        names = sorted(f"{number}.txt" for number in range(1_100))
        for name in names:
            drafts.place.put(name, b"")
        assert [row.name async for row in drafts.list()] == names

    run(work)


class Slow(Memory):
    """Answers once it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.told = Event(), Event()

    def head(self, at: At) -> Stored:
        self.asked.set()
        assert self.told.wait(300)
        return super().head(at)


def test_nobody_is_kept_waiting() -> None:
    """While one object is waited for, the loop goes on, and so do other reads."""

    async def work(drafts: AsyncPlace) -> None:
        drafts.place.put("a.txt", b"text")
        waiting = asyncio.ensure_future(drafts.info("a.txt"))
        assert await asyncio.to_thread(slow.asked.wait, 300)
        assert await drafts.get("a.txt") == b"text"
        assert not waiting.done()
        slow.told.set()
        assert (await waiting).size == 4

    with swapped(slow := Slow()):
        run(work)


def test_a_storage_that_is_closed() -> None:
    """What is under way ends, what had to wait and what comes later is Cancelled, and files can be closed."""

    async def whole() -> None:
        opened = AsyncStorage(storage(), concurrency=1)
        drafts = opened.prefix("files/drafts").at()
        drafts.place.put("a.txt", b"text")
        stream = await drafts.stream("a.txt")
        async with stream, drafts.open("a.txt"):
            under_way = asyncio.ensure_future(drafts.info("a.txt"))
            assert await asyncio.to_thread(slow.asked.wait, 300)
            queued = asyncio.ensure_future(drafts.put("b.txt", b"text"))
            called_off = asyncio.ensure_future(drafts.put("c.txt", b"text"))
            await asyncio.sleep(0)
            called_off.cancel()
            await asyncio.sleep(0)
            opened.close()
            slow.told.set()
            with pytest.raises(Cancelled, match="closed before this had begun"):
                await queued
            with pytest.raises(asyncio.CancelledError):
                await called_off
            assert (await under_way).size == 4
        with pytest.raises(Cancelled, match="nothing more is begun"):
            await drafts.get("a.txt")
        assert [row.name for row in drafts.place.list()] == ["a.txt"]

    with swapped(slow := Slow()):
        asyncio.run(whole())


def test_a_span_that_is_streamed() -> None:
    """As without awaiting."""

    async def work(drafts: AsyncPlace) -> None:
        await drafts.put("a.txt", b"0123456789")
        async with await drafts.stream("a.txt", Span(2, 4)) as stream:
            assert [piece async for piece in stream] == [b"234"]

    run(work)
