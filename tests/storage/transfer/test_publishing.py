"""Does a file that comes get its name with the rights it should have, and is nothing lost by it?"""

import errno
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from bucketwright.storage import AlreadyThere, Refused
from bucketwright.storage.patterns.content_addressed import content_addressed
from bucketwright.storage.patterns.syncing.folder_side import FolderSide
from bucketwright.storage.patterns.syncing.sides import Item
from bucketwright.storage.place import Place
from tests.storage.contracts import place, storage
from tests.storage.transfer.flaky import DATA, Flaky

NAME = "a.bin"
RESUMED = pytest.mark.parametrize("resume", [False, True], ids=["passing", "to be resumed"])


@pytest.fixture
def drafts(backend: Flaky) -> Place:
    """A place with one large object."""
    drafts = place("files/drafts")
    drafts.put(NAME, DATA)
    return drafts


def rights(path: Path) -> int:
    return path.lstat().st_mode & 0o7777


@RESUMED
def test_a_new_file_is_as_any_other(drafts: Place, tmp_path: Path, resume: bool) -> None:
    """It has the rights that this process gives to new files."""
    (tmp_path / "other").touch()
    drafts.save(NAME, tmp_path / "a.out", resume=resume)

    assert rights(tmp_path / "a.out") == rights(tmp_path / "other")


@RESUMED
@pytest.mark.parametrize("before", [0o600, 0o640, 0o755])
def test_a_replaced_file_keeps_its_rights(drafts: Place, tmp_path: Path, resume: bool, before: int) -> None:
    """And what comes in its place is nobody else's meanwhile."""
    path, seen = tmp_path / "a.out", list[int]()
    path.touch()
    path.chmod(before)
    drafts.save(
        NAME, path, resume=resume, progress=lambda *_: seen.extend(map(rights, tmp_path.glob(".*.part")))
    )

    assert (rights(path), path.read_bytes(), {*seen}) == (before, DATA, {0o600})


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _link(path: Path) -> None:
    (path.parent / "far").write_bytes(b"before")
    path.symlink_to("far")


def _dangling(path: Path) -> None:
    path.symlink_to("nowhere")


MADE = pytest.mark.parametrize(
    "make", [_pipe, _link, _dangling, Path.mkdir], ids=["pipe", "link", "dangling", "folder"]
)


@RESUMED
@MADE
def test_what_is_no_plain_file_stays(
    drafts: Place, backend: Flaky, tmp_path: Path, resume: bool, make: Callable[[Path], None]
) -> None:
    """A pipe, a link or a folder is not replaced, and nothing lies beside it."""
    path = tmp_path / "a.out"
    make(path)
    before = (path.lstat().st_ino, sorted(tmp_path.iterdir()))

    with pytest.raises(Refused, match="is no plain file: nothing is put in its place"):
        drafts.save(NAME, path, resume=resume)
    assert (path.lstat().st_ino, sorted(tmp_path.iterdir())) == before
    with pytest.raises(AlreadyThere):
        drafts.save(NAME, path, resume=resume, new=True)


@RESUMED
@pytest.mark.parametrize("has_links", [True, False], ids=["with links", "without links"])
def test_a_new_file_replaces_nothing(
    drafts: Place,
    backend: Flaky,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    resume: bool,
    has_links: bool,
) -> None:
    """Also what comes to have its name while the content comes, and where files have one name only."""
    path = tmp_path / "a.out"

    def appears(what: str, number: int) -> None:
        if (what, number) == ("get", 3):
            path.write_bytes(b"of somebody else")

    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    if not has_links:
        monkeypatch.setattr(Path, "hardlink_to", no_links)
    backend.before = appears
    with pytest.raises(AlreadyThere, match="is there already"):
        drafts.save(NAME, path, resume=resume, new=True)
    assert path.read_bytes() == b"of somebody else"
    path.unlink()
    backend.before = lambda *_: None
    drafts.save(NAME, path, resume=resume, new=True)

    assert (path.read_bytes() == DATA, path.lstat().st_nlink) == (True, 1)
    assert [one.name for one in tmp_path.iterdir()] == ["a.out"]


def test_a_folder_side_adds_where_nothing_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What appears after it was looked for stays as it is."""

    def appears(side: FolderSide, name: str, _: Item | None) -> None:
        side.file(name).write_bytes(b"of somebody else")

    side = FolderSide(tmp_path / "here")
    monkeypatch.setattr(FolderSide, "_keep", appears)
    with side.writing():
        coming = side.coming()
        coming.write_bytes(b"text")
        with pytest.raises(AlreadyThere):
            side.publish(coming, "a.txt", None, "")
    assert (tmp_path / "here" / "a.txt").read_bytes() == b"of somebody else"


def test_content_under_its_hash(tmp_path: Path) -> None:
    """It lands as everything else does."""
    blobs, path = content_addressed(storage().prefix("files/blobs")), tmp_path / "a.out"
    blobs.put(b"text")
    _link(path)

    with pytest.raises(Refused, match="is no plain file"):
        blobs.save(sha256(b"text").hexdigest(), path)
    assert path.read_bytes() == b"before"
    path.unlink()
    blobs.save(sha256(b"text").hexdigest(), path)
    assert (path.read_bytes(), rights(path)) == (b"text", rights(tmp_path / "far"))
