"""The connections to one host: opened as they are needed, kept, watched; no more requests than do good."""

import asyncio
import ssl
from collections import deque
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Final, NamedTuple, TypeAlias, TypeVar

from botocore.exceptions import (
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
    SSLError,
)

from bucketwright.s3.limits import Limits
from bucketwright.s3.wire.connection import Bounds, Connection, Done
from bucketwright.s3.wire.head_lines import HeadLines, Reply
from bucketwright.s3.wire.window import Window

_WATCH_SECONDS: Final = 0.05
Made = TypeVar("Made")
Turn: TypeAlias = Callable[[], bool]
"""Is told that one more request may be under way; whether there is still one to be made."""


class Host(NamedTuple):
    """Where a server listens."""

    name: str
    port: int
    is_secure: bool

    @property
    def authority(self) -> str:
        """As the header Host names it, and as it is signed."""
        usual = self.port == (443 if self.is_secure else 80)
        name = f"[{self.name}]" if ":" in self.name else self.name
        return name if usual else f"{name}:{self.port}"

    @property
    def url(self) -> str:
        return f"http{'s' * self.is_secure}://{self.authority}"


@dataclass(slots=True)
class Lanes:
    """All connections of a run."""

    limits: Limits
    make_trust: Callable[[], ssl.SSLContext]
    most_requests: int
    most_open: int
    heads: HeadLines = field(default_factory=HeadLines)
    open: set[Connection] = field(default_factory=set)
    _by_host: dict[Host, "Lane"] = field(default_factory=dict)
    _trust: ssl.SSLContext | None = None

    def to(self, host: Host) -> "Lane":
        """The connections to one host."""
        if host not in self._by_host:
            self._by_host[host] = Lane(host, self, asyncio.get_running_loop())
        return self._by_host[host]

    @property
    def trust(self) -> ssl.SSLContext:
        """Whose certificates are believed; read when first needed, for that takes a while."""
        if self._trust is None:
            self._trust = self.make_trust()
        return self._trust

    def make_room(self) -> None:
        """Close an idle connection where there are as many as there may be."""
        if len(self.open) >= self.most_open:
            idle = next((lane for lane in self._by_host.values() if lane.idle), None)
            if idle is not None:
                idle.idle.pop().close()

    def close(self) -> None:
        """All of them."""
        for lane in self._by_host.values():
            lane.close()


