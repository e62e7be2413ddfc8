"""Are the same methods there for who awaits, and do they keep nobody waiting?"""

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from threading import Event

import pytest

from bucketwright.storage import AsyncStorage, NotFound, Refused, Said
from bucketwright.storage.awaited import AsyncPlace
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.opened import swapped
from bucketwright.storage.place import Place
from bucketwright.storage.stored import At, Stored
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
    names = {name for name, _ in inspect.getmembers(Place, inspect.isfunction) if not name.startswith("_")}

    assert names - {"fresh", "named"} <= set(dir(AsyncPlace))


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
