"""Did somebody outside send what was announced? A server knows sizes and headers, and never looks inside."""

from typing import TYPE_CHECKING

from bucketwright.storage.beginning import beginning_of
from bucketwright.storage.declared import attributes_for, key_of
from bucketwright.storage.said import Said
from bucketwright.storage.stored import At, Stored

if TYPE_CHECKING:  # a place is what asks here
    from bucketwright.storage.place import Place


def received(place: "Place", name: str) -> Stored:
    """What was uploaded, held against the contract as `put` would; Refused where it does not fit, and stays.

    To be asked after an upload by link or form: type, name and content have to agree, and no server looks.
    """
    backend, at = place.home.backend, At(place.there.bucket, key_of(place.there, place.path, name))
    stored = backend.head(at)
    said = Said(content_type=stored.content_type, encoding=stored.content_encoding)
    attributes_for(place.there, at.key, beginning_of(backend, at, stored), said)
    return stored
