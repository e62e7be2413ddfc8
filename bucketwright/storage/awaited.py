"""The methods of a place, awaited."""

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from types import TracebackType
from typing import Final, Self, cast

from bucketwright.contract.keys.variable_types import Value
from bucketwright.storage.in_threads import Awaited, Transferred, each, run
from bucketwright.storage.place import DeclaredPrefix, Entry, Place, Writing
from bucketwright.storage.reading import Reader, Stream
from bucketwright.storage.said import Said
from bucketwright.storage.stored import Span, Stored
from bucketwright.storage.writing import Written

_ROWS_AT_ONCE: Final = 500


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
    pool: ThreadPoolExecutor, begin: Callable[[], AbstractContextManager[Writing]]
) -> AsyncIterator[AsyncWriting]:
    """A file to write to, which is stored when the block ends without an error."""

    def entered() -> tuple[AbstractContextManager[Writing], Writing]:
        block = begin()
        return block, block.__enter__()

    block, writing = await run(pool, entered)
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

    @property
    def inner(self) -> Place:
        """The same."""
        return self.place

    put = Transferred(Place.put)
    get = Awaited(Place.get)
    range = Awaited(Place.range)
    save = Transferred(Place.save)
    exists = Awaited(Place.exists)
    info = Awaited(Place.info)
    tags = Awaited(Place.tags)
    delete = Awaited(Place.delete)
    signed_get = Awaited(Place.signed_get)
    signed_cookies = Awaited(Place.signed_cookies)
    signed_put = Awaited(Place.signed_put)
    signed_post = Awaited(Place.signed_post)
    begin_upload = Awaited(Place.begin_upload)
    signed_parts = Awaited(Place.signed_parts)
    finish_upload = Awaited(Place.finish_upload)
    drop_upload = Awaited(Place.drop_upload)
    received = Awaited(Place.received)

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
        return writing_in(self.pool, lambda: self.place.open(name, "wb", said or Said(), over=over))

    async def list(self, begin: str = "", after: str = "") -> AsyncIterator[Entry]:
        """The objects whose names begin so and come after that one, in their order."""
        async for row in each(self.pool, self.place.list(begin, after), _ROWS_AT_ONCE):
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
