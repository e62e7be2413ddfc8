"""A Send like the SDK's, whose reads of S3 go over the wire: many at once, and no thread for each.

`send_by(engine, sessions, deadline, server)` is what a program calls: it gives the Send, and why it is the
SDK's where the fast one was wished for and cannot be had.
"""

import asyncio
from collections import deque
from functools import partial
from queue import SimpleQueue
from threading import Thread, get_ident
from typing import Final, Literal, NamedTuple, TypeAlias
from weakref import finalize

from bucketwright.calls import Call, Done, Failure, Outcome, Send
from bucketwright.s3.clients import proxies_for
from bucketwright.s3.endpoints import AWS, Server
from bucketwright.s3.limits import Deadline
from bucketwright.s3.owners import Owners
from bucketwright.s3.pool import Threads
from bucketwright.s3.sender import sdk_send
from bucketwright.s3.sessions import Sessions
from bucketwright.s3.wire.wire import Pause, Wire

Engine: TypeAlias = Literal["fast", "sdk"]
THREAD: Final = "wire"
_SDK_THREADS: Final = 32
_LATE: Final = Failure("late")


class Chosen(NamedTuple):
    """By what calls are sent."""

    send: Send
    why_sdk: str
    """Why it is the SDK where the fast engine was wished for; empty where it is what was wished for."""


def send_by(
    engine: Engine, sessions: Sessions, deadline: Deadline | None = None, server: Server = AWS
) -> Chosen:
    """The Send of an engine; the SDK's, and why, where the fast one cannot get through."""
    why = unfit(sessions) if engine == "fast" else ""
    if engine == "sdk" or why:
        return Chosen(sdk_send(sessions, deadline, server), why)
    return Chosen(wire_send(sessions, deadline, server), "")


def unfit(sessions: Sessions) -> str:
    """Why S3 cannot be asked over the wire, for people; empty where it can."""
    url = sessions.endpoint_url or f"https://s3.{sessions.region}.amazonaws.com"
    if proxies_for(url):
        return "the environment names a proxy, and only the SDK asks through one"
    return ""


def wire_send(
    sessions: Sessions, deadline: Deadline | None = None, server: Server = AWS, pause: Pause = asyncio.sleep
) -> "WireSend":
    """Sends what it is given until the deadline: what the wire cannot, and all other services, by the SDK."""
    return WireSend(sessions, deadline or Deadline(), server, pause)


class WireSend:
    """Makes its calls in a loop of its own, for as long as somebody holds it."""

    def __init__(self, sessions: Sessions, deadline: Deadline, server: Server, pause: Pause) -> None:
        owners = Owners()
        self._deadline, self._server = deadline, server
        self._by_sdk = Threads(sdk_send(sessions, deadline, server, owners), _SDK_THREADS, deadline)
        self._wire = Wire(sessions, deadline, server=server, owners=owners, pause=pause)
        self._loop = asyncio.new_event_loop()
        self._begun: deque[tuple[Call, Done]] = deque()
        self._came: list[tuple[Done, Outcome | BaseException]] = []
        self._is_woken = False
        thread = Thread(target=_run, args=(self._loop, self._wire), name=THREAD, daemon=True)
        thread.start()
        self._thread = thread.ident
        self.close: Final = finalize(self, _end, self._loop, self._by_sdk)
        """End all connections; it happens by itself when nobody holds this any more."""

    def __call__(self, call: Call) -> Outcome:
        if get_ident() == self._thread:
            raise RuntimeError("whoever is told an answer may not wait there for another: begin it")
        done: SimpleQueue[Outcome | BaseException] = SimpleQueue()
        self.begin(call, done.put)
        outcome = done.get()
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    def begin(self, call: Call, done: Done) -> None:
        """Make a call, and tell when it is answered, in the thread of the loop; a mistake as the error it is.

        What needs no answer is told at once.
        """
        declined = self._server.declines(call)
        if declined is not None:
            done(declined)
        elif self._deadline.passed:
            done(_LATE)
        elif call.service == "s3":
            self._begin_there(call, done)
        else:
            self._by_sdk.begin(call, partial(self._tell_there, done))

    def _begin_there(self, call: Call, done: Done) -> None:
        """In the loop, which is woken once for all that is begun before it comes to that."""
        if get_ident() == self._thread:
            self._begin_here(call, done)
            return
        self._begun.append((call, done))
        if not self._is_woken:
            self._is_woken = True
            try:
                self._loop.call_soon_threadsafe(self._begin_all)
            except RuntimeError:
                self._is_woken = False
                raise

    def _begin_all(self) -> None:
        self._is_woken = False
        while self._begun:
            self._begin_here(*self._begun.popleft())

    def _begin_here(self, call: Call, done: Done) -> None:
        try:
            if not self._wire.begin(call, partial(self._tell_soon, done)):
                self._by_sdk.begin(call, partial(self._tell_there, done))
        except Exception as error:  # noqa: BLE001 - raised where it can be seen
            done(error)

    def _tell_there(self, done: Done, came: Outcome | BaseException) -> None:
        """In the loop, from a thread of the SDK's; there where the loop is closed, for somebody may wait."""
        try:
            self._loop.call_soon_threadsafe(_tell, done, came)
        except RuntimeError:
            _tell(done, came)

    def _tell_soon(self, done: Done, came: Outcome | BaseException) -> None:
        """Once all that came at once was read: whoever is told at once would stop the loop for each."""
        if not self._came:
            self._loop.call_soon(self._tell_all)
        self._came.append((done, came))

    def _tell_all(self) -> None:
        several, self._came = self._came, []
        for done, came in several:
            _tell(done, came)


def _tell(done: Done, came: Outcome | BaseException) -> None:
    try:
        done(came)
    except Exception as error:  # noqa: BLE001 - raised where it can be seen
        done(error)


def _end(loop: asyncio.AbstractEventLoop, threads: Threads) -> None:
    loop.call_soon_threadsafe(loop.stop)
    threads.stop()


def _run(loop: asyncio.AbstractEventLoop, wire: Wire) -> None:
    """The loop, until it is stopped; then nothing of it is left open."""
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        loop.run_until_complete(_closed(wire))
        loop.close()


async def _closed(wire: Wire) -> None:
    wire.close()
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)
    await asyncio.sleep(0)
