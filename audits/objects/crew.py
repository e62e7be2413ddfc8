"""How is much done at once by few, while only little waits for them?"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from typing import Final, Generic, TypeVar

Item = TypeVar("Item")


class Crew(Generic[Item]):
    """Workers who take what waits, one thing each; there are never more than have something to do."""

    def __init__(
        self, work: Callable[[Item], Awaitable[None]], group: asyncio.TaskGroup, at_once: int, waiting: int
    ) -> None:
        self._work, self._group = work, group
        self._most_at_once, self._most_waiting = at_once, waiting
        self._waiting: Final[deque[Item]] = deque()
        self._workers = 0
        self._changed = asyncio.Event()

    async def take(self, items: Iterable[Item]) -> None:
        """Let these be done; it comes back once no more wait than may."""
        self._waiting.extend(items)
        for _ in range(min(self._most_at_once - self._workers, len(self._waiting))):
            self._workers += 1
            self._group.create_task(self._labour())
        while len(self._waiting) > self._most_waiting:
            await self._next_change()

    async def done(self) -> None:
        """Until nothing waits or is being done."""
        while self._workers:
            await self._next_change()

    async def _labour(self) -> None:
        try:
            while self._waiting:
                item = self._waiting.popleft()
                if len(self._waiting) == self._most_waiting:
                    self._changed.set()
                await self._work(item)
        finally:
            self._workers -= 1
            self._changed.set()

    async def _next_change(self) -> None:
        self._changed.clear()
        await self._changed.wait()
