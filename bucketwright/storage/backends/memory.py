"""Objects in the memory of this program, for tests: gone with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from threading import Lock
from uuid import uuid4

from bucketwright.storage.backends.interface import Content, Reading
from bucketwright.storage.backends.like_s3 import (
    OneByOne,
    covered,
    etag_of,
    etag_of_parts,
    keep_condition,
    keep_hash,
    keep_number,
    keep_part_rules,
    no_upload,
    not_there,
    written_now,
)
from bucketwright.storage.stored import At, Attributes, Condition, IfMatch, Part, Span, Stored, Upload


@dataclass(frozen=True, slots=True)
class _Held:
    stored: Stored
    content: bytes
    tags: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Begun:
    at: At
    attributes: Attributes
    begun: datetime
    parts: dict[int, tuple[Part, bytes]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Reading:
    stored: Stored
    _content: BytesIO

    def read(self, most: int, /) -> bytes:
        return self._content.read(most)

    def close(self) -> None:
        self._content.close()


class Memory(OneByOne):
    """A backend; safe to share between threads."""

    def __init__(self) -> None:
        self._objects: dict[At, _Held] = {}
        self._uploads: dict[str, _Begun] = {}
        self._changing = Lock()

    def put(self, at: At, content: Content, attributes: Attributes, condition: Condition = None) -> Stored:
        read = _all_of(content, at.key)
        stored = written_now(at, len(read), etag_of(content.sha256), attributes)
        return self._publish(at, _Held(stored, read, dict(attributes.tags)), condition)

    def get(self, at: At, span: Span | None = None, etag: str = "") -> Reading:
        held = self._held(at)
        if etag:
            keep_condition(IfMatch(etag), held.stored, at.key)
        first, length = covered(span, held.stored.size, at.key)
        return _Reading(held.stored, BytesIO(held.content[first : first + length]))

    def head(self, at: At) -> Stored:
        return self._held(at).stored

    def tags(self, at: At) -> Mapping[str, str]:
        return self._held(at).tags

    def rows(self, bucket: str, prefix: str, after: str = "") -> Iterator[Stored]:
        with self._changing:
            there = [held.stored for at, held in self._objects.items() if at.bucket == bucket]
        begun = (one for one in there if one.key.startswith(prefix) and one.key.encode() > after.encode())
        yield from map(_row, sorted(begun, key=lambda one: one.key.encode()))

    def delete(self, at: At, condition: IfMatch | None = None) -> None:
        with self._changing:
            held = self._objects.get(at)
            keep_condition(condition, held.stored if held else None, at.key)
            self._objects.pop(at, None)

    def copy(
        self, source: At, target: At, attributes: Attributes, etag: str, condition: Condition = None
    ) -> Stored:
        held = self._held(source)
        keep_condition(IfMatch(etag), held.stored, source.key)
        stored = written_now(target, held.stored.size, etag_of(_hash(held.content)), attributes)
        return self._publish(target, _Held(stored, held.content, dict(attributes.tags)), condition)

    def check(self, bucket: str, prefix: str) -> None:
        """Memory is always there, with every bucket."""

    def begin(self, at: At, attributes: Attributes) -> str:
        upload_id = uuid4().hex
        self._uploads[upload_id] = _Begun(at, attributes, datetime.now(UTC))
        return upload_id

    def send(self, at: At, upload_id: str, number: int, content: Content) -> Part:
        keep_number(number, at.key)
        read = _all_of(content, at.key)
        part = Part(number, etag_of(content.sha256), len(read))
        with self._changing:
            self._begun(at, upload_id).parts[number] = (part, read)
        return part

    def parts(self, at: At, upload_id: str) -> Sequence[Part]:
        with self._changing:
            return [part for _, (part, _) in sorted(self._begun(at, upload_id).parts.items())]

    def finish(self, at: At, upload_id: str, parts: Sequence[Part], condition: Condition = None) -> Stored:
        with self._changing:
            begun = self._begun(at, upload_id)
            kept = dict(begun.parts)
        keep_part_rules(parts, {number: part for number, (part, _) in kept.items()}, at.key)
        whole = b"".join(kept[part.number][1] for part in parts)
        stored = written_now(at, len(whole), etag_of_parts(parts), begun.attributes)
        self._publish(at, _Held(stored, whole, dict(begun.attributes.tags)), condition)
        self._uploads.pop(upload_id, None)
        return stored

    def drop(self, at: At, upload_id: str) -> None:
        begun = self._uploads.get(upload_id)
        if begun is not None and begun.at == at:
            self._uploads.pop(upload_id, None)

    def uploads(self, bucket: str, prefix: str) -> Iterator[Upload]:
        with self._changing:
            there = [(begun.at, upload_id, begun.begun) for upload_id, begun in self._uploads.items()]
        for at, upload_id, begun in sorted(there, key=lambda one: (one[0].key.encode(), one[2])):
            if at.bucket == bucket and at.key.startswith(prefix):
                yield Upload(at.key, upload_id, begun)

    def _held(self, at: At) -> _Held:
        held = self._objects.get(at)
        if held is None:
            raise not_there(at.key)
        return held

    def _begun(self, at: At, upload_id: str) -> _Begun:
        begun = self._uploads.get(upload_id)
        if begun is None or begun.at != at:
            raise no_upload(at.key)
        return begun

    def _publish(self, at: At, held: _Held, condition: Condition) -> Stored:
        with self._changing:
            current = self._objects.get(at)
            keep_condition(condition, current.stored if current else None, at.key)
            self._objects[at] = held
        return held.stored


def _all_of(content: Content, key: str) -> bytes:
    with content.opened() as file:
        read = file.read()
    keep_hash(_hash(read), content.sha256, key)
    return read


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()


def _row(stored: Stored) -> Stored:
    """What a listing knows."""
    return Stored(stored.key, stored.size, stored.etag, stored.modified)
