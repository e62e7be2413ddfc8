"""How does an upload in parts lie in a folder until it is finished?"""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree
from typing import Final
from uuid import uuid4

from bucketwright.plain_text import shown
from bucketwright.storage.backends.file_names import bucket_folder
from bucketwright.storage.backends.folder_files import (
    gone,
    locked,
    own_path,
    read_small,
    readable,
    write_content,
    write_record,
)
from bucketwright.storage.backends.folder_joined import joined
from bucketwright.storage.backends.interface import Content
from bucketwright.storage.backends.like_s3 import (
    etag_of,
    etag_of_parts,
    keep_number,
    keep_part_rules,
    no_upload,
    written_now,
)
from bucketwright.storage.backends.records import (
    LARGEST,
    attributes_json,
    attributes_of,
    json_mapping,
    moment,
)
from bucketwright.storage.disk import kept_in, told
from bucketwright.storage.errors import Misconfigured, StorageError
from bucketwright.storage.stored import At, Attributes, Condition, Part, Stored, Upload

ABOUT: Final = "upload.json"
"""What is noted of an upload."""


class FolderUploads(ABC):
    """Parts lie in a folder of their upload's own, each named by number, ETag and size."""

    def __init__(self, root: Path) -> None:
        try:
            self._root: Final = root.resolve()
        except (OSError, RuntimeError) as error:  # links in a ring
            raise Misconfigured(f"{shown(str(root), 200)} leads nowhere: {error}") from None

    @property
    def root(self) -> Path:
        """The folder that everything is in, once something was written."""
        return self._root

    def make_folder(self) -> None:
        """See that the folder is there, for its owner alone where it is new."""
        with kept_in(self._root, verb="made"):
            self._root.mkdir(mode=0o700, parents=True, exist_ok=True)

    @abstractmethod
    def publish(
        self, at: At, content: Content, stored: Stored, tags: Mapping[str, str], condition: Condition
    ) -> Stored:
        """Let that be an object, in one step."""

    @told
    def begin(self, at: At, attributes: Attributes) -> str:
        self.make_folder()
        upload_id = uuid4().hex
        about = {"key": at.key, "begun": datetime.now(UTC).isoformat(), **attributes_json(attributes)}
        path = own_path(self._uploads(at.bucket), upload_id, ABOUT)
        try:
            write_record(path, json.dumps(about, indent=1).encode("ascii"), self._of(at.bucket))
        except BaseException:
            with suppress(OSError):
                path.parent.rmdir()
            raise
        return upload_id

    @told
    def send(self, at: At, upload_id: str, number: int, content: Content) -> Part:
        keep_number(number, at.key)
        folder, _ = self._begun(at, upload_id)
        part = Part(number, etag_of(content.sha256), content.size)
        path = folder / f"{uuid4().hex}.part"
        write_content(path, content, at.key)
        try:
            with locked(self._of(at.bucket) / "lock"):
                for old in folder.glob(f"{number:05d}.*"):
                    old.unlink()
                path.rename(folder / f"{number:05d}.{part.etag}.{part.size}")
        except BaseException:
            gone(path)
            raise
        return part

    @told
    def parts(self, at: At, upload_id: str) -> Sequence[Part]:
        folder, _ = self._begun(at, upload_id)
        return _parts(folder)

    @told
    def finish(self, at: At, upload_id: str, parts: Sequence[Part], condition: Condition = None) -> Stored:
        folder, attributes = self._begun(at, upload_id)
        keep_part_rules(parts, {part.number: part for part in _parts(folder)}, at.key)
        content = joined([folder / f"{part.number:05d}.{part.etag}.{part.size}" for part in parts])
        made = written_now(at, content.size, etag_of_parts(parts), attributes)
        stored = self.publish(at, content, made, attributes.tags, condition)
        with suppress(StorageError):  # it is done: what stays of the upload, the sweeper takes
            self.drop(at, upload_id)
        return stored

    @told
    def drop(self, at: At, upload_id: str) -> None:
        with suppress(FileNotFoundError):
            rmtree(self._folder(at.bucket, upload_id))

    def uploads(self, bucket: str, prefix: str) -> Iterator[Upload]:
        there = []
        with kept_in(self._root), suppress(FileNotFoundError), readable(self._root):
            for path in self._uploads(bucket).iterdir():
                about = _about(path)
                if about is not None and str(about.get("key")).startswith(prefix):
                    begun = moment(about.get("begun"), str(path))
                    there.append(Upload(str(about.get("key")), path.name, begun))
        yield from sorted(there, key=lambda one: (one.key.encode(), one.begun))

    def _begun(self, at: At, upload_id: str) -> tuple[Path, Attributes]:
        folder = self._folder(at.bucket, upload_id)
        about = _about(folder)
        if about is None or about.get("key") != at.key:
            raise no_upload(at.key)
        return folder, attributes_of(about, str(folder / ABOUT))

    def _folder(self, bucket: str, upload_id: str) -> Path:
        known = upload_id if upload_id.isalnum() and upload_id.isascii() else "none"
        return own_path(self._uploads(bucket), known)

    def _of(self, bucket: str) -> Path:
        return own_path(self._root, bucket_folder(bucket))

    def _uploads(self, bucket: str) -> Path:
        return own_path(self._of(bucket), "uploads")


def _about(folder: Path) -> Mapping[str, object] | None:
    """What is noted of an upload; None where it is none."""
    try:
        with readable(folder):
            return json_mapping(read_small(folder / ABOUT, LARGEST), str(folder))
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        if folder.parent.is_dir():  # somebody's file among the uploads
            return None
        raise


def _parts(folder: Path) -> Sequence[Part]:
    found = (path.name.split(".") for path in folder.iterdir())
    named = [name for name in found if len(name) == 3 and name[0].isdecimal() and name[2].isdecimal()]
    return sorted((Part(int(number), etag, int(size)) for number, etag, size in named), key=_number)


def _number(part: Part) -> int:
    return part.number
