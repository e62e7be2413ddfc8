"""The methods of a place, awaited: each of them once, by one way to run it in a thread."""

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial, wraps
from itertools import islice
from types import TracebackType
from typing import Concatenate, Final, Generic, ParamSpec, Self, TypeVar, cast

from bucketwright.contract.keys import Value
from bucketwright.storage.errors import Cancelled
from bucketwright.storage.place import DeclaredPrefix, Entry, Place, Writing
from bucketwright.storage.reading import Reader, Stream
from bucketwright.storage.said import Said
from bucketwright.storage.stored import Span, Stored
from bucketwright.storage.transfer.watching import CalledOff, Cancel
from bucketwright.storage.writing import Written

Given = ParamSpec("Given")
Result = TypeVar("Result")
_ROWS_AT_ONCE: Final = 500


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


class _Awaited(Generic[Given, Result]):
    """A method of a place, as a method that is awaited."""

    def __init__(self, method: Callable[Concatenate[Place, Given], Result]) -> None:
        self._method: Callable[..., Result] = method
        self.__doc__ = method.__doc__

    def __get__(
        self, one: "AsyncPlace", owner: type["AsyncPlace"]
    ) -> Callable[Given, Coroutine[object, object, Result]]:
        method, pool, place = self._method, one.pool, one.place

        @wraps(method)
        async def awaited(*given: Given.args, **named: Given.kwargs) -> Result:
            return await run(pool, partial(method, place, *given, **named))

        return awaited


class _Transferred(_Awaited[Given, Result]):
    """One that is called off where its task is cancelled: its thread ends with the next piece."""

    def __get__(
        self, one: "AsyncPlace", owner: type["AsyncPlace"]
    ) -> Callable[Given, Coroutine[object, object, Result]]:
        method, pool, place = self._method, one.pool, one.place

        @wraps(method)
        async def awaited(*given: Given.args, **named: Given.kwargs) -> Result:
            def work(off: Cancel) -> Result:
                return method(place, *given, **{**named, "cancel": off})

            return await run_until_called_off(pool, work, cast("Cancel | None", named.get("cancel")))

        return awaited


class AsyncStream:
    """The content of an object piece by piece."""

    def __init__(self, stream: Stream, pool: ThreadPoolExecutor) -> None:
        self._stream, self._pool = stream, pool
        self.info: Final = stream.info
        """What is known of the object that is read."""

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        piece = await run(self._pool, lambda: next(self._stream, b""))
        if not piece:
            raise StopAsyncIteration
        return piece

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self._stream.close)  # also where the storage is closed


@dataclass(frozen=True, slots=True)
class AsyncReader:
    """An object as a file that is read."""

    _file: Reader
    _pool: ThreadPoolExecutor

    @property
    def info(self) -> Stored:
        """What is known of the object that is read."""
        return self._file.info

    async def read(self, most: int = -1) -> bytes:
        """The next bytes, at most so many; by default all."""
        return await run(self._pool, partial(self._file.read, most))

    async def seek(self, offset: int, whence: int = 0) -> int:
        """Go on to read elsewhere."""
        return await run(self._pool, partial(self._file.seek, offset, whence))


@dataclass(frozen=True, slots=True)
class AsyncWriting:
    """An object that is being written; it is there when the block ends, and not before."""

    _writing: Writing
    _pool: ThreadPoolExecutor

    @property
    def written(self) -> Written | None:
        """What was stored; None until the block has ended well."""
        return self._writing.written

    async def write(self, piece: bytes) -> int:
        """Add to it."""
        return await run(self._pool, partial(self._writing.write, piece))


@asynccontextmanager
async def reading_in(pool: ThreadPoolExecutor, begin: Callable[[], Reader]) -> AsyncIterator[AsyncReader]:
    """A file to read from, open while the block runs."""
    file = await run(pool, begin)
    try:
        yield AsyncReader(file, pool)
    finally:
        await asyncio.to_thread(file.close)  # also where the storage is closed


