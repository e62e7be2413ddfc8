"""What is an object to all backends? Where it lies, what it carries, and on which condition it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeAlias

WRITE_ID: Final = "bucketwright-write"
"""Metadata that tells one write from every other, so that a lost answer can be found again."""
SHA256: Final = "bucketwright-sha256"
"""Metadata that holds the hash of the content."""
OWN_METADATA: Final = "bucketwright-"
"""How the names of all that the client notes for itself begin."""


@dataclass(frozen=True, slots=True)
class At:
    """Where an object lies."""

    bucket: str
    key: str


@dataclass(frozen=True, slots=True)
class Attributes:
    """What a write says beside the content."""

    content_type: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    cache_control: str = ""
    content_disposition: str = ""
    content_encoding: str = ""


@dataclass(frozen=True, slots=True)
class IfAbsent:
    """Write only where no object has the key."""


@dataclass(frozen=True, slots=True)
class IfMatch:
    """Write only over the object with this ETag."""

    etag: str


Condition: TypeAlias = IfAbsent | IfMatch | None


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes from first to last, both included, counted from 0; without last, to the end."""

    first: int = 0
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """An object as a write or a look left it. A listing knows key, size, ETag and time, and no more."""

    key: str
    size: int
    etag: str
    """Without quotes. The same content has the same one only where it was written the same way."""
    modified: datetime | None = None
    content_type: str = ""
    version: str = ""
    """Empty where versions are not kept."""
    metadata: Mapping[str, str] = field(default_factory=dict)
    cache_control: str = ""
    content_disposition: str = ""
    content_encoding: str = ""

    @property
    def sha256(self) -> str:
        """The hash of the content in hexadecimal digits; empty where it was not noted."""
        return self.metadata.get(SHA256, "")

    @property
    def type(self) -> str:
        """Its content type."""
        return self.content_type

    @property
    def attributes(self) -> Attributes:
        """What it was written with, but for tags, which are asked for apart."""
        return Attributes(
            self.content_type,
            self.metadata,
            {},
            self.cache_control,
            self.content_disposition,
            self.content_encoding,
        )


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an upload that is not finished."""

    number: int
    etag: str
    size: int
    sha256: str = ""
    """Empty where the backend did not keep it."""


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload in parts that nobody finished."""

    key: str
    upload_id: str
    begun: datetime
