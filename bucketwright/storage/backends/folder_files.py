"""How does a folder keep what is in it, whoever else works there, and whenever it stops?

Files appear whole, and nothing is followed out of the folder.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

from bucketwright.plain_text import shown
from bucketwright.s3.evidence import write_whole
from bucketwright.storage.backends.interface import Content
from bucketwright.storage.backends.like_s3 import keep_hash
from bucketwright.storage.backends.records import LARGEST, Record, read_record
from bucketwright.storage.disk import meant
from bucketwright.storage.errors import Misconfigured
from bucketwright.storage.pieces import chunks

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_NO_FOLLOW: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def own_path(root: Path, *parts: str) -> Path:
    """A path below a folder; Misconfigured where a link leads out of it, or anywhere."""
    path = root.joinpath(*parts)
    for below in (path, *path.parents):
        if below == root:
            return path
        if below.is_symlink():
            raise Misconfigured(f"{shown(str(below), 200)} is a symbolic link, and none is followed there")
    raise Misconfigured(f"{shown(str(path), 200)} lies outside of {shown(str(root), 200)}")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Nobody else, in this program or another, is in such a block of the same file."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | _NO_FOLLOW, 0o600)
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def write_content(path: Path, content: Content, key: str) -> None:
    """A new file with that content; none where the content is not what was announced."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with path.open("xb") as file, content.opened() as source:
            keep_hash(_copied(source, file), content.sha256, key)
    except BaseException:
        gone(path)
        raise


def gone(path: Path) -> None:
    """Take away what nobody needs any more; what cannot go now, the sweeper takes."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def write_record(path: Path, text: bytes, root: Path) -> None:
    """A small file with that text, in one step."""
    write_whole(path, text, root)


def read_small(path: Path, most: int) -> bytes:
    """The beginning of a file that is no link."""
    with opened(path) as file:
        return file.read(most)


def record_in(path: Path) -> Record:
    """The record in a file; Damaged where it is none, and told where it cannot be read."""
    with readable(path):
        return read_record(read_small(path, LARGEST), str(path))


def opened(path: Path) -> BinaryIO:
    """A file that is no link, to be read."""
    return os.fdopen(os.open(path, os.O_RDONLY | _NO_FOLLOW), "rb")


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """A StorageError where something in the block cannot be read: what nobody sees is not gone."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError):
        raise
    except OSError as error:
        raise meant(error, path, "", "read") from None


def files_below(folder: Path) -> Iterator[Path]:
    """All that is no folder there; nothing where there is no such folder, no link to one is followed.

    Told where one of the folders cannot be read.
    """
    folders = [folder]
    while folders:
        below, files = _listed(folders.pop())
        yield from files
        folders += below


def _listed(folder: Path) -> tuple[list[Path], list[Path]]:
    """The folders in a folder, and all else."""
    below: list[Path] = []
    files: list[Path] = []
    with readable(folder), suppress(FileNotFoundError), os.scandir(folder) as rows:
        for row in rows:
            (below if row.is_dir(follow_symlinks=False) else files).append(Path(row.path))
    return below, files


def remove(path: Path, root: Path) -> None:
    """Take a file away, and the folders above it that are empty then."""
    path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == root:
            return
        with suppress(OSError):
            folder.rmdir()
            continue
        return


def _copied(source: BinaryIO, target: BinaryIO) -> str:
    hashed = sha256()
    for chunk in chunks(source):
        hashed.update(chunk)
        target.write(chunk)
    return hashed.hexdigest()
