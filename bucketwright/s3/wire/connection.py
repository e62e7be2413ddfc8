"""One connection: a request is sent, its answer read by llhttp, and whatever comes breaks no more than it."""

import asyncio
from collections.abc import Callable
from typing import Final, NamedTuple

from botocore.exceptions import ConnectionClosedError, ReadTimeoutError
from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

from bucketwright.s3.transport import TooLongError

_NAMES: Final[dict[bytes, str]] = {}
"""Of headers, by how they were spelled: a few, that come again with each answer."""
_MOST_NAMES: Final = 512


class Reply(NamedTuple):
    """What was answered to one request."""

    status: int
    headers: dict[str, str]
    """By their names in lower case."""
    body: bytes


class Bounds(NamedTuple):
    """How long and how large the answer to one request may be."""

    until: float
    """By the clock of the loop."""
    patience: float
    """Seconds without a single byte."""
    most_bytes: int


_NONE: Final = Bounds(0, 0, 0)


class Connection(asyncio.Protocol):
    """Open, and idle or waiting for one answer."""

    def __init__(self, url: str, lost: Callable[["Connection"], None]) -> None:
        self.closed = False
        self._url, self._lost = url, lost
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[Reply] | None = None
        self._parser: HttpResponseParser | None = None
        self._bounds = _NONE
        self._left = 0
        self._heard = 0.0
        self._bodiless = self._to_the_end = False
        self._headers: dict[str, str] = {}
        self._body: list[bytes] = []

    def ask(self, content: bytes, bounds: Bounds, now: float, *, bodiless: bool) -> asyncio.Future[Reply]:
        """Send a request; its whole answer, or an error of the SDK's and the end of the connection."""
        answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._answer = answer
        self._bounds, self._left, self._heard = bounds, bounds.most_bytes, now
        self._bodiless = bodiless
        self._parser = HttpResponseParser(self)
        self._headers, self._body, self._to_the_end = {}, [], False
        if self.closed or self._transport is None:
            self._fail(ConnectionClosedError(endpoint_url=self._url))
        else:
            self._transport.write(content)
        return answer

    def watch(self, now: float) -> None:
        """Give up an answer whose time is over."""
        if now >= self._bounds.until or now - self._heard >= self._bounds.patience:
            self._fail(ReadTimeoutError(endpoint_url=self._url))

    def close(self) -> None:
        """Ask nothing more on it."""
        self.closed = True
        if self._transport is not None:
            self._transport.abort()

    # what the loop calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        if self._answer is None or self._parser is None:
            self.close()  # nobody asked
            return
        self._heard = asyncio.get_running_loop().time()
        self._left -= len(data)
        if self._left < 0:
            self._fail(TooLongError(f"an answer of more than {self._bounds.most_bytes} bytes"))
            return
        try:
            self._parser.feed_data(data)
        except (HttpParserError, HttpParserUpgrade):
            self._fail(ConnectionClosedError(endpoint_url=self._url))

    def eof_received(self) -> bool:
        if self._to_the_end:
            self._finish(lasting=False)
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        if self._to_the_end and exc is None:
            self._finish(lasting=False)
        self._fail(ConnectionClosedError(endpoint_url=self._url))
        self._lost(self)

    # what the parser calls

    def on_header(self, name: bytes, value: bytes) -> None:
        known, text = _NAMES.get(name) or _name(name), value.decode("latin-1")
        self._headers[known] = f"{self._headers[known]}, {text}" if known in self._headers else text

    def on_headers_complete(self) -> None:
        if self._parser is None or self._parser.get_status_code() < 200:
            return
        if self._bodiless:
            self._finish(lasting=self._is_lasting())
        elif "content-length" not in self._headers and "transfer-encoding" not in self._headers:
            self._to_the_end = True

    def on_body(self, body: bytes) -> None:
        if self._answer is None:
            self.close()  # an answer to HEAD has none
        else:
            self._body.append(body)

    def on_message_complete(self) -> None:
        if self._parser is None or self._answer is None:
            return
        if self._parser.get_status_code() < 200:
            self._headers = {}
        else:
            self._finish(lasting=self._parser.should_keep_alive())

    def on_message_begin(self) -> None:
        if self._answer is None:
            self.close()  # a second answer to one request

    def _is_lasting(self) -> bool:
        """Whether another request may follow that to a HEAD, of whose length the parser knows nothing."""
        said = self._headers.get("connection", "").lower()
        return "close" not in said and (
            (self._parser is not None and self._parser.get_http_version() == "1.1") or "keep-alive" in said
        )

    def _finish(self, *, lasting: bool) -> None:
        answer, parser = self._answer, self._parser
        if answer is None or parser is None:
            return
        self._answer, self._to_the_end = None, False
        if not lasting:
            self.close()
        if not answer.done():
            body = b"" if self._bodiless else b"".join(self._body)
            answer.set_result(Reply(parser.get_status_code(), self._headers, body))

    def _fail(self, error: Exception) -> None:
        answer, self._answer = self._answer, None
        self._to_the_end = False
        if answer is None:
            return
        self.close()
        if not answer.done():
            answer.set_exception(error)


def _name(spelled: bytes) -> str:
    name = spelled.decode("latin-1").lower()
    if len(_NAMES) < _MOST_NAMES:
        _NAMES[spelled] = name
    return name
