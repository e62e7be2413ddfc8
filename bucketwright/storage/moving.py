"""How does an object get to another place?

Copied inside of the backend where that can be, under the rules of the place it comes to; deleted where it was
only once the copy is there.
"""

from dataclasses import dataclass, replace

from bucketwright.objects.content_types import BYTES
from bucketwright.plain_text import shown
from bucketwright.storage.backends.interface import Backend
from bucketwright.storage.content import Limits, given
from bucketwright.storage.declared import Declared, attributes_for, keep_address
from bucketwright.storage.errors import Changed, Refused, StorageError
from bucketwright.storage.hashing import HEAD
from bucketwright.storage.reading import Reader, read_span
from bucketwright.storage.said import Said
from bucketwright.storage.stored import At, Attributes, Condition, IfMatch, Span, Stored
from bucketwright.storage.transfer.sending import Sending
from bucketwright.storage.writing import Target, Written, own_metadata, written


@dataclass(frozen=True, slots=True)
class _Beginning:
    size: int
    head: bytes


@dataclass(frozen=True, slots=True)
class _Once:
    """A file that is read once: it lies far away."""

    reader: Reader

    def read(self, most: int = -1, /) -> bytes:
        return self.reader.read(most)


@dataclass(frozen=True, slots=True)
class Source:
    """An object that is to be copied, as it was when it was looked at."""

    backend: Backend
    at: At
    stored: Stored

    def send(self, at: At, attributes: Attributes, condition: Condition) -> Stored:
        """The copy, made by the backend that has it."""
        return self.backend.copy(self.at, at, attributes, self.stored.etag, condition)


def source_at(backend: Backend, at: At) -> Source:
    """What is there."""
    return Source(backend, at, backend.head(at))


def copied(source: Source, target: Target) -> Written:
    """The copy at its new place; Refused where that place does not take it."""
    if source.at == target.at and source.backend is target.backend:
        raise Refused(f"{shown(source.at.key, 120)} would be copied onto itself", source.at.key)
    attributes = _attributes(source, target.there, target.at.key)
    keep_address(target.there, target.at.key, source.stored.sha256)
    if source.backend is target.backend:
        return written(target, attributes, source.stored.sha256, source.send)
    limits = Limits(target.there.prefix.max_size, target.there.transfer)
    with Reader(source.backend, source.at) as reader, given(_Once(reader), limits) as body:
        sending = Sending.of(target.backend, body, target.there.transfer)
        return written(target, attributes, body.sha256, sending)


def moved(source: Source, target: Target) -> Written:
    """The object at its new place, and no longer at the old one; if that fails, only at the old one."""
    there = copied(source, target)
    try:
        source.backend.delete(source.at, IfMatch(source.stored.etag))
    except StorageError as error:
        _undo(target, there, error)
        raise
    return there


def _undo(target: Target, there: Written, error: StorageError) -> None:
    """Take the copy away; Changed where not even that can be done, and both are there."""
    try:
        target.backend.delete(At(target.there.bucket, there.key), IfMatch(there.etag))
    except StorageError:
        told = (
            f"{shown(there.key, 120)} was written, and what it was moved from is still there: {error.message}"
        )
        raise Changed(told, there.key) from None


def _attributes(source: Source, there: Declared, key: str) -> Attributes:
    stored = source.stored
    head = b""
    if stored.size:
        span = Span(0, min(HEAD, stored.size) - 1)
        head = read_span(source.backend, source.at, span)
    said = Said(
        content_type="" if stored.content_type == BYTES else stored.content_type,
        encoding=stored.content_encoding,
        metadata=own_metadata(stored.metadata),
    )
    attributes = attributes_for(there, key, _Beginning(stored.size, head), said)
    shown_as = stored.content_disposition or attributes.content_disposition
    return replace(attributes, content_disposition=shown_as)
