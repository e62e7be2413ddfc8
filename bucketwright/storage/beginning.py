"""How does an object begin that is held against the contract, and how long is it?"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bucketwright.storage.hashing import HEAD
from bucketwright.storage.reading import read_span
from bucketwright.storage.stored import At, Span, Stored

if TYPE_CHECKING:
    from bucketwright.storage.backends.interface import Backend


@dataclass(frozen=True, slots=True)
class Beginning:
    """As much of content as rules look at."""

    size: int
    """Of the whole."""
    head: bytes


def beginning_of(backend: "Backend", at: At, stored: Stored) -> Beginning:
    """That of an object which is not empty is asked for."""
    if not stored.size:
        return Beginning(0, b"")
    return Beginning(stored.size, read_span(backend, at, Span(0, min(HEAD, stored.size) - 1)))