class Lane:
    """The connections to one host."""

    def __init__(self, host: Host, lanes: Lanes, loop: asyncio.AbstractEventLoop) -> None:
        self.host, self.idle = host, list[Connection]()
        self.window = Window(lanes.most_requests, loop.time())
        self._lanes, self._loop, self._url = lanes, loop, host.url
        self._busy: set[Connection] = set()
        self._bounds = Bounds(lanes.limits.read_seconds, lanes.limits.answer_bytes)
        self._within = 0
        self._waiting: deque[Turn] = deque()
        self._is_letting_in = False
        self.is_closed = False
        """Whether nobody wants an answer any more."""
        self._tasks: set[asyncio.Task[object]] = set()
        self._watch: asyncio.TimerHandle | None = None

    @property
    def now(self) -> float:
        """By the clock of the loop."""
        return self._loop.time()

    def when_free(self, turn: Turn) -> None:
        """Let one more request be under way, now or as soon as that does good."""
        self._waiting.append(turn)
        self._let_in()

    async def enter(self, until: float) -> None:
        """Wait until one more request may be under way; ReadTimeoutError at that time."""
        if self._within < self.window.size and not self._waiting:
            self._within += 1
            return
        let_in = self._loop.create_future()
        turn = partial(_settled, let_in, None)
        self._waiting.append(turn)
        try:
            async with asyncio.timeout_at(until if until < float("inf") else None):
                await let_in
        except BaseException as error:
            if let_in.done() and not let_in.cancelled():
                self.leave()
            else:
                with suppress(ValueError):
                    self._waiting.remove(turn)
            if isinstance(error, TimeoutError):
                raise ReadTimeoutError(endpoint_url=self._url) from None
            raise

    def leave(self) -> None:
        """Let another one in."""
        self._within -= 1
        self._let_in()

    def _let_in(self) -> None:
        """As many as may be; one that is over at once makes room for the next, and calls no other."""
        if self._is_letting_in:
            return
        self._is_letting_in = True
        try:
            while self._waiting and self._within < self.window.size:
                self._within += 1
                if not self._waiting.popleft()():
                    self._within -= 1
        finally:
            self._is_letting_in = False

    def begin(self, work: Coroutine[object, object, Made]) -> "asyncio.Task[Made]":
        """Let something go on for which nobody waits; it ends with the connections."""
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def exchange(self, content: bytes, until: float, *, bodiless: bool) -> Reply:
        """Send a request, once one has entered; its answer, or an error of the SDK's."""
        connection = self.idle.pop() if self.idle else await self._opened(until)
        answer: asyncio.Future[Reply] = self._loop.create_future()
        self._send(connection, content, until, partial(_settled, answer), bodiless=bodiless)
        try:
            return await answer
        except BaseException:
            if not answer.done() or answer.cancelled():
                connection.close()
            raise

    def send(self, content: bytes, until: float, done: Done, *, bodiless: bool) -> bool:
        """The same without waiting for it; False where no connection is open and idle."""
        if not self.idle:
            return False
        self._send(self.idle.pop(), content, until, done, bodiless=bodiless)
        return True

    def close(self) -> None:
        """All connections."""
        self.is_closed = True
        for task in self._tasks:
            task.cancel()
        for connection in (*self.idle, *self._busy):
            connection.close()
        if self._watch is not None:
            self._watch.cancel()

    def _send(
        self, connection: Connection, content: bytes, until: float, done: Done, *, bodiless: bool
    ) -> None:
        self._busy.add(connection)
        if self._watch is None:
            self._watch = self._loop.call_later(_WATCH_SECONDS, self._look)
        connection.ask(content, self._loop.time(), until, done, bodiless=bodiless)

    def _look(self) -> None:
        """Look now and then whether an answer's time is over, rather than set a clock for each."""
        self._watch = None
        now = self._loop.time()
        for connection in tuple(self._busy):
            connection.watch(now)
        if self._busy:
            self._watch = self._loop.call_later(_WATCH_SECONDS, self._look)

    async def _opened(self, until: float) -> Connection:
        self._lanes.make_room()
        patience = min(self._lanes.limits.connect_seconds, max(0, until - self._loop.time()))
        host, trust = self.host, self._lanes.trust if self.host.is_secure else None
        try:
            async with asyncio.timeout(patience):
                _, connection = await self._loop.create_connection(
                    lambda: Connection(self._url, self._bounds, self._lanes.heads, self._freed, self._lost),
                    host.name,
                    host.port,
                    ssl=trust,
                )
        except TimeoutError:
            raise ConnectTimeoutError(endpoint_url=self._url) from None
        except ssl.SSLError as error:
            raise SSLError(endpoint_url=self._url, error=error) from None
        except OSError as error:
            raise EndpointConnectionError(endpoint_url=self._url, error=error) from None
        self._lanes.open.add(connection)
        return connection

    def _freed(self, connection: Connection) -> None:
        self._busy.discard(connection)
        if not connection.closed:
            self.idle.append(connection)

    def _lost(self, connection: Connection) -> None:
        self._lanes.open.discard(connection)
        if connection in self.idle:
            self.idle.remove(connection)


def _settled(waiting: "asyncio.Future[Made]", came: Made | Exception) -> bool:
    """Whether somebody still waits, who is told."""
    if waiting.done():
        return False
    if isinstance(came, Exception):
        waiting.set_exception(came)
    else:
        waiting.set_result(came)
    return True
