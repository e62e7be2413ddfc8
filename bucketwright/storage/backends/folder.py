"""Objects in a folder of this machine, for tests and small installations; programs may share it.

Below a bucket's folder: `keys` holds a record for each object, `contents` what they contain, `uploads` what
is not finished. An object is there from the moment its record is, and a record is published in one step.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final
from uuid import uuid4

from bucketwright.plain_text import shown
from bucketwright.storage.backends.file_names import RECORD, folder_path, record_path
from bucketwright.storage.backends.folder_files import (
    files_below,
    gone,
    locked,
    opened,
    own_path,
    readable,
    record_in,
    remove,
    write_content,
    write_record,
)
from bucketwright.storage.backends.folder_uploads import FolderUploads
from bucketwright.storage.backends.interface import Content, Reading
from bucketwright.storage.backends.like_s3 import (
    OneByOne,
    covered,
    etag_of,
    keep_condition,
    not_there,
    written_now,
)
from bucketwright.storage.backends.records import Record, record_text
from bucketwright.storage.content import given
from bucketwright.storage.disk import kept_in, told
from bucketwright.storage.errors import Damaged, StorageError
from bucketwright.storage.stored import At, Attributes, Condition, IfMatch, Span, Stored

_LOOKS: Final = 10
"""How often a record is read again whose content was replaced in between."""


@dataclass(frozen=True, slots=True)
class _Reading:
    stored: Stored
    _file: BinaryIO
    _end: int

    def read(self, most: int, /) -> bytes:
        with kept_in(Path(self.stored.key), self.stored.key, "read"):
            return self._file.read(min(most, self._end - self._file.tell()))

    def close(self) -> None:
        self._file.close()


class Folder(OneByOne, FolderUploads):
    """A backend; safe to share between threads and programs. The first write makes the folder."""

    @told
    def put(self, at: At, content: Content, attributes: Attributes, condition: Condition = None) -> Stored:
        stored = written_now(at, content.size, etag_of(content.sha256), attributes)
        return self.publish(at, content, stored, attributes.tags, condition)

    def publish(
        self, at: At, content: Content, stored: Stored, tags: Mapping[str, str], condition: Condition
    ) -> Stored:
        record, path = Record(stored, uuid4().hex, tags), self._record_path(at)
        self.make_folder()
        write_content(self._content(at.bucket, record), content, at.key)
        begun = False
        try:
            with locked(self._of(at.bucket) / "lock"):
                before = self._record(at)
                keep_condition(condition, before.stored if before else None, at.key)
                begun = True
                write_record(path, record_text(record), self._of(at.bucket))
        except BaseException:
            if not begun or not self._may_be(at, record):
                gone(self._content(at.bucket, record))
            raise
        if before is not None:
            gone(self._content(at.bucket, before))
        return stored

    def _may_be(self, at: At, record: Record) -> bool:
        """Whether the object is that one, as far as anybody can see."""
        try:
            there = self._record(at)
        except (OSError, StorageError):
            return True
        return there is not None and there.content == record.content

    @told
    def get(self, at: At, span: Span | None = None, etag: str = "") -> Reading:
        stored, file = self._opened(at)
        try:
            if etag:
                keep_condition(IfMatch(etag), stored, at.key)
            first, length = covered(span, stored.size, at.key)
            file.seek(first)
        except BaseException:
            file.close()
            raise
        return _Reading(stored, file, first + length)

    @told
    def head(self, at: At) -> Stored:
        return self._needed(at).stored

    @told
    def tags(self, at: At) -> Mapping[str, str]:
        return self._needed(at).tags

    def rows(self, bucket: str, prefix: str, after: str = "") -> Iterator[Stored]:
        with kept_in(self._root):
            below = own_path(self._keys(bucket), *folder_path(prefix).parts)
            there = [
                record.stored
                for record in self._records(below)
                if record.stored.key.startswith(prefix) and record.stored.key.encode() > after.encode()
            ]
        for one in sorted(there, key=lambda stored: stored.key.encode()):
            yield Stored(one.key, one.size, one.etag, one.modified)

    @told
    def delete(self, at: At, condition: IfMatch | None = None) -> None:
        path = self._record_path(at)
        if not self._is_begun(at.bucket):
            keep_condition(condition, None, at.key)
            return
        with locked(self._of(at.bucket) / "lock"):
            record = self._record(at)
            keep_condition(condition, record.stored if record else None, at.key)
            if record is None:
                return
            remove(path, self._keys(at.bucket))
        gone(self._content(at.bucket, record))

    def _is_begun(self, bucket: str) -> bool:
        """Whether anything was ever written there."""
        try:
            self._of(bucket).stat()
        except FileNotFoundError:
            return False
        return True

    @told
    def copy(
        self, source: At, target: At, attributes: Attributes, etag: str, condition: Condition = None
    ) -> Stored:
        stored, file = self._opened(source)
        with file:
            keep_condition(IfMatch(etag), stored, source.key)
            with given(file) as content:
                made = written_now(target, stored.size, etag_of(content.sha256), attributes)
                return self.publish(target, content, made, attributes.tags, condition)

    def check(self, bucket: str, prefix: str) -> None:
        with kept_in(self._root, verb="written to"):
            self.make_folder()
            with locked(self._of(bucket) / "lock"):
                next(self.rows(bucket, prefix), None)

    def _opened(self, at: At) -> tuple[Stored, BinaryIO]:
        """An object and its content; looked at anew where it was replaced in between."""
        for _ in range(_LOOKS):
            record = self._needed(at)
            try:
                with readable(self._root):
                    file = opened(self._content(at.bucket, record))
            except FileNotFoundError:
                continue
            if os.fstat(file.fileno()).st_size == record.stored.size:
                return record.stored, file
            file.close()
            break
        raise Damaged(f"the content of {shown(at.key, 120)} is not there as it was written", at.key)

    def _needed(self, at: At) -> Record:
        record = self._record(at)
        if record is None:
            raise not_there(at.key)
        return record

    def _record(self, at: At) -> Record | None:
        path = self._record_path(at)
        try:
            record = record_in(path)
        except FileNotFoundError:
            return None
        if record.stored.key != at.key:
            raise Damaged(f"the file {shown(str(path), 200)} is the record of another key", at.key)
        return record

    def _records(self, below: Path) -> Iterator[Record]:
        for path in files_below(below):
            if path.name.endswith(RECORD) and not path.is_symlink():
                with suppress(FileNotFoundError):
                    yield record_in(path)

    def _record_path(self, at: At) -> Path:
        return own_path(self._keys(at.bucket), *record_path(at.key).parts)

    def _keys(self, bucket: str) -> Path:
        return own_path(self._of(bucket), "keys")

    def _content(self, bucket: str, record: Record) -> Path:
        return own_path(self._of(bucket), "contents", record.content[:2], record.content)
