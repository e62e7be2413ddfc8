"""One side is a folder of this machine: what is in it, and how does a file come to be there, or go?

Links are not followed, neither into the folder nor out of it. A file is there whole or as it was before, and
what others have changed since it was listed is left alone.
"""

import os
import re
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import new as new_hash
from pathlib import Path
from shutil import rmtree
from typing import Final, Literal
from uuid import uuid4

from bucketwright.plain_text import shown
from bucketwright.storage.backends.folder_files import own_path
from bucketwright.storage.errors import Changed, Misconfigured, Refused
from bucketwright.storage.patterns.syncing.names import OWN_FOLDER, name_fault
from bucketwright.storage.patterns.syncing.sides import Item, Listing
from bucketwright.storage.pieces import chunks
from bucketwright.storage.transfer.publishing import publish

if sys.platform != "win32":
    import fcntl

MTIME: Final = "mtime"
"""Metadata that holds when a file was changed last, in seconds since 1970, as other tools spell it, too."""
_BILLION: Final = 10**9
_LATEST: Final = 2**63
_TIME: Final = re.compile(r"([0-9]{1,10})(?:\.([0-9]{1,9})[0-9]{0,30})?", re.ASCII)


class FolderSide:
    """A folder."""

    def __init__(self, path: Path) -> None:
        self.path: Final = path

    @property
    def told(self) -> str:
        """What it is called, for people."""
        return str(self.path)

    def listed(self) -> Listing:
        """The files in it and below; nothing where there is no folder yet."""
        items: dict[str, Item] = {}
        unfit: dict[str, str] = {}
        unseen = ""
        if (self.path.is_symlink() or self.path.exists()) and not self.path.is_dir():
            raise Refused(f"{shown(self.told, 200)} is no folder")
        for name, found in _below(self.path):
            match found:
                case Item():
                    items[name] = found
                case OSError():
                    unseen = f"{shown(name, 200)} cannot be listed: {found.strerror}"
                case _:
                    unfit[name] = found
        return Listing(items, unfit, unseen)

    def digest(self, item: Item, algorithm: Literal["sha256", "md5"]) -> str:
        """The hash of the content of a file, in hexadecimal digits."""
        found = new_hash(algorithm, usedforsecurity=False)
        with self.file(item.name).open("rb") as file:
            for chunk in chunks(file):
                found.update(chunk)
        return found.hexdigest()

    def file(self, name: str) -> Path:
        """Where the file of a name is; Misconfigured where a link leads elsewhere."""
        if fault := name_fault(name):
            raise Refused(f"{shown(name, 120)} can be no file: {fault}")
        return own_path(self.path, *name.split("/"))

    def mark(self, name: str) -> str:
        """The mark of a file; empty where there is none."""
        try:
            return _mark(self.file(name).lstat())
        except (FileNotFoundError, NotADirectoryError):
            return ""

    def metadata(self, name: str) -> Mapping[str, str]:
        """What goes with the content of a file."""
        when = self.file(name).lstat().st_mtime_ns
        return {MTIME: f"{when // _BILLION}.{when % _BILLION:09}"}

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Nobody else writes in such a block to this folder; what killed programs left is taken away."""
        self.path.mkdir(parents=True, exist_ok=True)
        with _claimed(self.path):
            waiting = own_path(self.path, OWN_FOLDER)
            _emptied(waiting)
            waiting.mkdir(mode=0o700)
            try:
                yield
            finally:
                _emptied(waiting)

    def coming(self) -> Path:
        """Where a file can wait until it is whole."""
        return self.path / OWN_FOLDER / uuid4().hex

    def publish(self, coming: Path, name: str, replaces: Item | None, when: str) -> str:
        """Let a file that is whole have its name; its mark.

        Changed or AlreadyThere where something else is there by now.
        """
        path = self.file(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if when_ns := _nanoseconds(when):
            os.utime(coming, ns=(when_ns, when_ns))
        self._keep(name, replaces)
        publish(coming, path, new=replaces is None)
        return _mark(path.lstat())

    def delete(self, item: Item) -> None:
        """Delete a file, and the folders that are empty then; Changed where it is another by now."""
        path = self.file(item.name)
        self._keep(item.name, item)
        path.unlink()
        for folder in path.parents:
            if folder == self.path:
                return
            try:
                folder.rmdir()
            except OSError:
                return

    def _keep(self, name: str, expected: Item | None) -> None:
        found = self.mark(name)
        if found and expected is None:
            raise Changed(f"{shown(name, 120)} is there already, perhaps in another spelling")
        if expected is not None and found != expected.mark:
            raise Changed(f"the file {shown(name, 120)} was changed meanwhile")


def _below(root: Path) -> Iterator[tuple[str, Item | str | OSError]]:
    """Each file below a folder, or why it cannot be moved, or listed; nothing where there is no folder."""
    folders = [(root, "")] if root.exists() else []
    while folders:
        folder, begin = folders.pop()
        try:
            with os.scandir(folder) as rows:
                entries = list(rows)
        except OSError as error:
            yield str(folder), error
            continue
        for entry in entries:
            found = _looked_at(begin + entry.name, entry)
            if found is None:
                folders.append((Path(entry.path), f"{begin}{entry.name}/"))
            elif begin or entry.name != OWN_FOLDER:
                yield begin + entry.name, found


def _looked_at(name: str, entry: "os.DirEntry[str]") -> Item | str | None:
    """A file, or why it cannot be moved; None for a folder that is to be looked into."""
    try:
        facts = entry.stat(follow_symlinks=False)
    except OSError as error:
        return f"it cannot be looked at: {error.strerror}"
    if stat.S_ISLNK(facts.st_mode):
        return "it is a link, and none is followed"
    is_folder = stat.S_ISDIR(facts.st_mode)
    if not is_folder and not stat.S_ISREG(facts.st_mode):
        return "it is no plain file"
    if fault := name_fault(name):
        return fault
    return None if is_folder else Item(name, facts.st_size, _mark(facts))


def _mark(facts: os.stat_result) -> str:
    return f"{facts.st_size}-{facts.st_mtime_ns}-{facts.st_ctime_ns}-{facts.st_ino}"


def _nanoseconds(text: str) -> int:
    """A time as metadata spells it; 0 where it is none that a file can have."""
    read = _TIME.fullmatch(text)
    if read is None:
        return 0
    when = int(read[1]) * _BILLION + int((read[2] or "").ljust(9, "0"))
    return when if when < _LATEST else 0


def _emptied(waiting: Path) -> None:
    if waiting.is_dir():
        rmtree(waiting)
    else:
        with suppress(FileNotFoundError):
            waiting.unlink()


@contextmanager
def _claimed(folder: Path) -> Iterator[None]:
    """The folder itself is locked, so that no file is left in it; Windows has no such lock."""
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise Misconfigured(
            f"another program synchronises {shown(str(folder), 200)} at this moment"
        ) from None
    try:
        yield
    finally:
        os.close(handle)
