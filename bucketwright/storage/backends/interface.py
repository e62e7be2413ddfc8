"""What does a place to keep objects have to do? The same on all of them, and one suite of tests says so."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import BinaryIO, Final, Protocol

from bucketwright.storage.errors import StorageError
from bucketwright.storage.stored import At, Attributes, Condition, IfMatch, Part, Span, Stored, Upload

AT_ONCE: Final = 1_000
"""Keys that one request deletes, as S3 takes them."""


class Lost(Exception):  # noqa: N818 - no error yet: whoever wrote finds out what became of it
    """A write that may have been done though its answer was an error, or never came."""

    def __init__(self, error: StorageError, *, unanswered: bool) -> None:
        super().__init__(error.message)
        self.error = error
        """What to say where it turns out that it was not done."""
        self.unanswered = unanswered
        """Whether no answer came at all, so that it may be done still."""


class Busy(Exception):  # noqa: N818 - no error yet: it is tried again
    """Another conditional write of the same key is under way."""

    unanswered = False
    """Whether that may be an earlier attempt of the very same request, which was not answered."""


class Content(Protocol):
    """What is to be written, as often as it is asked for."""

    @property
    def size(self) -> int:
        """How many bytes."""

    @property
    def sha256(self) -> str:
        """Their hash, in hexadecimal digits."""

    def opened(self, first: int = 0, size: int | None = None) -> AbstractContextManager[BinaryIO]:
        """So many bytes from there, read from their beginning; by default all."""


class Reading(Protocol):
    """An object that is being read."""

    @property
    def stored(self) -> Stored:
        """What is known of the whole object."""

    def read(self, most: int, /) -> bytes:
        """The next bytes, at most so many; none at the end."""

    def close(self) -> None:
        """Read no more."""


class Objects(Protocol):
    """Whole objects."""

    def put(self, at: At, content: Content, attributes: Attributes, condition: Condition = None) -> Stored:
        """Write an object, all of it or nothing.

        AlreadyThere or Changed where the condition does not hold, Busy where another write is under way, Lost
        where nobody said what became of it.
        """

    def get(self, at: At, span: Span | None = None, etag: str = "") -> Reading:
        """Begin to read; Changed where the object no longer has that ETag."""

    def head(self, at: At) -> Stored:
        """What is known of an object; NotFound where none is there."""

    def tags(self, at: At) -> Mapping[str, str]:
        """The tags of an object."""

    def rows(self, bucket: str, prefix: str, after: str = "") -> Iterator[Stored]:
        """The objects whose keys begin so and come after that one, in the order of the keys' UTF-8."""

    def delete(self, at: At, condition: IfMatch | None = None) -> None:
        """Delete an object; nothing happens where none is there, unless a condition is given.

        InDoubt where it may have been done, or may still be; any other error says that it was not.
        """

    def delete_many(self, bucket: str, keys: Sequence[str]) -> Mapping[str, str]:
        """Delete objects; why not, for each key that could not be deleted."""

    def copy(
        self, source: At, target: At, attributes: Attributes, etag: str, condition: Condition = None
    ) -> Stored:
        """Write the content of the object with that ETag under another key, as `put` does."""

    def check(self, bucket: str, prefix: str) -> None:
        """Ask for something harmless; Misconfigured, Denied or Unreachable says why nothing would work."""


class Uploads(Protocol):
    """Objects that come in parts, and are there once all are."""

    def begin(self, at: At, attributes: Attributes) -> str:
        """The id of a new upload."""

    def send(self, at: At, upload_id: str, number: int, content: Content) -> Part:
        """Write one part; they are numbered from 1, and each but the last has 5 MiB or more."""

    def parts(self, at: At, upload_id: str) -> Sequence[Part]:
        """The parts that are there; NotFound where there is no such upload."""

    def finish(self, at: At, upload_id: str, parts: Sequence[Part], condition: Condition = None) -> Stored:
        """Make an object of these parts, under the same conditions as `put`.

        What it was begun with need not be told again, only key, size, ETag and version.
        """

    def drop(self, at: At, upload_id: str) -> None:
        """Give an upload up, with all its parts; nothing happens where there is none."""

    def uploads(self, bucket: str, prefix: str) -> Iterator[Upload]:
        """The unfinished uploads of keys that begin so."""


class Backend(Objects, Uploads, Protocol):
    """A place to keep objects."""
