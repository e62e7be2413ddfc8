"""How does an application that awaits use a storage? The same methods, run by a few threads of their own."""

from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from bucketwright.storage.client import Storage

if TYPE_CHECKING:  # what an application does not open, it does not load
    from bucketwright.storage.awaited import AsyncPrefix


class AsyncStorage:
    """A storage whose methods are awaited; `concurrency` of them run at once, the others wait.

    A put, save or sync whose task is cancelled is called off, and its thread ends with the next piece; any
    other write whose task is cancelled may still be done.
    """

    def __init__(self, storage: Storage, concurrency: int = 16) -> None:
        self.storage: Final = storage
        self._pool: Final = ThreadPoolExecutor(concurrency, "bucketwright-storage")

    @property
    def pool(self) -> ThreadPoolExecutor:
        """The threads that run its methods."""
        return self._pool

    def prefix(self, address: str) -> "AsyncPrefix":
        """A prefix of the contract: with values for its variables, a place."""
        from bucketwright.storage.awaited import AsyncPrefix  # noqa: PLC0415 - brings the contract

        return AsyncPrefix(self.storage.prefix(address), self._pool)

    async def check(self) -> None:
        """See that every bucket of data answers."""
        from bucketwright.storage.in_threads import run  # noqa: PLC0415 - loaded when it is needed

        await run(self._pool, self.storage.check)

    def close(self) -> None:
        """Begin nothing more: what has to wait is Cancelled, and what is under way ends by itself."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
