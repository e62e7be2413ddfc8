"""How is much done at once, while only little waits for it?"""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Iterable
from types import TracebackType
from typing import Final, Generic, Self, TypeAlias, TypeVar

Item = TypeVar("Item")
Begin: TypeAlias = Callable[[Item, "Crew[Item]"], None]
"""Begins to do a thing; the crew learns when it is done, or broken, and nobody need wait for it."""


class Crew(Generic[Item]):
    """Begins what waits, so much at once; within its block, and no longer."""

    def __init__(self, begin: Begin[Item], group: asyncio.TaskGroup, at_once: int, waiting: int) -> None:
        self._begin, self._group = begin, group
        self._most_at_once, self._most_waiting = at_once, waiting
        self._waiting: Final[deque[Item]] = deque()
        self._busy = 0
        self._is_beginning = False
        self._changed = asyncio.Event()
        self.is_over = False
        """Whether nobody wants to know what comes of what is under way."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.is_over = True

    async def take(self, items: Iterable[Item]) -> None:
        """Let these be done; it comes back once no more wait than may."""
        self._waiting.extend(items)
        self._begin_more()
        while len(self._waiting) > self._most_waiting:
            await self._next_change()

    async def done(self) -> None:
        """Until nothing waits or is being done."""
        while self._busy:
            await self._next_change()

    def ended(self) -> None:
        """One thing is done."""
        self._busy -= 1
        self._begin_more()
        if not self._busy:
            self._changed.set()

    def go_on(self, work: Coroutine[object, object, None]) -> None:
        """One thing takes some waiting, and is done with this."""
        self._let(self._waited_for(work))

    def broken(self, error: BaseException) -> None:
        """Something went wrong: nothing more is done, and the group ends with the error."""
        self.is_over = True
        self._let(_raised(error))

    def _let(self, work: Coroutine[object, object, None]) -> None:
        try:
            self._group.create_task(work)
        except RuntimeError:  # the group ends already
            work.close()

    def _begin_more(self) -> None:
        """What is done at once makes room for the next, and calls no other."""
        if self._is_beginning:
            return
        self._is_beginning = True
        try:
            while self._waiting and self._busy < self._most_at_once and not self.is_over:
                item = self._waiting.popleft()
                if len(self._waiting) == self._most_waiting:
                    self._changed.set()
                self._busy += 1
                self._begin(item, self)
        except Exception as error:  # noqa: BLE001 - the group raises it
            self.broken(error)
        finally:
            self._is_beginning = False

    async def _waited_for(self, work: Coroutine[object, object, None]) -> None:
        try:
            await work
        except BaseException:
            self.is_over = True
            raise
        self.ended()

    async def _next_change(self) -> None:
        self._changed.clear()
        await self._changed.wait()


async def _raised(error: BaseException) -> None:
    raise error
