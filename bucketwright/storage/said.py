"""What can a caller say of an object beside its content, where the contract leaves it open?"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from bucketwright.plain_text import shown
from bucketwright.storage.errors import Refused


@dataclass(frozen=True, slots=True)
class Said:
    """All of it is optional; the contract has the last word."""

    content_type: str = ""
    """Told by the name, else by the content, where it is not said."""
    encoding: str = ""
    """The compression of the content that readers undo: gzip, br or zstd."""
    file_name: str = ""
    """Under which name browsers save it, instead of showing it."""
    cache_control: str = ""
    """How long caches may keep it; by default as the contract's delivery says."""
    metadata: Mapping[str, str] = field(default_factory=dict)
    """Texts of the application, in ASCII."""


def keep_texts(said: Said, key: str) -> None:
    """Raises where something else than texts is said."""
    given: object = said
    if not isinstance(given, Said):
        raise Refused(
            f"what is said of an object is a Said, as Said('text/plain'), found {_kind(given)}", key
        )
    for part in fields(given):
        said_of_it: object = getattr(given, part.name)
        if part.name != "metadata" and not isinstance(said_of_it, str):
            raise Refused(f"{part.name} is a text, found {_kind(said_of_it)}", key)
    metadata: object = given.metadata
    if not isinstance(metadata, Mapping):
        raise Refused(f"the metadata are texts by their names, found {_kind(metadata)}", key)
    for name, text in metadata.items():
        if not isinstance(name, str) or not isinstance(text, str):
            raise Refused(f"the metadata {shown(str(name))} is a text, found {_kind(text)}", key)


def _kind(value: object) -> str:
    return type(value).__name__
