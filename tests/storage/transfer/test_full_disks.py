"""Where the disk of this machine says no, is the file that was there still there, and nothing beside it?"""

from collections.abc import Callable
from pathlib import Path

import pytest

from bucketwright.storage import Refused, StorageError
from bucketwright.storage.patterns.checkpoints import Checkpoints
from bucketwright.storage.patterns.content_addressed import content_addressed
from bucketwright.storage.patterns.sync import sync
from tests.storage.limited import limited_to
from tests.storage.patterns.runs import in_memory, place

SMALL, LARGE = bytes(700_000), bytes(7_000_000)


def saved(data: bytes, *, new: bool = False, resume: bool = False) -> Callable[[Path], object]:
    there = place(in_memory(), "files/mirror")
    there.put("a", data)
    return lambda path: there.save("a", path, new=new, resume=resume)


def addressed(path: Path) -> None:
    blobs = content_addressed(in_memory().prefix("files/blobs"))
    blobs.save(blobs.put(SMALL).sha256, path)


def loaded(path: Path) -> None:
    storage = in_memory()
    of_run = Checkpoints(*(place(storage, f"files/{one}", run_id="r") for one in ("checkpoints", "pointers")))
    of_run.save(1, SMALL)
    of_run.load(path)


@pytest.mark.parametrize("there", [b"before", None], ids=["over a file", "new"])
@pytest.mark.parametrize(
    "act",
    [saved(SMALL), saved(SMALL, new=True), saved(LARGE), saved(LARGE, resume=True), addressed, loaded],
    ids=["small", "as a new one", "in parts", "to be resumed", "by its hash", "checkpoint"],
)
def test_a_disk_that_fills_up(tmp_path: Path, act: Callable[[Path], object], there: bytes | None) -> None:
    """A write that takes less than it was given is no success."""
    path = tmp_path / "file"
    if there is not None and act.__name__ == "<lambda>":
        path.write_bytes(there)
    before = {one: one.read_bytes() for one in tmp_path.iterdir()}

    with limited_to(500_000), pytest.raises(StorageError, match=r"file' (cannot be|is there)"):
        act(path)

    assert {one: one.read_bytes() for one in tmp_path.iterdir()} == before


def test_a_folder_that_fills_up(tmp_path: Path) -> None:
    """What sync could not bring down is told, and is not there by halves."""
    there = place(in_memory(), "files/mirror")
    there.put("a", b"text")
    there.put("b", SMALL)

    with limited_to(500_000):
        done = sync(there, tmp_path)

    assert not done.is_whole
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """It is named, and not what the file is called until it is whole."""
    for act in (saved(SMALL), saved(LARGE), saved(LARGE, resume=True)):
        with pytest.raises(Refused, match=r"there is no folder .*/none' to save to"):
            act(tmp_path / "none" / "file")
    with pytest.raises(Refused, match="is no name of a file"):
        saved(SMALL)(tmp_path / "a\0b")
