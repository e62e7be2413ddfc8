"""What does a folder of objects make on the disk, and what where the disk does not let it?"""

import os
from errno import EACCES
from pathlib import Path

import pytest

from bucketwright.storage.backends.folder import Folder
from bucketwright.storage.errors import Misconfigured
from bucketwright.storage.stored import At
from tests.storage.backends.test_folder import write
from tests.storage.kept import BUCKET


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "kept")


def test_the_first_write_makes_the_folder(folder: Folder) -> None:
    """For its owner alone, with whatever lies above it."""
    write(folder, "a")

    assert folder.root.stat().st_mode & 0o077 == 0
    assert [row.key for row in folder.rows(BUCKET, "")] == ["a"]


@pytest.mark.parametrize("what", ["a file", "a ring of links"])
def test_a_path_that_can_be_no_folder(tmp_path: Path, what: str) -> None:
    """It is told with its path, and nothing else is harmed."""
    path = tmp_path / "kept"
    if what == "a file":
        path.write_text("text")
    else:
        path.symlink_to(path)

    with pytest.raises(Misconfigured, match=r"kept' (cannot be made|leads nowhere)"):
        write(Folder(path), "a")


def test_what_may_not_be_read(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an error that names the file, and no object that is gone."""
    write(folder, "a")

    def shut(path: Path, *_: int) -> int:
        raise PermissionError(EACCES, "Permission denied", str(path))

    monkeypatch.setattr(os, "open", shut)
    for act in (
        lambda: folder.head(At(BUCKET, "a")),
        lambda: folder.get(At(BUCKET, "a")),
        lambda: [*folder.rows(BUCKET, "")],
    ):
        with pytest.raises(Misconfigured, match=r"a=\.json' cannot be read: Permission denied"):
            act()
