"""A proxy that answers wrongly when told to, passes on the rest, and remembers every request.

with proxy_before(url) as proxy:
    proxy.fault("status:503:SlowDown", query="policy", times=2)
    ...
    proxy.seen      # all requests, in their order
"""

import re
import socket
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Event, Lock, Thread
from typing import Final
from urllib.parse import urlsplit

from tests.faults import answers
from tests.faults.answers import Reply
from tests.faults.requests import Request, Where

_HOPS = frozenset({"connection", "content-length", "transfer-encoding"})
_TOKEN = re.compile("continuation-token=(?:same|token-)[^&]*&?")
"""Those that the proxy made up, of which the server behind knows nothing."""
_DRIP_SECONDS = 0.02
_NUMBERS = count(1)
Change = Callable[[Reply], Reply]
_CHANGES: Mapping[str, Change] = {
    "cut": answers.cut,
    "cutok": answers.cut_soundly,
    "flip": answers.flipped,
    "notoken": answers.without_token,
    "noend": answers.without_end,
    "sametoken": lambda reply: answers.with_token(reply, "same"),
    "circle": lambda reply: answers.with_token(reply, f"token-{next(_NUMBERS) % 2}"),
    "endless": lambda reply: answers.with_token(reply, f"token-{next(_NUMBERS)}"),
    "entity": answers.with_entities,
}
_BROKEN: Final = frozenset({"drip", "driphead", "cuthead", "bigbody", "reset", "after", "stall"})
_REPLIES: Mapping[str, Reply] = {
    "empty200": Reply(200),
    "garbage": Reply(200, b"\x00<Versioning \xff not XML"),
    "entityerror": Reply(403, b'<!DOCTYPE x [<!ENTITY a "b">]><Error><Code>AccessDenied</Code></Error>'),
    "wrongroot": Reply(200, b"<WebsiteConfiguration/>", {"content-type": answers.XML}),
    "html200": Reply(200, b"<html><body>sign in</body></html>"),
    "html502": Reply(502, b"<!DOCTYPE html><html><body>bad gateway</body></html>"),
    "nan": Reply(200, b'{"Aliases": [{"CreationDate": NaN}]}'),
    "deep": Reply(200, b"<a>" * 5000 + b"</a>" * 5000),
}


@dataclass(slots=True)
class Fault:
    """What goes wrong, for which requests, after how many of them, and how often still; None: always."""

    spelling: str
    where: Where
    left: int | None
    spared: int = 0
    hit: Event = field(default_factory=Event)
    """Set once it went wrong."""

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.spelling.split(":"))


@dataclass(slots=True)
class Proxy:
    """Where it listens, what it does wrong, and what it saw."""

    upstream: str
    url: str = ""
    seen: list[Request] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    events: dict[int, Callable[[], object]] = field(default_factory=dict)
    """What happens behind it just before it passes on a request, by the number of that, from 1."""
    ended: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)

    def fault(self, spelling: str, times: int | None = None, spared: int = 0, **where: str) -> Fault:
        """Let it go wrong from now on: `status:403:AccessDenied`, `drip`, `redirect:eu-west-1` …"""
        self.faults.append(Fault(spelling, Where(**where), times, spared))
        return self.faults[-1]

    def calm(self) -> None:
        """Let nothing go wrong, and forget what was seen."""
        self.faults.clear()
        self.seen.clear()
        self.events.clear()

    def taken(self, request: Request) -> Fault | None:
        """The fault that is for this request, counted."""
        with self.lock:
            self.seen.append(request)
            self.events.get(len(self.seen), _nothing)()
            meant = (one for one in self.faults if one.left != 0 and one.where.holds(request))
            fault = next(meant, None)
            if fault is None:
                return None
            if fault.spared:
                fault.spared -= 1
                return None
            fault.left = None if fault.left is None else fault.left - 1
            fault.hit.set()
            return fault


def _nothing() -> None:
    """Nothing happens."""