@asynccontextmanager
async def writing_in(
    pool: ThreadPoolExecutor, block: AbstractContextManager[Writing]
) -> AsyncIterator[AsyncWriting]:
    """A file to write to, which is stored when the block ends without an error."""
    writing = await run(pool, block.__enter__)
    try:
        yield AsyncWriting(writing, pool)
    except BaseException as error:
        block.__exit__(type(error), error, error.__traceback__)
        raise
    await run(pool, partial(block.__exit__, None, None, None))


@dataclass(frozen=True)
class AsyncPlace:
    """A place whose methods are awaited."""

    place: Place
    pool: ThreadPoolExecutor = field(repr=False)

    put = _Transferred(Place.put)
    get = _Awaited(Place.get)
    range = _Awaited(Place.range)
    save = _Transferred(Place.save)
    exists = _Awaited(Place.exists)
    info = _Awaited(Place.info)
    tags = _Awaited(Place.tags)
    delete = _Awaited(Place.delete)
    signed_get = _Awaited(Place.signed_get)
    signed_cookies = _Awaited(Place.signed_cookies)
    signed_put = _Awaited(Place.signed_put)
    signed_post = _Awaited(Place.signed_post)
    begin_upload = _Awaited(Place.begin_upload)
    signed_parts = _Awaited(Place.signed_parts)
    finish_upload = _Awaited(Place.finish_upload)
    drop_upload = _Awaited(Place.drop_upload)
    received = _Awaited(Place.received)

    def named(self, /, **values: Value) -> str:
        """The name of the object of these values, where the contract has a template of names."""
        return self.place.named(**values)

    def fresh(self, /, **values: Value) -> str:
        """A name that no other object has, by the contract's template of names."""
        return self.place.fresh(**values)

    async def copy(self, name: str, *, to: "AsyncPlace", as_name: str = "") -> Written:
        """The same content at another place, or under another name."""
        return await run(self.pool, partial(self.place.copy, name, to=to.place, as_name=as_name))

    async def move(self, name: str, *, to: "AsyncPlace", as_name: str = "") -> Written:
        """Copy it, and then delete it here."""
        return await run(self.pool, partial(self.place.move, name, to=to.place, as_name=as_name))

    async def stream(self, name: str, span: Span | None = None) -> AsyncStream:
        """The content piece by piece, or these bytes of it."""
        return AsyncStream(await run(self.pool, partial(self.place.stream, name, span)), self.pool)

    async def put_stream(
        self, name: str, pieces: AsyncIterable[bytes], said: Said | None = None, *, over: str = ""
    ) -> Written:
        """Store what comes piece by piece, once all of it has come."""
        async with self.create(name, said, over=over) as writing:
            async for piece in pieces:
                await writing.write(piece)
        return cast("Written", writing.written)

    def open(self, name: str) -> AbstractAsyncContextManager[AsyncReader]:
        """A file to read from."""
        return reading_in(self.pool, partial(self.place.open, name))

    def create(
        self, name: str, said: Said | None = None, *, over: str = ""
    ) -> AbstractAsyncContextManager[AsyncWriting]:
        """A file to write to, which is stored when the block ends without an error."""
        return writing_in(self.pool, self.place.open(name, "wb", said or Said(), over=over))

    async def list(self, begin: str = "", after: str = "") -> AsyncIterator[Entry]:
        """The objects whose names begin so and come after that one, in their order."""
        rows: Iterator[Entry] = self.place.list(begin, after)
        while page := await run(self.pool, lambda: [*islice(rows, _ROWS_AT_ONCE)]):
            for row in page:
                yield row


@dataclass(frozen=True, slots=True)
class AsyncPrefix:
    """One prefix of the contract; with values for its variables it is a place."""

    prefix: DeclaredPrefix
    pool: ThreadPoolExecutor = field(repr=False)

    @property
    def address(self) -> str:
        """As the contract spells it."""
        return self.prefix.address

    @property
    def variables(self) -> tuple[str, ...]:
        """What its path needs values for."""
        return self.prefix.variables

    def at(self, /, **values: Value) -> AsyncPlace:
        """The place of these values."""
        return AsyncPlace(self.prefix.at(**values), self.pool)

    def fresh(self, /, **values: Value) -> AsyncPlace:
        """The place of these values; of those not given days are today's in UTC, and ids are new."""
        return AsyncPlace(self.prefix.fresh(**values), self.pool)
