"""Of what lies in a folder, is exactly that swept which killed programs left there?"""

import os
from datetime import UTC, datetime, timedelta
from errno import EACCES
from pathlib import Path

import pytest

from bucketwright.storage import Storage
from bucketwright.storage.errors import Misconfigured
from bucketwright.storage.patterns.sweeping import Leftovers, Swept, Terms, abandoned, sweep
from bucketwright.storage.patterns.sync import sync
from bucketwright.storage.stored import At, Attributes
from tests.storage.kept import content
from tests.storage.patterns.runs import in_folder, place

DAY = timedelta(days=1)
BUCKET = "works-dev-sessions"
FILES = "works-dev-files"
NOBODYS = "c0ffee" * 5 + "00"
LIKE_OURS = (
    f"contents/c0/{NOBODYS}",
    f"uploads/{NOBODYS}/00001.ab.1",
    "uploads/photo.jpg",
    "contents/chapter1.txt",
    "keys/.door.part",
)
NOT_LIKE_OURS = (
    "uploads/photo.jpg",
    "uploads/2026/photo.jpg",
    f"uploads/{NOBODYS}/photo.jpg",
    f"uploads/{NOBODYS}/film.part",
    f"uploads/2026/{NOBODYS}.part",
    f"contents/{NOBODYS}",
    f"contents/ab/{NOBODYS}",
    f"contents/ab/c0/{NOBODYS}",
    "contents/c0/chapter1.txt",
    "keys/house.part",
    "notes/.a.part",
)


def folder_of(storage: Storage) -> set[Path]:
    backend = storage.opened.backend
    root: Path = getattr(backend, "root")  # noqa: B009 - only a folder has one
    return {path for path in root.rglob("*") if path.is_file() and path.name != "lock"}


def test_what_killed_programs_left_in_a_folder(tmp_path: Path) -> None:
    """Files that belong to no object go once they are old; those of objects and open uploads stay."""
    storage = in_folder(tmp_path / "root")
    there = place(storage, "files/mirror")
    there.put("a.txt", b"text")
    backend, at = storage.opened.backend, At(there.there.bucket, f"{there.path}big.bin")
    upload_id = backend.begin(at, Attributes())
    with content(b"x") as one:
        backend.send(at, upload_id, 1, one)
    alive = folder_of(storage)
    bucket = tmp_path / "root" / there.there.bucket
    for stale in (
        f"contents/ab/ab{NOBODYS[2:]}",
        f"uploads/{NOBODYS}/00001.ab.1",
        "keys/mirror/.x1_y2zzz.part",
        f"uploads/{upload_id}/{NOBODYS}.part",
    ):
        (bucket / stale).parent.mkdir(exist_ok=True)
        (bucket / stale).write_bytes(b"x")
    now, later = Terms(datetime.now(UTC)), Terms(datetime.now(UTC) + 2 * DAY)

    assert [*abandoned(storage, now)] == []
    assert [*abandoned(storage, later)] == [Leftovers(4)]
    assert sweep(storage, Leftovers(4), later) == Swept(4)
    assert folder_of(storage) == alive
    assert there.get("a.txt") == b"text"


def test_what_others_keep_in_a_folder(tmp_path: Path) -> None:
    """Whatever this client did not make stays, also beside its own buckets, in them, and behind links."""
    root = tmp_path / "root"
    storage = in_folder(root)
    place(storage, "files/mirror").put("a.txt", b"text")
    elsewhere = tmp_path / "elsewhere"
    theirs = (
        *(root / "myapp" / name for name in LIKE_OURS),
        *(root / "myapp-with-a-lock" / name for name in ("lock", *LIKE_OURS)),
        *(root / BUCKET / name for name in LIKE_OURS),
        *(root / FILES / name for name in NOT_LIKE_OURS),
        elsewhere / "ab" / f"ab{NOBODYS[2:]}",
    )
    for path in theirs:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"theirs")
    later = Terms(datetime.now(UTC) + 2 * DAY)

    assert [*abandoned(storage, later)] == []
    assert sweep(storage, Leftovers(1), later) == Swept(0)
    assert all(path.is_file() for path in theirs)
    assert not (root / "myapp" / "lock").exists()
    contents = root / FILES / "contents"
    contents.rename(tmp_path / "moved")
    contents.symlink_to(elsewhere)
    with pytest.raises(Misconfigured, match="symbolic link"):
        sweep(storage, Leftovers(1), later)
    assert theirs[-1].is_file()


def test_records_that_cannot_be_read_keep_all_contents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nobody knows which objects there are, no content is taken for nobody's, and no list is short."""
    storage = in_folder(tmp_path / "root")
    there = place(storage, "files/mirror")
    for name in ("open/a.txt", "shut/b.txt"):
        there.put(name, b"text")
    later, scandir = Terms(datetime.now(UTC) + 2 * DAY), os.scandir

    def blind(path: str) -> object:
        if Path(path).name == "shut":
            raise PermissionError(EACCES, "Permission denied", str(path))
        return scandir(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", blind)
        for act in (
            lambda: [*abandoned(storage, later)],
            lambda: sweep(storage, Leftovers(2), later),
            lambda: [*there.list()],
            lambda: sync(there, tmp_path / "down", delete=True),
        ):
            with pytest.raises(Misconfigured, match="shut' cannot be read: Permission denied"):
                act()
    assert [there.get(name) for name in ("open/a.txt", "shut/b.txt")] == [b"text", b"text"]
