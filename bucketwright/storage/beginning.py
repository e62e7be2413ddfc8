"""How does an object begin that is held against the contract, and how long is it?"""

import codecs
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

    @property
    def is_utf8(self) -> bool:
        """Whether all of it can be text in UTF-8, as far as it was seen."""
        try:
            codecs.getincrementaldecoder("utf-8")().decode(self.head, final=self.size <= len(self.head))
        except UnicodeDecodeError:
            return False
        return True


def beginning_of(backend: "Backend", at: At, stored: Stored) -> Beginning:
    """That of an object which is not empty is asked for."""
    if not stored.size:
        return Beginning(0, b"")
    return Beginning(stored.size, read_span(backend, at, Span(0, min(HEAD, stored.size) - 1)))
