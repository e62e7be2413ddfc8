"""What does a folder of objects make on the disk, and what where the disk does not let it?"""

import errno
import fcntl
import os
from collections.abc import Callable
from errno import EACCES
from pathlib import Path
from typing import NoReturn

import pytest

from bucketwright.storage.backends import folder_files
from bucketwright.storage.backends.folder import Folder
from bucketwright.storage.errors import Misconfigured, Refused, StorageError, Unreachable
from bucketwright.storage.stored import At, IfMatch
from tests.storage.backends.test_folder import ABOUT, files, write
from tests.storage.kept import BUCKET, content
from tests.storage.limited import limited_to


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


SAYS_NO = {
    "the disk is full": (errno.ENOSPC, Unreachable, "make room"),
    "a quota": (errno.EDQUOT, Unreachable, "make room"),
    "a broken disk": (errno.EIO, Unreachable, "look at the disk"),
    "too many files": (errno.EMFILE, Unreachable, "ulimit -n"),
    "no permission": (errno.EACCES, Misconfigured, "who may"),
    "read-only": (errno.EROFS, Misconfigured, "mount it"),
    "a long name": (errno.ENAMETOOLONG, Refused, "choose a shorter name"),
}
WRITES: dict[str, Callable[[Folder], object]] = {
    "put": lambda folder: write(folder, "a", b"new"),
    "copy": lambda folder: folder.copy(
        At(BUCKET, "b"), At(BUCKET, "a"), ABOUT, folder.head(At(BUCKET, "b")).etag
    ),
    "begin": lambda folder: folder.begin(At(BUCKET, "a"), ABOUT),
    "delete": lambda folder: folder.delete(At(BUCKET, "a")),
}


@pytest.mark.parametrize("said", SAYS_NO)
@pytest.mark.parametrize(
    ("act", "step"),
    [
        ("put", "content"), ("put", "lock"), ("put", "record"),
        ("copy", "content"), ("copy", "record"), ("begin", "record"), ("delete", "lock"),
    ],
)  # fmt: skip
def test_a_disk_that_says_no(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, said: str, act: str, step: str
) -> None:
    """Whatever step it is at: one sentence that says what helps, and everything is as it was before."""
    for key in "ab":
        write(folder, key, b"old")
    before = files(folder.root)
    code, kind, helps = SAYS_NO[said]

    def fail(*_given: object, **_named: object) -> NoReturn:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        where, name = {
            "content": (folder_files, "_copied"),
            "lock": (fcntl, "flock"),
            "record": (Path, "replace"),
        }[step]
        patch.setattr(where, name, fail)
        with pytest.raises(kind, match=helps) as told:
            WRITES[act](folder)

    assert isinstance(told.value, StorageError)
    assert files(folder.root) == before
    opened = folder.get(At(BUCKET, "a"))
    assert opened.read(9) == b"old"
    opened.close()


def test_what_does_not_go_away_is_no_failure(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the object is there, or gone, nobody is told otherwise because of what it was before."""
    write(folder, "a", b"old")
    etag = folder.head(At(BUCKET, "a")).etag
    remove = Path.unlink

    def stuck(path: Path, *, missing_ok: bool = False) -> None:
        if path.parent.parent.name == "contents":
            raise PermissionError(EACCES, "Permission denied", str(path))
        remove(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", stuck)
    write(folder, "a", b"new")

    assert folder.head(At(BUCKET, "a")).etag != etag
    folder.delete(At(BUCKET, "a"), IfMatch(folder.head(At(BUCKET, "a")).etag))
    assert [*folder.rows(BUCKET, "")] == []


def test_a_disk_that_fills_up(folder: Folder) -> None:
    """In the middle of a large object, or of a part: told, and nothing of it stays."""
    write(folder, "a", b"old")
    upload = folder.begin(At(BUCKET, "a"), ABOUT)
    before = files(folder.root)

    with limited_to(100_000), content(bytes(300_000)) as large:
        for act in (
            lambda: folder.put(At(BUCKET, "a"), large, ABOUT),
            lambda: folder.send(At(BUCKET, "a"), upload, 1, large),
        ):
            with pytest.raises(Unreachable, match="File too large"):
                act()

    assert files(folder.root) == before


@pytest.mark.parametrize(
    "act",
    [
        lambda folder: folder.head(At(BUCKET, "a")),
        lambda folder: folder.get(At(BUCKET, "a")),
        lambda folder: [*folder.rows(BUCKET, "")],
        lambda folder: [*folder.uploads(BUCKET, "")],
        lambda folder: folder.delete(At(BUCKET, "a")),
        lambda folder: folder.parts(At(BUCKET, "a"), "none"),
    ],
    ids=["head", "get", "list", "uploads", "delete", "parts"],
)
def test_a_file_where_the_folder_should_be(tmp_path: Path, act: Callable[[Folder], object]) -> None:
    """Nobody is told that nothing is there."""
    (tmp_path / "kept").write_text("text")

    with pytest.raises(Misconfigured, match="a file is where a folder should be"):
        act(Folder(tmp_path / "kept"))


def test_a_key_that_no_disk_takes(tmp_path: Path) -> None:
    """Its path would be longer than paths may be."""
    folder = Folder(tmp_path / "/".join(["d" * 200] * 15))

    with pytest.raises(Refused, match="choose a shorter name"):
        write(folder, "é" * 500)


def test_parts_are_joined_in_the_folder_itself(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The place for temporary files may be small, or in memory: nothing is kept there."""
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")
    upload, parts = folder.begin(At(BUCKET, "a"), ABOUT), []
    pieces = [bytes(range(256)) * 20_480, b"the end"]
    for number, piece in enumerate(pieces, start=1):
        with content(piece) as body:
            parts.append(folder.send(At(BUCKET, "a"), upload, number, body))

    stored = folder.finish(At(BUCKET, "a"), upload, parts)

    opened = folder.get(At(BUCKET, "a"))
    assert stored.size == len(b"".join(pieces))
    assert opened.read(stored.size) == b"".join(pieces)
    opened.close()
