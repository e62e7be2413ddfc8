"""A bucket as it is asked over the wire: what is expected of whoever asks."""

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Protocol, TypeAlias

from bucketwright.calls import Call, Failure, Outcome
from bucketwright.s3.wire.rows import Marker, Page, Row, Upload

Told: TypeAlias = Callable[[Mapping[str, str] | Failure | BaseException], object]
"""Is told headers, or why there are none, a mistake as the error it is; it raises nothing."""


class Place(Protocol):
    """One bucket."""

    def keys(self) -> AsyncIterator[Page[Row]]:
        """What readers find, in ranges of keys, in any order of ranges."""

    def versions(self) -> AsyncIterator[Page[Row | Marker]]:
        """Every version and delete marker, likewise; those of one key are together."""

    def uploads(self) -> AsyncIterator[Page[Upload]]:
        """The uploads that nobody finished, with the bytes of their parts."""

    async def head(self, key: str, version: str = "") -> Mapping[str, str] | Failure:
        """The headers of an object by their names in lower case."""

    def begin_head(self, key: str, version: str, told: Told) -> None:
        """The same, told in this loop once it is known."""

    async def ask(self, call: Call) -> Outcome:
        """What is answered to any other call that reads."""
