"""How is something awaited that is not? Run by a thread of a storage's own, in one way for all methods."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial, wraps
from itertools import islice
from typing import Concatenate, Generic, ParamSpec, Protocol, TypeVar, cast

from bucketwright.storage.errors import Cancelled
from bucketwright.storage.transfer.watching import CalledOff, Cancel

Given = ParamSpec("Given")
Inner_co = TypeVar("Inner_co", covariant=True)
Result = TypeVar("Result")


async def run(pool: ThreadPoolExecutor, work: Callable[[], Result]) -> Result:
    """What a thread of the pool comes back with; Cancelled where its storage is closed before it begins."""
    try:
        begun = pool.submit(work)
    except RuntimeError:
        raise Cancelled("the storage is closed: nothing more is begun") from None
    try:
        return await asyncio.wrap_future(begun)
    except asyncio.CancelledError:
        if begun.cancelled() and not _is_cancelled():
            raise Cancelled("the storage was closed before this had begun") from None
        raise


def _is_cancelled() -> bool:
    """Whether the task itself is, and not only what it waits for."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def run_until_called_off(
    pool: ThreadPoolExecutor, work: Callable[[Cancel], Result], cancel: Cancel | None
) -> Result:
    """The same of a transfer, which is called off where its task is cancelled."""
    off = CalledOff(cancel)
    try:
        return await run(pool, partial(work, off))
    except asyncio.CancelledError:
        off.set()
        raise


async def each(pool: ThreadPoolExecutor, rows: Iterator[Result], at_once: int = 1) -> AsyncIterator[Result]:
    """Everything that comes, so many at once fetched by a thread of the pool."""
    while page := await run(pool, lambda: [*islice(rows, at_once)]):
        for row in page:
            yield row


class Waiting(Protocol[Inner_co]):
    """Something whose methods are awaited."""

    @property
    def inner(self) -> Inner_co:
        """What has the same methods, and is not awaited."""

    @property
    def pool(self) -> ThreadPoolExecutor:
        """The threads that run them."""


class Awaited(Generic[Inner_co, Given, Result]):
    """A method as one that is awaited."""

    def __init__(self, method: Callable[Concatenate[Inner_co, Given], Result]) -> None:
        self._method: Callable[..., Result] = method
        self.__doc__ = method.__doc__

    def __get__(
        self, one: Waiting[Inner_co], owner: object
    ) -> Callable[Given, Coroutine[object, object, Result]]:
        method, pool, inner = self._method, one.pool, one.inner

        @wraps(method)
        async def awaited(*given: Given.args, **named: Given.kwargs) -> Result:
            return await run(pool, partial(method, inner, *given, **named))

        return awaited


class Transferred(Awaited[Inner_co, Given, Result]):
    """One that is called off where its task is cancelled: its thread ends with the next piece."""

    def __get__(
        self, one: Waiting[Inner_co], owner: object
    ) -> Callable[Given, Coroutine[object, object, Result]]:
        method, pool, inner = self._method, one.pool, one.inner

        @wraps(method)
        async def awaited(*given: Given.args, **named: Given.kwargs) -> Result:
            def work(off: Cancel) -> Result:
                return method(inner, *given, **{**named, "cancel": off})

            return await run_until_called_off(pool, work, cast("Cancel | None", named.get("cancel")))

        return awaited
