"""What lies in a folder of objects and belongs to none? What programs left that were killed in mid-write."""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bucketwright.storage.backends.file_names import RECORD
from bucketwright.storage.backends.folder_files import locked, read_small
from bucketwright.storage.backends.folder_uploads import ABOUT
from bucketwright.storage.backends.records import LARGEST, read_record

_PART: Final = ".part"


def leftovers(root: Path, before: datetime) -> list[Path]:
    """Files older than that which no object, and no unfinished upload, is made of."""
    return [path for bucket in _buckets(root) for path in _of_bucket(bucket, before)]


def remove_leftovers(root: Path, before: datetime) -> int:
    """Delete them; how many they were."""
    removed = 0
    for bucket in _buckets(root):
        with locked(bucket / "lock"):
            for path in _of_bucket(bucket, before):
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def _buckets(root: Path) -> list[Path]:
    return sorted(path for path in root.iterdir() if path.is_dir() and not path.is_symlink())


def _of_bucket(bucket: Path, before: datetime) -> list[Path]:
    """Old files first, and then the records: what an object has got meanwhile is not taken for nobody's."""
    old = [path for path in _files(bucket / "contents") if _is_older(path, before)]
    parts = [path for path in _files(bucket / "keys") if path.suffix == _PART]
    parts += [path for path in _files(bucket / "uploads") if _is_nobodys(path)]
    used = _used(bucket / "keys") if old else set()
    unused = [path for path in old if path.name not in used]
    return sorted([*unused, *(path for path in parts if _is_older(path, before))])


def _is_nobodys(path: Path) -> bool:
    """Whether a file belongs to an upload that was given up, or was to become a part of one."""
    return path.suffix == _PART or not (path.parent / ABOUT).exists()


def _used(keys: Path) -> set[str]:
    """The names of the contents of all objects; Damaged where a record cannot be read."""
    used = set()
    for path in _files(keys):
        if path.name.endswith(RECORD):
            with suppress(FileNotFoundError):
                used.add(read_record(read_small(path, LARGEST), str(path)).content)
    return used


def _is_older(path: Path, before: datetime) -> bool:
    try:
        return datetime.fromtimestamp(path.lstat().st_mtime, UTC) < before
    except FileNotFoundError:
        return False


def _files(folder: Path) -> Iterator[Path]:
    for here, _, names in os.walk(folder):
        yield from (Path(here, name) for name in names)
