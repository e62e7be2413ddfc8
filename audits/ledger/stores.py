"""Where do the files of a ledger lie, and how is one of them replaced so that it is whole at any time?"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from tempfile import mkstemp
from typing import Final, NamedTuple, Protocol

from audits.ledger.identity import DIGITS, BrokenError, LedgerError

DRAFT: Final = ".draft"
"""What a file is called that is not whole yet."""
_BUCKET: Final = f"*-{'[0-9a-f]' * DIGITS}"
"""What the folder of a bucket is called."""
LARGEST: Final = 1 << 30
"""No file that is read into memory has more bytes."""


class Kept(NamedTuple):
    """The content of a file, and what tells it from any other content."""

    content: bytes
    token: str


class Entry(NamedTuple):
    """A file that is there."""

    name: str
    size: int
    modified: datetime


class Store(Protocol):
    """A place for files: a folder, or a prefix of a bucket. Each call raises LedgerError where it cannot."""

    @property
    def place(self) -> str:
        """Where that is, as people name it."""

    def read(self, name: str) -> Kept | None:
        """What a small file holds; None where there is none."""

    def replace(self, name: str, content: bytes, before: str | None) -> str | None:
        """Write it, if it still holds what that token stands for (None: if it is not there).

        Its new token; None where it holds something else by now.
        """

    def draft(self) -> Path:
        """A new file on this machine, to be written and then published."""

    def publish(self, draft: Path, name: str) -> None:
        """Put a draft in its place, whole; nothing is there of it before."""

    def local(self, name: str, size: int) -> Path:
        """Where on this machine a published file can be read; BrokenError where it is gone or cut."""

    def entries(self, prefix: str = "") -> Iterator[Entry]:
        """All published files whose names begin so."""

    def drafts(self) -> Iterator[Entry]:
        """What was begun and never published."""

    def remove(self, name: str) -> None:
        """Remove it, if it is there."""

    def close(self) -> None:
        """Nothing more is asked of it."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of this machine; what it holds is for its owner alone."""

    root: Path

    @property
    def place(self) -> str:
        """Its path."""
        return str(self.root)

    def read(self, name: str) -> Kept | None:
        """What a small file holds."""
        with _plainly(self.root / name):
            try:
                content = (self.root / name).read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                return None
            return Kept(content, _token(content))

    def replace(self, name: str, content: bytes, before: str | None) -> str | None:
        """Write it under a lock that ends with its holder, to the disk before it gets its name."""
        path = self.root / name
        with _plainly(path):
            self._make_room(path)
            with _locked(self.root / ".lock"):
                there = self.read(name)
                if (there.token if there else None) != before:
                    return None
                draft = path.with_name(f".{path.name}-{token_hex(4)}{DRAFT}")
                with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                    file.write(content)
                self.publish(draft, name)
        return _token(content)

    def draft(self) -> Path:
        """On the same disk, so that to publish it is to rename it."""
        with _plainly(self.root):
            self._make_room(self.root / "draft")
            handle, name = mkstemp(dir=self.root, prefix=".", suffix=DRAFT)
            os.close(handle)
        return Path(name)

    def publish(self, draft: Path, name: str) -> None:
        """First its content is on the disk, then its name."""
        path = self.root / name
        with _plainly(path):
            self._make_room(path)
            _to_disk(draft)
            draft.replace(path)
            _to_disk(path.parent)

    def local(self, name: str, size: int) -> Path:
        """Where it lies."""
        path = self.root / name
        with _plainly(path):
            try:
                found = path.stat().st_size
            except FileNotFoundError:
                raise BrokenError(f"{path} is not there") from None
        if found != size:
            raise BrokenError(f"{path} has {found} bytes, and {size} were written")
        return path

    def entries(self, prefix: str = "") -> Iterator[Entry]:
        """The files of the buckets; whatever else lies there is nobody's business here."""
        with _plainly(self.root):
            for pattern in (f"{_BUCKET}/*", f"{_BUCKET}/*/*"):
                for path in sorted(self.root.glob(pattern)):
                    name = path.relative_to(self.root).as_posix()
                    if name.startswith(prefix) and not name.endswith(DRAFT) and path.is_file():
                        yield _entry(name, path)

    def drafts(self) -> Iterator[Entry]:
        """What a run that was killed had not finished writing, or another one writes now."""
        with _plainly(self.root):
            for depth in ("", f"{_BUCKET}/", f"{_BUCKET}/*/"):
                for path in sorted(self.root.glob(f"{depth}.*{DRAFT}")):
                    yield _entry(path.relative_to(self.root).as_posix(), path)

    def remove(self, name: str) -> None:
        """Remove it, and its folder where it was the last in it."""
        path = self.root / name
        with _plainly(path):
            path.unlink(missing_ok=True)
            for folder in path.relative_to(self.root).parents[:-1]:
                try:
                    (self.root / folder).rmdir()
                except OSError:
                    return

    def close(self) -> None:
        """There is nothing to give back."""

    def _make_room(self, path: Path) -> None:
        """The folders that a file lies in."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in reversed(path.relative_to(self.root).parents[:-1]):
            (self.root / folder).mkdir(mode=0o700, exist_ok=True)


def _entry(name: str, path: Path) -> Entry:
    about = path.stat()
    return Entry(name, about.st_size, datetime.fromtimestamp(about.st_mtime, UTC))


def _token(content: bytes) -> str:
    return sha256(content).hexdigest()


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def _plainly(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise LedgerError(f"{path} is not there") from None
    except OSError as error:
        raise LedgerError(f"{path}: {error.strerror or 'it cannot be used'}") from None
