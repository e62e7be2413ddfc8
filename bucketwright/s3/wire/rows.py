"""What a list of S3 says, as plain rows: objects, versions, delete markers, unfinished uploads."""

from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Final, Generic, NamedTuple, TypeVar, overload

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


class Rows(Sequence[Row]):
    """Objects column by column; each is made when it is looked at, for of most nobody looks at more than what
    all of a column say."""

    __slots__ = ("columns",)

    def __init__(self, columns: tuple[Sequence[object], ...]) -> None:
        """In the order of a Row, all of one length."""
        self.columns: Final = columns

    def __len__(self) -> int:
        return len(self.columns[0])

    def __iter__(self) -> Iterator[Row]:
        """Made as NamedTuple makes them, less a call each."""
        return map(tuple.__new__, repeat(Row), zip(*self.columns, strict=True))

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> "Rows": ...
    def __getitem__(self, at: int | slice) -> "Row | Rows":
        if isinstance(at, slice):
            return Rows(tuple(column[at] for column in self.columns))
        return Row._make([column[at] for column in self.columns])


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

    rows: Sequence[Listed]
    """In the order of the list; all versions and markers of a key are in one page, newest first."""
    low: str
    high: str | None
    """None: to the end."""
    failure: Failure | None = None
    """Why nothing of the range is known; there are no rows then."""
