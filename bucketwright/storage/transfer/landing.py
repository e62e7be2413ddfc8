"""Where does an object lie on this machine until all of it has come?

Beside the file that it becomes: under a name of its own, or, to be taken up again, under one that says which
object it is, with a list of the parts that have come.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final
from uuid import uuid4

from bucketwright.plain_text import shown
from bucketwright.storage.disk import saved_as
from bucketwright.storage.errors import Changed
from bucketwright.storage.stored import At, Stored
from bucketwright.storage.transfer.publishing import created, publish, replaceable

_LONGEST: Final = 100
_DIGITS: Final = 16


@dataclass(frozen=True, slots=True)
class Landing:
    """A file that is not whole yet."""

    path: Path
    done: frozenset[int] = frozenset()
    """The numbers of the parts that have come."""
    _list: Path | None = None

    def came(self, number: int) -> None:
        """Note that a part is there."""
        if self._list is not None:
            with self._list.open("a") as file:
                file.write(f"{number}\n")

    def discard(self) -> None:
        """Nothing of it is worth to be gone on with."""
        self.path.unlink(missing_ok=True)
        if self._list is not None:
            self._list.unlink(missing_ok=True)

    def publish(self, path: Path, *, new: bool) -> None:
        """It is whole: let it be that file, in one step."""
        publish(self.path, path, new=new)
        if self._list is not None:
            self._list.unlink(missing_ok=True)


@contextmanager
def passing(path: Path, *, new: bool = False) -> Iterator[Landing]:
    """A new file beside the one that it becomes; gone where the block fails."""
    landing = Landing(path.with_name(f".{path.name[:_LONGEST]}.{uuid4().hex}.part"))
    with saved_as(path):
        created(landing.path, replaceable(path, new=new))
        try:
            yield landing
            landing.publish(path, new=new)
        except BaseException:
            landing.discard()
            raise


@contextmanager
def lasting(path: Path, at: At, stored: Stored, part: int, *, new: bool = False) -> Iterator[Landing]:
    """One that stays where the block fails, for the same object in the same parts."""
    told = "\0".join((at.bucket, at.key, stored.etag, stored.version, str(stored.size), str(part)))
    digest = sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    begin = f".{path.name[:_LONGEST]}."
    whole = path.with_name(f"{begin}{digest}.part")
    listed = path.with_name(f"{begin}{digest}.parts")
    with saved_as(path, at.key):
        there = replaceable(path, new=new)
        _remove_others(path.parent, begin, digest)
        landing = Landing(whole, _listed(listed) if _has_size(whole, stored.size) else frozenset(), listed)
        if not landing.done:
            landing.discard()
            _made(whole, there, stored.size)
        try:
            yield landing
            landing.publish(path, new=new)
        except FileNotFoundError:
            told = f"others save {shown(at.key, 120)} to the same file at this moment"
            raise Changed(told, at.key) from None


def _made(path: Path, there: os.stat_result | None, size: int) -> None:
    """A file of that size, or none."""
    created(path, there)
    try:
        os.truncate(path, size)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _listed(path: Path) -> frozenset[int]:
    """The parts that have come; a line that was cut off counts for nothing."""
    try:
        lines = path.read_bytes().split(b"\n")[:-1]
    except FileNotFoundError:
        return frozenset()
    return frozenset(int(line) for line in lines if re.fullmatch(rb"[0-9]{1,5}", line))


def _has_size(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except FileNotFoundError:
        return False


def _remove_others(folder: Path, begin: str, digest: str) -> None:
    """What came of the object that was there before is of no use."""
    name = re.compile(rf"{re.escape(begin)}(?!{digest})[0-9a-f]{{{_DIGITS}}}\.parts?")
    for path in [path for path in folder.iterdir() if name.fullmatch(path.name)]:
        path.unlink(missing_ok=True)
