"""How is a whole list read, from many places at once, and told page by page to one who may be slower?"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from functools import partial
from math import ceil
from time import monotonic, thread_time
from typing import Final, Generic, NamedTuple, TypeVar

from bucketwright.calls import Failure
from bucketwright.s3.failures import failure_of
from bucketwright.s3.wholeness import BadAnswerError
from bucketwright.s3.wire.head_lines import Reply
from bucketwright.s3.wire.lists import Item, Listing, Turned
from bucketwright.s3.wire.post import Headers, Post, Question
from bucketwright.s3.wire.ranges import Manner, Range, Ranges
from bucketwright.s3.wire.rows import Page
from bucketwright.s3.wire.signing import query_of
from bucketwright.s3.wire.trying import tried

Told = TypeVar("Told")
_READERS: Final = 32
_WAITING: Final = 8
"""So many pages that nobody took yet are enough: with one for each reader all that a list takes of memory."""


_LATELY: Final = 8
"""Of so many pages the work tells how much the next one makes."""


class Wish(NamedTuple, Generic[Item]):
    """What is listed, and what is to be told besides."""

    listing: Listing[Item]
    more: Mapping[str, str]
    """Parameters besides."""
    headers: Headers
    in_parts: bool
    """Whether the server lists from after any key on, in the order of their bytes."""


async def read(post: Post, wish: Wish[Item], low: str, high: str | None) -> AsyncGenerator[Page[Item], None]:
    """The pages that cover the range, each as soon as it came."""
    reading = _Reading(post, wish, low, high)
    reading.begin(reading.ranges.parts[0])
    try:
        while (page := await reading.pages.get()) is not None:
            if isinstance(page, BaseException):
                raise page
            reading.taken.set()
            yield page
    finally:
        reading.stop()


class _Reading(Generic[Item]):
    """The readers of one list."""

    def __init__(self, post: Post, wish: Wish[Item], low: str, high: str | None) -> None:
        listing = wish.listing
        manner = Manner(wish.in_parts, listing.whole_keys, post.ground.limits.pages, apart=listing.apart)
        self.ranges: Ranges[Item] = Ranges(low, high, manner)
        self.pages: asyncio.Queue[Page[Item] | BaseException | None] = asyncio.Queue()
        self.taken = asyncio.Event()
        self._post, self._wish = post, wish
        self._readers: set[asyncio.Task[None]] = set()
        self._tempo = _Tempo()
        self._failed = False

    def begin(self, part: Range[Item]) -> None:
        """Let a part be read."""
        reader = asyncio.create_task(self._read(part))
        self._readers.add(reader)
        reader.add_done_callback(self._ended)

    def stop(self) -> None:
        """Let nothing more be read."""
        for reader in self._readers:
            reader.cancel()

    async def _read(self, part: Range[Item]) -> None:
        while part in self.ranges.parts:
            while self._is_ahead:
                self.taken.clear()
                await self.taken.wait()
            answer = tried(self._post, self._question(part))
            page = self._page(part, await self._tempo.timed(answer))
            if page is not None:
                self.pages.put_nowait(page)
            self._share_out()

    @property
    def _is_ahead(self) -> bool:
        """Whether nobody takes what is brought."""
        return self.pages.qsize() >= _WAITING

    def _page(self, part: Range[Item], turned: Turned[Item] | Failure) -> Page[Item] | None:
        if not isinstance(turned, Failure):
            try:
                piece = self.ranges.turned(part, turned)
            except BadAnswerError as error:
                turned = failure_of(error, self._wish.listing.call, late=False)
            else:
                return None if piece is None else Page(piece.rows, piece.low, piece.high)
        self._failed = True
        self.ranges.end(part)
        return Page([], part.low, part.high, turned)

    def _share_out(self) -> None:
        """Let who is free take from those who have much ahead, unless nobody takes what they bring."""
        while (
            len(self._readers) < min(self._tempo.readers, _READERS)
            and not self._is_ahead
            and not self._failed
        ):
            part = self.ranges.stolen()
            if part is None:
                return
            self.begin(part)

    def _question(self, part: Range[Item]) -> Question[Turned[Item]]:
        wish, listing = self._wish, self._wish.listing
        begin = {listing.start: part.low} if part.low else {}
        query = {**listing.query, **wish.more, **(begin if part.following is None else part.following)}
        return Question(
            listing.call,
            "GET",
            "",
            query_of(query.items()),
            wish.headers,
            partial(self._tempo.worked, listing.turned),
        )

    def _ended(self, reader: asyncio.Task[None]) -> None:
        self._readers.discard(reader)
        if not reader.cancelled() and (error := reader.exception()) is not None:
            self.pages.put_nowait(error)
        elif not self._readers:
            self.pages.put_nowait(None)


class _Tempo:
    """How many readers keep this machine busy: more of them would only wait for each other."""

    def __init__(self) -> None:
        self._work, self._wait = 0.0, float("inf")
        self._worked = thread_time()

    @property
    def readers(self) -> int:
        """As many as pages can be read, and all be done that is done of them, while one is asked for."""
        return max(1, ceil(self._wait / self._work)) if self._work else 1

    async def timed(self, answer: Awaitable[Told]) -> Told:
        """The answer; the fastest tells how long one has to wait at least."""
        began = monotonic()
        told = await answer
        self._wait = min(self._wait, monotonic() - began)
        return told

    def worked(self, read: Callable[[Reply], Told], reply: Reply) -> Told:
        """What was read of an answer; what this thread did since the one before is the work of a page."""
        told = read(reply)
        now = thread_time()
        share = 1 / _LATELY if self._work else 1
        self._work += share * (now - self._worked - self._work)
        self._worked = now
        return told
