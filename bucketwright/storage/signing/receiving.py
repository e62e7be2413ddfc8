"""Did somebody outside send what was announced? A server knows sizes and headers, and never looks inside."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bucketwright.storage.declared import attributes_for, key_of
from bucketwright.storage.hashing import HEAD
from bucketwright.storage.reading import read_span
from bucketwright.storage.said import Said
from bucketwright.storage.stored import At, Span, Stored

if TYPE_CHECKING:  # a place is what asks here
    from bucketwright.storage.place import Place


@dataclass(frozen=True, slots=True)
class _Beginning:
    size: int
    head: bytes


def received(place: "Place", name: str) -> Stored:
    """What was uploaded, held against the contract as `put` would; Refused where it does not fit, and stays.

    To be asked after an upload by link or form: type, name and content have to agree, and no server looks.
    """
    backend, at = place.home.backend, At(place.there.bucket, key_of(place.there, place.path, name))
    stored = backend.head(at)
    head = read_span(backend, at, Span(0, min(HEAD, stored.size) - 1)) if stored.size else b""
    said = Said(content_type=stored.content_type, encoding=stored.content_encoding)
    attributes_for(place.there, at.key, _Beginning(stored.size, head), said)
    return stored
