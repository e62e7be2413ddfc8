"""What a list of S3 says, as plain rows: objects, versions, delete markers, unfinished uploads."""

from typing import Generic, NamedTuple, TypeVar

from bucketwright.calls import Failure

Listed = TypeVar("Listed")


class Row(NamedTuple):
    """An object, or one version of it."""

    key: str
    etag: str
    """With its quotes, as S3 says it."""
    modified: str
    """As it was listed: `2026-03-01T00:00:00.000Z`."""
    size: int
    storage_class: str
    """Empty where none is named."""
    owner: str | None
    """The canonical id of a user; None where the list names none."""
    checksums: str
    """The algorithms, with commas between them; empty where the list names none."""
    restoring: bool
    version: str = ""
    """Empty in a list of keys; `null` is a version like any other."""
    is_latest: bool = True


class Marker(NamedTuple):
    """A delete marker."""

    key: str
    modified: str
    owner: str | None
    version: str
    is_latest: bool


class Upload(NamedTuple):
    """An upload in parts that nobody finished."""

    key: str
    upload: str
    initiated: str
    initiator: str | None
    """The id of a user."""
    storage_class: str
    size: int | Failure
    """The bytes of its parts; a Failure where they could not be listed."""


class Page(NamedTuple, Generic[Listed]):
    """All that lies in a range of keys, or why that is not known.

    The range is half open, `(low, high]`, in the order of the keys' UTF-8 bytes, which is that of Python's
    texts; no two pages overlap. The pages of one part of a list come in order, the parts in any order.
    """

    rows: list[Listed]
    """In the order of the list; all versions and markers of a key are in one page, newest first."""
    low: str
    high: str | None
    """None: to the end."""
    failure: Failure | None = None
    """Why nothing of the range is known; there are no rows then."""
