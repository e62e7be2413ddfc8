"""Is a file that comes to a folder there whole or as it was before, and nothing else?"""

from pathlib import Path

import pytest

from bucketwright.storage import Misconfigured, Unreachable
from bucketwright.storage.opened import swapped
from bucketwright.storage.patterns.sync import Filter, sync
from bucketwright.storage.patterns.syncing.folder_side import FolderSide
from bucketwright.storage.patterns.syncing.names import OWN_FOLDER
from tests.storage.patterns.runs import contents, in_memory, place
from tests.storage.patterns.sides import Watched, files, fill, put


@pytest.mark.requirement("TC-1")
def test_a_download_that_breaks(tmp_path: Path) -> None:
    """The file is as it was before, and nothing else lies about."""
    with swapped(backend := Watched()):
        there = put(place(in_memory(), "files/mirror"), {"a": b"new", "b": b"1"})
        fill(tmp_path, {"a": b"old"})
        backend.failing[f"{there.path}a"] = Unreachable("no answer")
        assert not sync(there, tmp_path, filters=[Filter(False, "b")]).is_whole

    assert files(tmp_path) == {"a": b"old"}
    assert {path.name for path in tmp_path.iterdir()} == {"a"}


def test_what_a_killed_program_left(tmp_path: Path) -> None:
    """It is not sent up, and is gone after the next time."""
    there = put(place(in_memory(), "files/mirror"), {"b": b"1"})
    fill(tmp_path, {f"{OWN_FOLDER}/half.part": b"half", "a": b"2"})

    assert sync(tmp_path, there).is_whole
    assert set(contents(there)) == {"a", "b"}
    sync(there, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"a", "b"}


def test_two_programs_and_one_folder(tmp_path: Path) -> None:
    """The second one is told, and takes nothing of the first away."""
    there = put(place(in_memory(), "files/mirror"), {"a": b"1"})

    with FolderSide(tmp_path).writing(), pytest.raises(Misconfigured, match="another program"):
        sync(there, tmp_path)
