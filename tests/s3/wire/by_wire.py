"""The wire, as the tests of this folder use it: nothing waits between attempts."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import aclosing
from typing import TypeVar

from bucketwright.s3.endpoints import SERVERS
from bucketwright.s3.limits import Deadline, Limits
from bucketwright.s3.sessions import Sessions
from bucketwright.s3.wire.rows import Page
from bucketwright.s3.wire.sending import WireSend, wire_send
from bucketwright.s3.wire.wire import Place, Wire
from tests.s3.asking import BUCKET, PATIENT, REGION, sessions

Told = TypeVar("Told")
Listed = TypeVar("Listed")
SANDBOX = SERVERS["sandbox"]


async def at_once(_seconds: float) -> None:
    """Waits for nothing."""
    await asyncio.sleep(0)


def wired(url: str, limits: Limits = PATIENT, deadline: Deadline | None = None) -> WireSend:
    """A Send over the wire to that address."""
    return wire_send(sessions(url, limits), deadline, SANDBOX, at_once)


def on_place(
    url: str, work: Callable[[Place], Coroutine[object, object, Told]], limits: Limits = PATIENT
) -> Told:
    """What comes of some work with the bucket of the tests."""
    return with_sessions(sessions(url, limits), work)


def with_sessions(own: Sessions, work: Callable[[Place], Coroutine[object, object, Told]]) -> Told:
    """The same with these sessions."""

    async def run() -> Told:
        async with Wire(own, server=SANDBOX, pause=at_once) as wire:
            return await work(await wire.bucket(BUCKET, REGION))

    return asyncio.run(run())


async def gathered(pages: AsyncGenerator[Page[Listed], None]) -> list[Page[Listed]]:
    """All pages of a list."""
    async with aclosing(pages) as open_pages:
        return [page async for page in open_pages]
