"""What does it mean to whoever writes or reads that a file of this machine says no, and what helps?"""

import errno
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, Protocol, TypeVar

from bucketwright.plain_text import shown
from bucketwright.storage.errors import Changed, Misconfigured, Refused, StorageError, Unreachable
from bucketwright.storage.stored import At

_FOR_NOW: Final[Mapping[int, str]] = {
    errno.ENOSPC: "make room, and try again",
    errno.EDQUOT: "this user may keep no more there: make room, and try again",
    errno.EFBIG: "this process, or that disk, lets no file become so large: raise the limit",
    errno.EMFILE: "raise the limit of open files of this process (ulimit -n), or do less at once",
    errno.ENFILE: "this machine has too many files open: try again later",
}
_NOT_SO: Final[Mapping[int, str]] = {
    errno.EACCES: "see who owns it, and who may",
    errno.EPERM: "see who owns it, and who may",
    errno.EROFS: "mount it so that it can be written to, or name another folder",
    errno.EEXIST: "a file is where a folder should be",
    errno.ENOTDIR: "a file is where a folder should be",
    errno.EISDIR: "a folder is where a file should be",
    errno.ELOOP: "links lead round in a ring",
}
Where = TypeVar("Where", bound=At | str)
Given = ParamSpec("Given")
Result = TypeVar("Result")


class Rooted(Protocol):
    """Objects in a folder."""

    @property
    def root(self) -> Path:
        """The folder that everything is in."""


Kept = TypeVar("Kept", bound=Rooted)


def told(
    method: Callable[Concatenate[Kept, Where, Given], Result],
) -> Callable[Concatenate[Kept, Where, Given], Result]:
    """The same method, in which what the disk says no to is a StorageError."""

    @wraps(method)
    def of_disk(one: Kept, where: Where, /, *given: Given.args, **named: Given.kwargs) -> Result:
        with kept_in(one.root, where.key if isinstance(where, At) else ""):
            return method(one, where, *given, **named)

    return of_disk


@contextmanager
def kept_in(root: Path, key: str = "", verb: str = "used") -> Iterator[None]:
    """What a folder of objects says no to in the block is a StorageError."""
    try:
        yield
    except OSError as error:
        raise meant(error, root, key, verb) from None


@contextmanager
def saved_as(path: Path, key: str = "") -> Iterator[None]:
    """The same of one file that somebody names; Refused where there can be none."""
    try:
        yield
    except FileNotFoundError:
        raise Refused(f"there is no folder {shown(str(path.parent), 200)} to save to", key) from None
    except OSError as error:
        error.filename = str(path)  # and not what it is called until it is whole
        found = meant(error, path, key, "written")
        raise (Refused(found.message, key) if isinstance(found, Misconfigured) else found) from None


def meant(error: OSError, path: Path, key: str, verb: str) -> StorageError:
    """What to say of an error of the file system."""
    where = f"{shown(str(error.filename or path), 200)} cannot be {verb}"
    code, reason = error.errno or 0, error.strerror or shown(str(error), 200)
    if code == errno.ENOENT:
        return Changed(f"{where}: it is gone, another program deletes there at this moment", key)
    if code == errno.ENAMETOOLONG:
        return Refused(f"{where}: {reason}; choose a shorter name", key)
    if code in _NOT_SO:
        return Misconfigured(f"{where}: {reason}; {_NOT_SO[code]}", key)
    return Unreachable(f"{where}: {reason}; {_FOR_NOW.get(code, 'look at the disk, and try again')}", key)
