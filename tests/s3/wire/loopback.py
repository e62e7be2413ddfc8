"""A server on this machine that answers as a test says, to the byte."""

import asyncio
import ssl
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

CLOSE = b"\x00close"
"""At the end of an answer: the connection is closed after it."""
Answer = Callable[[str], bytes]
"""What is answered to a request, of which the line and the headers are given."""


@dataclass(slots=True)
class Loopback:
    """Where it listens, and what came."""

    url: str = ""
    seen: list[str] = field(default_factory=list)
    connections: int = 0
    open: set[asyncio.Transport] = field(default_factory=set)


class _Answering(asyncio.Protocol):
    def __init__(self, loopback: Loopback, answer: Answer) -> None:
        self._loopback, self._answer, self._came = loopback, answer, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._loopback.connections += 1
        self._loopback.open.add(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._loopback.open.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        self._came += data
        while b"\r\n\r\n" in self._came:
            head, _, self._came = self._came.partition(b"\r\n\r\n")
            self._loopback.seen.append(head.decode("latin-1"))
            said = self._answer(head.decode("latin-1"))
            self._transport.write(said.removesuffix(CLOSE))
            if said.endswith(CLOSE):
                self._transport.close()


@asynccontextmanager
async def answering(answer: Answer, trust: ssl.SSLContext | None = None) -> AsyncGenerator[Loopback, None]:
    """A server that runs as long as the block does."""
    loopback = Loopback()
    server = await asyncio.get_running_loop().create_server(
        lambda: _Answering(loopback, answer), "127.0.0.1", 0, ssl=trust
    )
    port = server.sockets[0].getsockname()[1]
    loopback.url = f"http{'s' * (trust is not None)}://127.0.0.1:{port}"
    try:
        yield loopback
    finally:
        server.close()
        for transport in tuple(loopback.open):
            transport.abort()
        await server.wait_closed()


def reply(status: str = "200 OK", body: bytes = b"", **headers: str) -> bytes:
    """A whole answer."""
    named = {
        "content-length": str(len(body)),
        **{name.replace("_", "-"): text for name, text in headers.items()},
    }
    lines = "".join(f"{name}: {text}\r\n" for name, text in named.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def object_reply(**headers: str) -> bytes:
    """The answer to a HEAD of an object."""
    return reply(**{"etag": '"e"', "last_modified": "Sat, 21 Nov 2026 17:08:50 GMT", **headers})  # type: ignore[arg-type]


def header(head: str, name: str) -> str:
    """A header of a request; empty where it has none."""
    lines = (line.partition(": ") for line in head.split("\r\n")[1:])
    return next((text for found, _, text in lines if found.lower() == name), "")