@contextmanager
def proxy_before(upstream: str) -> Iterator[Proxy]:
    """One that runs as long as the block does, on a free port of this machine."""
    proxy = Proxy(upstream)
    http = _Server(("127.0.0.1", 0), _handler(proxy))
    proxy.url = f"http://127.0.0.1:{http.server_port}"
    thread = Thread(target=http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.ended.set()
        http.shutdown()
        thread.join()
        http.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away in the middle of an answer is what some tests are about."""


def _handler(proxy: Proxy) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one_request(self) -> None:
            self.raw_requestline = self.rfile.readline(65537)
            if not self.raw_requestline or not self.parse_request():
                self.close_connection = True
                return
            length = int(self.headers.get("content-length") or 0)
            headers = dict(self.headers.items())
            request = Request.of(self.command, self.path, headers, self.rfile.read(length))
            fault = proxy.taken(request)
            words = fault.words if fault else ("none",)
            _Answering(self, proxy, request).answer(words)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of its base
            """Say nothing."""

    return Handler


@dataclass(frozen=True, slots=True)
class _Answering:
    """The answer to one request."""

    handler: BaseHTTPRequestHandler
    proxy: Proxy
    request: Request

    def answer(self, words: tuple[str, ...]) -> None:
        """Go wrong in the way that the words say."""
        match words:
            case (name, *more) if name in _BROKEN:
                self.handler.close_connection = True
                with suppress(OSError):
                    self.broken(name, more)
            case ("latency", milliseconds):
                self.proxy.ended.wait(int(milliseconds) / 1000)
                self.send(self.passed_on())
            case ("dup",):
                self.passed_on()
                self.send(self.passed_on())
            case (name,) if name in _CHANGES:
                self.send(_CHANGES[name](self.passed_on()))
            case _:
                self.send(self.made(words) or self.passed_on())

    def made(self, words: tuple[str, ...]) -> Reply | None:
        """A reply of which the server behind knows nothing."""
        match words:
            case ("status", status, *code):
                return answers.refusal(self.request, int(status), *code or ("InternalError",))
            case ("error200",):
                return Reply(200, answers.refusal(self.request, 500, "InternalError").body)
            case ("redirect", region) if self.request.region != region:
                return answers.redirected(self.request, region)
            case ("elsewhere", *region):
                return answers.redirected(self.request, ":".join(region))
        return _REPLIES.get(words[0])

    def broken(self, name: str, more: list[str]) -> None:
        """No answer, or one without an end."""
        match name:
            case "drip":
                self.drip(self.written(self.passed_on()))
            case "driphead":
                self.drip(b"HTTP/1.1 200 OK\r\nx-" + b"a" * 5000)
            case "bigbody":
                self.big(int(more[0]))
            case "reset":
                self.reset()
            case "after":
                self.passed_on()
                self.reset()
            case "cuthead":
                self.handler.wfile.write(self.written(self.passed_on()).partition(b"\r\n\r\n")[0][:-5])
            case _:
                self.proxy.ended.wait()

    def passed_on(self) -> Reply:
        """What the server behind answers."""
        connection = HTTPConnection(urlsplit(self.proxy.upstream).netloc, timeout=120)
        try:
            target = _TOKEN.sub("", self.handler.path)
            connection.request(self.request.method, target, self.request.body, dict(self.request.headers))
            response = connection.getresponse()
            headers = {name: text for name, text in response.getheaders() if name.lower() not in _HOPS}
            length = response.getheader("content-length")
            body = response.read()
        finally:
            connection.close()
        said = int(length) if length and self.request.method == "HEAD" else None
        return Reply(response.status, body, headers, said)

    def written(self, reply: Reply) -> bytes:
        """A reply as HTTP has it."""
        length = len(reply.body) if reply.length is None else reply.length
        headers = {**reply.headers, "content-length": str(length)}
        lines = "".join(f"{name}: {text}\r\n" for name, text in headers.items())
        body = b"" if self.request.method == "HEAD" else reply.body
        return f"HTTP/1.1 {reply.status} X\r\n{lines}\r\n".encode("latin-1") + body

    def send(self, reply: Reply) -> None:
        """All of it, at once."""
        self.handler.wfile.write(self.written(reply))
        if reply.length is not None and self.request.method != "HEAD":
            self.handler.close_connection = True

    def drip(self, content: bytes) -> None:
        """A byte now and then, as long as somebody reads."""
        for byte in content:
            self.handler.wfile.write(bytes((byte,)))
            if self.proxy.ended.wait(_DRIP_SECONDS):
                return

    def big(self, mebibytes: int) -> None:
        """A sound beginning, and then blanks."""
        self.handler.wfile.write(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n<VersioningConfiguration>")
        for _ in range(mebibytes):
            self.handler.wfile.write(b" " * 2**20)

    def reset(self) -> None:
        """Break the connection as a machine does that went down."""
        linger = struct.pack("ii", 1, 0)
        self.handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.handler.connection.close()
