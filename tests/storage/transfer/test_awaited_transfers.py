"""Are transfers that are awaited watched and called off like others, and when their task is cancelled?"""

import asyncio
from pathlib import Path
from threading import Event

import pytest

from bucketwright.storage import AsyncStorage, Cancelled
from bucketwright.storage.awaited import AsyncPlace
from bucketwright.storage.opened import swapped
from tests.storage.contracts import storage
from tests.storage.transfer.flaky import DATA, Flaky
from tests.storage.transfer.told import Told

PATIENCE = 300


class Halting(Flaky):
    """Halts before its third part until it is told to go on, and says when everything is over."""

    def __init__(self) -> None:
        super().__init__(self._halt)
        self.halted, self.on, self.dropped = Event(), Event(), Event()

    def _halt(self, what: str, number: int) -> None:
        if (what, number) in {("send", 3), ("get", 3)}:
            self.halted.set()
            assert self.on.wait(PATIENCE)

    def drop(self, at: object, upload_id: str) -> None:
        super().drop(at, upload_id)  # type: ignore[arg-type]  # passed on as it came
        self.dropped.set()


@pytest.mark.requirement("TU-3")
@pytest.mark.requirement("FP-6")
def test_watched_and_called_off(tmp_path: Path) -> None:
    """The same words, with the same effect."""

    async def work() -> None:
        async with AsyncStorage(storage(), concurrency=2) as opened:
            drafts, up, down, off = opened.prefix("files/drafts").at(), Told(), Told(), Told(cancel_at=1)
            await drafts.put("a.bin", DATA, progress=up)
            await drafts.save("a.bin", tmp_path / "a.out", progress=down, resume=True)
            with pytest.raises(Cancelled):
                await drafts.put("b.bin", DATA, progress=off, cancel=off.cancel)
            up.keep_sound(len(DATA))
            down.keep_sound(len(DATA))
            assert not await drafts.exists("b.bin")

    asyncio.run(work())
    assert (tmp_path / "a.out").read_bytes() == DATA


@pytest.mark.requirement("TU-3")
@pytest.mark.requirement("TU-5")
@pytest.mark.parametrize("what", ["put", "save"])
def test_a_task_that_is_cancelled(tmp_path: Path, what: str) -> None:
    """Its threads end before the rest has come, no object, part or file is left of it, and others go on."""
    path, mine = tmp_path / "a.out", Event()

    async def cancelled(drafts: AsyncPlace) -> None:
        async def act() -> None:
            if what == "put":
                await drafts.put("b.bin", DATA, cancel=mine)
            else:
                await drafts.save("a.bin", path, cancel=mine)

        task = asyncio.create_task(act())
        assert await asyncio.to_thread(backend.halted.wait, PATIENCE)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    async def work() -> None:
        async with AsyncStorage(storage(), concurrency=1) as opened:
            drafts = opened.prefix("files/drafts").at()
            await cancelled(drafts)
            backend.on.set()
            assert not await drafts.exists("b.bin")  # waits for the only thread

    with swapped(backend := Halting()):
        before, backend.before = backend.before, lambda *_: None
        storage().prefix("files/drafts").at().put("a.bin", DATA)
        backend.before = before
        asyncio.run(work())

    assert backend.dropped.is_set() == (what == "put")
    assert list(backend.uploads("shelf-dev-files", "")) == []
    assert list(tmp_path.iterdir()) == []
    assert not mine.is_set()
