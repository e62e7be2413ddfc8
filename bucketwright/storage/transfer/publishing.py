"""How does a file that is whole get its name, and what must not be lost that has the name already?

What is no plain file (a device, a pipe, a folder, a link) is never replaced.
"""

import errno
import os
import stat
from pathlib import Path
from typing import Final

from bucketwright.plain_text import shown
from bucketwright.storage.errors import AlreadyThere, Refused

_NO_LINKS: Final = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
"""What file systems say that give no file a second name."""
_RIGHTS: Final = 0o777


def replaceable(path: Path, *, new: bool) -> os.stat_result | None:
    """The plain file that has the name; None where nothing has.

    Refused where it is anything else, and AlreadyThere where the file is to be new.
    """
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    if new:
        raise _taken(path)
    if not stat.S_ISREG(found.st_mode):
        raise Refused(f"{shown(str(path), 120)} is no plain file: nothing is put in its place")
    return found


def created(path: Path, there: os.stat_result | None) -> None:
    """An empty file for what is to replace that one; with the rights of any new file where there is none."""
    rights = 0o666 if there is None else 0o600
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, rights))


def publish(coming: Path, path: Path, *, new: bool) -> None:
    """Let a file have that name in one step, with the rights of the one that it replaces.

    Where it is to be new, whatever came to have the name meanwhile stays: AlreadyThere.
    """
    if new:
        _named(coming, path)
        return
    found = replaceable(path, new=False)
    if found is not None:
        coming.chmod(found.st_mode & _RIGHTS)
    coming.replace(path)


def _named(coming: Path, path: Path) -> None:
    try:
        path.hardlink_to(coming)
    except FileExistsError:
        raise _taken(path) from None
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _claimed(path)
        coming.replace(path)
    else:
        coming.unlink()


def _claimed(path: Path) -> None:
    try:
        created(path, None)
    except FileExistsError:
        raise _taken(path) from None


def _taken(path: Path) -> AlreadyThere:
    return AlreadyThere(f"{shown(str(path), 120)} is there already")
