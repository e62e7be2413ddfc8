"""What is there once a storage is open? An environment, the names of its buckets, and a backend."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import Final

from bucketwright.contract.model import Environment
from bucketwright.contract.placement import places
from bucketwright.plain_text import shown
from bucketwright.storage.backends.interface import Backend
from bucketwright.storage.declared import declared
from bucketwright.storage.errors import Misconfigured
from bucketwright.storage.place import DeclaredPrefix

_SWAPPED: Final[list[Backend]] = []
"""What is used in place of every backend, in the whole program, the last first: see `testing`."""


class Opened:
    """One environment's storage; safe to share between threads."""

    def __init__(
        self,
        environment: Environment,
        names: Mapping[str, str],
        make: Callable[[], Backend],
        *,
        keeps_tags: bool = True,
    ) -> None:
        self.environment: Final = environment
        self._names, self._make, self._keeps_tags = names, make, keeps_tags
        self._made: Backend | None = None
        self._making = Lock()

    @property
    def backend(self) -> Backend:
        """Where objects are kept, reached for when it is first needed."""
        if _SWAPPED:
            return _SWAPPED[-1]
        with self._making:
            if self._made is None:
                self._made = self._make()
            return self._made

    def prefix(self, address: str) -> DeclaredPrefix:
        """The prefix behind an address; Misconfigured where the contract, or the server, has none such."""
        bucket_id = address.partition("/")[0]
        there = declared(self.environment, address, self._names.get(bucket_id, ""))
        if there.tags and not self._keeps_tags and not _SWAPPED:
            raise Misconfigured(
                f"objects of {address} carry tags by which they are found again, and this server keeps "
                f"none: give {shown(there.prefix.path)} a beginning of its own, or no retention"
            )
        return DeclaredPrefix(there, self)

    def check(self) -> None:
        """Ask each bucket for something harmless; the error says why nothing would work."""
        for bucket_id, name in self._names.items():
            heads = [place.path.literal_head for place in places(self.environment, bucket_id)]
            if heads and self.environment.buckets[bucket_id].purpose == "data":
                self.backend.check(name, heads[0])


@contextmanager
def swapped(backend: Backend) -> Iterator[Backend]:
    """Every storage of this program, open already or not, keeps its objects there while the block runs."""
    _SWAPPED.append(backend)
    try:
        yield backend
    finally:
        _SWAPPED.remove(backend)
