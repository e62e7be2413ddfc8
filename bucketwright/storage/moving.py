"""How does an object get to another place?

Copied inside of the backend where that can be, under the rules of the place it comes to; deleted where it was
only once the copy is there.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from bucketwright.objects.content_types import BYTES
from bucketwright.plain_text import shown
from bucketwright.storage.backends.interface import Backend
from bucketwright.storage.beginning import Beginning
from bucketwright.storage.content import Limits, given
from bucketwright.storage.declared import Declared, attributes_for, keep_address
from bucketwright.storage.dispositions import is_attachment
from bucketwright.storage.errors import (
    Changed,
    Denied,
    InDoubt,
    Misconfigured,
    NotFound,
    Refused,
    StorageError,
)
from bucketwright.storage.hashing import HEAD
from bucketwright.storage.reading import Reader, Unbroken
from bucketwright.storage.said import Said
from bucketwright.storage.stored import At, Attributes, Condition, IfAbsent, IfMatch, Span, Stored
from bucketwright.storage.transfer.sending import Sending
from bucketwright.storage.writing import Target, Written, own_metadata, written

_NOT_DONE: Final = (Changed, Denied, Misconfigured, Refused)
"""Answers to a deletion after which nothing more comes of it."""
_STILL_THERE: Final = "is still there"


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
    beginning: Beginning

    def send(self, at: At, attributes: Attributes, condition: Condition) -> Stored:
        """The copy, made by the backend that has it."""
        return self.backend.copy(self.at, at, attributes, self.stored.etag, condition)


def source_at(backend: Backend, at: At) -> Source:
    """What is there, and how it begins, in one question; only of what is empty no bytes can be asked for."""
    try:
        with Unbroken(backend, at, Span(0, HEAD - 1)) as raw:
            return Source(backend, at, raw.stored, Beginning(raw.stored.size, raw.readall()))
    except Refused:
        stored = backend.head(at)
        if stored.size:
            raise
        return Source(backend, at, stored, Beginning(0, b""))


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
    """The object at its new place, and no longer at the old one.

    Where it cannot be deleted there the copy goes again, but never one that may be all that is left: InDoubt
    then says what is known.
    """
    there = copied(source, target)
    try:
        source.backend.delete(source.at, IfMatch(source.stored.etag))
    except StorageError as error:
        raise _halfway(source, target, there, error) from None
    return there


def _halfway(source: Source, target: Target, there: Written, error: StorageError) -> StorageError:
    """What to say of an object whose copy is there; the copy is taken away where nothing can be lost by it.

    What was overwritten stays so: whoever moves the same object to the same name may have written that copy.
    """
    left = _left(source)
    if left != _STILL_THERE or not isinstance(error, _NOT_DONE):
        return InDoubt(_both(source, there, left, error), there.key)
    if isinstance(target.condition, IfAbsent):
        with suppress(StorageError):
            target.backend.delete(At(target.there.bucket, there.key), IfMatch(there.etag))
            return error
    return type(error)(_both(source, there, left, error), there.key)


def _left(source: Source) -> str:
    """What is seen of the object that was to be deleted."""
    try:
        source.backend.head(source.at)
    except NotFound:
        return "is gone"
    except StorageError:
        return "may be gone or not"
    return _STILL_THERE


def _both(source: Source, there: Written, left: str, error: StorageError) -> str:
    copy, origin = shown(there.key, 120), shown(source.at.key, 120)
    return f"{copy} was written, and {origin}, from which it was moved, {left}: {error.message}"


def _attributes(source: Source, there: Declared, key: str) -> Attributes:
    stored = source.stored
    said = Said(
        content_type="" if stored.content_type == BYTES else stored.content_type,
        encoding=stored.content_encoding,
        metadata=own_metadata(stored.metadata),
    )
    attributes = attributes_for(there, key, source.beginning, said)
    saved = stored.content_disposition if is_attachment(stored.content_disposition) else ""
    return replace(
        attributes,
        content_disposition=saved or attributes.content_disposition,
        cache_control=attributes.cache_control or stored.cache_control,
    )
