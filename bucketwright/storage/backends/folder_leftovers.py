"""What lies in a folder of objects and belongs to none? What programs left that were killed in mid-write.

Only files that this client names so, in the folders of buckets that it wrote to: all else is somebody's.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bucketwright.storage.backends.file_names import RECORD, bucket_folder
from bucketwright.storage.backends.folder_files import files_below, locked, own_path, readable, record_in
from bucketwright.storage.backends.folder_uploads import ABOUT
from bucketwright.storage.backends.records import CONTENT
from bucketwright.storage.disk import kept_in

_COMING: Final = re.compile(r"\.[a-z0-9_]+\.part")
"""A record, or what is noted of an upload, before it is whole."""
_PART: Final = re.compile(r"[0-9]{5}\.[0-9a-f]+\.[0-9]+")
_COMING_PART: Final = re.compile(rf"{CONTENT.pattern}\.part")
_LOCK: Final = "lock"


def leftovers(root: Path, buckets: Iterable[str], before: datetime) -> list[Path]:
    """Files older than that which no object, and no unfinished upload, of these buckets is made of."""
    with kept_in(root):
        return [path for bucket in _folders(root, buckets) for path in _of_bucket(bucket, before)]


def remove_leftovers(root: Path, buckets: Iterable[str], before: datetime) -> int:
    """Delete them; how many they were."""
    removed = 0
    with kept_in(root):
        for bucket in _folders(root, buckets):
            with locked(bucket / _LOCK):
                for path in _of_bucket(bucket, before):
                    path.unlink(missing_ok=True)
                    removed += 1
    return removed


def _folders(root: Path, buckets: Iterable[str]) -> list[Path]:
    """The folders of those buckets that something was written to."""
    found = [own_path(root, bucket_folder(bucket)) for bucket in sorted(set(buckets))]
    with readable(root):
        return [bucket for bucket in found if own_path(bucket, _LOCK).is_file()]


def _of_bucket(bucket: Path, before: datetime) -> list[Path]:
    """Old files first, and then the records: what an object has got meanwhile is not taken for nobody's."""
    contents, keys, uploads = (own_path(bucket, name) for name in ("contents", "keys", "uploads"))
    with readable(bucket):
        ours = (path for path in files_below(contents) if _is_content(path, contents))
        old = [path for path in ours if _is_older(path, before)]
        parts = [path for path in files_below(keys) if _COMING.fullmatch(path.name)]
        parts += [path for path in files_below(uploads) if _is_nobodys(path, uploads)]
        used = _used(keys) if old else set()
        unused = [path for path in old if path.name not in used]
        return sorted([*unused, *(path for path in parts if _is_older(path, before))])


def _is_content(path: Path, contents: Path) -> bool:
    return bool(CONTENT.fullmatch(path.name)) and path.parent == contents / path.name[:2]


def _is_nobodys(path: Path, uploads: Path) -> bool:
    """Whether a file belongs to an upload that was given up, or was to become a part of one."""
    upload = path.parent
    if upload.parent != uploads or not CONTENT.fullmatch(upload.name):
        return False
    if _COMING_PART.fullmatch(path.name) or _COMING.fullmatch(path.name):
        return True
    return bool(_PART.fullmatch(path.name)) and not (upload / ABOUT).exists()


def _used(keys: Path) -> set[str]:
    """The names of the contents of all objects; Damaged or Misconfigured where a record cannot be read."""
    used = set()
    for path in files_below(keys):
        if path.name.endswith(RECORD):
            with suppress(FileNotFoundError):
                used.add(record_in(path).content)
    return used


def _is_older(path: Path, before: datetime) -> bool:
    try:
        return datetime.fromtimestamp(path.lstat().st_mtime, UTC) < before
    except FileNotFoundError:
        return False
