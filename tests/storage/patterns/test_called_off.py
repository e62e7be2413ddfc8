"""What is called off deletes nothing more, and takes away what was not to be there in part."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from bucketwright.storage import AsyncStorage, Cancelled
from bucketwright.storage.backends.interface import Content
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.opened import swapped
from bucketwright.storage.patterns import awaited
from bucketwright.storage.patterns.batches import Cleared, clear
from bucketwright.storage.patterns.sync import sync
from bucketwright.storage.patterns.together import put_all
from bucketwright.storage.stored import At, Attributes, Condition, Stored
from tests.storage.patterns.runs import contents, in_memory, place
from tests.storage.patterns.sides import fill, put

FILES = {f"{number:02}": b"text" for number in range(40)}
OLD = {"old": b"old"}


class Interrupted(Memory):
    """Is called off as soon as something is written."""

    def __init__(self, on_write: Callable[[], object]) -> None:
        super().__init__()
        self._on_write = on_write

    def put(self, at: At, content: Content, attributes: Attributes, condition: Condition = None) -> Stored:
        stored = super().put(at, content, attributes, condition)
        self._on_write()
        return stored


@pytest.mark.requirement("TC-1")
def test_a_sync_begins_no_step_and_deletes_nothing(tmp_path: Path) -> None:
    """Each step that was not begun says so; the same sync again does the rest."""
    enough, source = Event(), fill(tmp_path, FILES)

    with swapped(Interrupted(enough.set)):
        mirror = put(place(in_memory(), "files/mirror"), OLD)
        enough.clear()
        done = sync(source, mirror, delete=True, cancel=enough)

        assert {type(one.error) for one in done.done} == {Cancelled, type(None)}
        assert not done.is_whole
        assert OLD.items() <= contents(mirror).items()
        assert sync(source, mirror, delete=True).is_whole
        assert contents(mirror) == FILES


@pytest.mark.requirement("TC-1")
def test_a_sync_whose_task_is_cancelled_deletes_nothing(tmp_path: Path) -> None:
    """Its thread ends with what is under way."""
    begun, on = Event(), Event()
    source, storage = fill(tmp_path, FILES), in_memory()
    on.set()

    def halt() -> None:
        begun.set()
        assert on.wait(300)

    async def work() -> None:
        opened = AsyncStorage(storage)
        there = opened.prefix("files/mirror").at()
        task = asyncio.create_task(awaited.sync(source, there, delete=True))
        assert await asyncio.to_thread(begun.wait, 300)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        on.set()
        await asyncio.to_thread(opened.pool.shutdown)

    with swapped(Interrupted(halt)):
        mirror = put(place(storage, "files/mirror"), OLD)
        on.clear()
        begun.clear()
        asyncio.run(work())

        assert OLD.items() <= contents(mirror).items()
        assert len(contents(mirror)) < len(FILES)


def test_several_files_go_again() -> None:
    """They are there all, or none of them."""
    enough = Event()

    with swapped(Interrupted(enough.set)):
        batch = place(in_memory(), "files/once")
        with pytest.raises(Cancelled):
            put_all(batch, FILES, cancel=enough)

        assert contents(batch) == {}


@pytest.mark.requirement("CS-9")
def test_a_clearing_stops_before_the_next_page() -> None:
    """It says so, and can be called again for what is left."""
    enough = Event()
    enough.set()
    batch = put(place(in_memory(), "files/mirror"), FILES)

    assert clear(batch, cancel=enough) == Cleared(0, stopped="it was called off")
    assert contents(batch) == FILES
    assert clear(batch) == Cleared(len(FILES))
