"""How are the pages after the first asked for, as the SDK turns pages, while the loop goes on?

A thread turns them and waits for each. Nobody waits for that thread: when nobody wants the pages any more, as
where a run is interrupted, it asks for no other one and ends.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import Final, TypeAlias

from bucketwright.s3.paging import Page, Paging

Ask: TypeAlias = Callable[[Mapping[str, object]], Awaitable[Page]]
"""Asks for a page, in the loop; it raises what kept the page from coming."""
Turn: TypeAlias = Callable[[Mapping[str, object]], Page]
THREAD: Final = "pages"


class _MoreError(Exception):
    """Another page has to be asked for."""


class _OverError(Exception):
    """Nobody wants another page."""


async def all_pages(ask: Ask, paging: Paging, params: Mapping[str, object], first: Page) -> Page:
    """All pages as one."""
    try:
        return paging.whole(_after(first, _no_more), params)
    except _MoreError:
        turning = _Turning(ask)
    try:
        return await turning.done(lambda: paging.whole(_after(first, turning.page), params))
    finally:
        turning.end()


class _Turning:
    """The thread that turns pages, and the loop in which each is asked for."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._loop = asyncio.get_running_loop()
        self._came: SimpleQueue[asyncio.Future[Page] | None] = SimpleQueue()
        self._asked: asyncio.Future[Page] | None = None
        self._is_over = False

    async def done(self, work: Callable[[], Page]) -> Page:
        """What the work comes to, which is done in the thread."""
        end: asyncio.Future[Page] = self._loop.create_future()

        def run() -> None:
            try:
                tell, came = end.set_result, work()
            except BaseException as error:  # noqa: BLE001 - raised where it can be seen
                self._tell(end, end.set_exception, error)
            else:
                self._tell(end, tell, came)

        Thread(target=run, name=THREAD, daemon=True).start()
        return await end

    def page(self, wishes: Mapping[str, object]) -> Page:
        """The next one, for which the thread waits."""
        self._loop.call_soon_threadsafe(self._begin, wishes)
        came = self._came.get()
        if came is None:
            raise _OverError
        return came.result()

    def end(self) -> None:
        """Let the thread end, whatever it waits for."""
        self._is_over = True
        self._came.put(None)
        if self._asked is not None:
            self._asked.cancel()

    def _begin(self, wishes: Mapping[str, object]) -> None:
        if not self._is_over:
            self._asked = asyncio.ensure_future(self._ask(wishes), loop=self._loop)
            self._asked.add_done_callback(self._came.put)

    def _tell(self, end: "asyncio.Future[Page]", tell: Callable[..., None], came: object) -> None:
        with suppress(RuntimeError):  # the loop is closed, and nobody listens
            self._loop.call_soon_threadsafe(lambda: None if end.done() else tell(came))


def _after(
    first: Page, rest: Callable[[Mapping[str, object]], Page]
) -> Callable[[Mapping[str, object]], Page]:
    """Turns to the first page, which is there, and then to the others."""
    pages = iter((first,))

    def turn(wishes: Mapping[str, object]) -> Page:
        found = next(pages, None)
        return rest(wishes) if found is None else dict(found)

    return turn


def _no_more(_wishes: Mapping[str, object]) -> Page:
    raise _MoreError
