"""One connection: a request is sent, its answer read, and whatever comes breaks no more than it.

Most answers come whole and plain, and are read by their lines; all others by llhttp.
"""

import asyncio
from collections.abc import Callable
from typing import Final, NamedTuple, TypeAlias, cast

from botocore.exceptions import ConnectionClosedError, ReadTimeoutError
from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

from bucketwright.s3.transport import TooLongError
from bucketwright.s3.wire.head_lines import HeadLines, Reply


class Bounds(NamedTuple):
    """How long and how large the answer to one request may be."""

    patience: float
    """Seconds without a single byte."""
    most_bytes: int


_MOST_HEAD_BYTES: Final = 256 * 1024
Done: TypeAlias = Callable[[Reply | Exception], object]
"""Is told a whole answer, or an error of the SDK's."""


class Connection(asyncio.Protocol):
    """Open, and idle or waiting for one answer."""

    def __init__(
        self,
        url: str,
        bounds: Bounds,
        heads: HeadLines,
        freed: Callable[["Connection"], None],
        lost: Callable[["Connection"], None],
    ) -> None:
        """`freed` is told each time that it waits for nothing any more, before whoever asked is told."""
        self.closed = False
        self._url, self._freed, self._lost = url, freed, lost
        self._transport: asyncio.Transport | None = None
        self._done: Done | None = None
        self._parser: HttpResponseParser | None = None
        self._bounds, self._heads = bounds, heads
        self._left = self._head_left = 0
        self._until = self._heard = 0.0
        self._bodiless = self._to_the_end = False
        self._reply: Reply | None = None
        self._headers: dict[str, str] = {}
        self._body: list[bytes] = []

    def ask(self, content: bytes, now: float, until: float, done: Done, *, bodiless: bool) -> None:
        """Send a request; an error is the end of the connection. Times are by the clock of the loop."""
        self._done = done
        self._until, self._heard, self._left = until, now, self._bounds.most_bytes
        self._bodiless, self._parser, self._to_the_end = bodiless, None, False
        if self.closed or self._transport is None:
            self._fail(ConnectionClosedError(endpoint_url=self._url))
        else:
            self._transport.write(content)

    def watch(self, now: float) -> None:
        """Give up an answer whose time is over."""
        if now >= self._until or now - self._heard >= self._bounds.patience:
            self._fail(ReadTimeoutError(endpoint_url=self._url))

    def close(self) -> None:
        """Ask nothing more on it."""
        self.closed = True
        if self._transport is not None:
            self._transport.abort()

    # what the loop calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # other loops' are of no such class

    def data_received(self, data: bytes) -> None:
        if self._done is None:
            self.close()  # nobody asked
            return
        self._left -= len(data)
        if self._left < 0:
            self._fail(TooLongError(f"an answer of more than {self._bounds.most_bytes} bytes"))
            return
        if self._parser is None:
            reply = self._heads.reply(data, bodiless=self._bodiless)
            if reply is not None:
                if "close" in reply.headers.get("connection", "").lower():
                    self.close()
                self._end(reply)
                return
        self._heard = asyncio.get_running_loop().time()
        self._feed(data)

    def eof_received(self) -> bool:
        self._finish_at_end()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        if exc is None:
            self._finish_at_end()
        self._fail(ConnectionClosedError(endpoint_url=self._url))
        self._lost(self)

    def _feed(self, data: bytes) -> None:
        """Let llhttp read it; who asked learns the answer once it is seen that nothing stands behind it."""
        if self._parser is None:
            self._parser, self._headers, self._body = HttpResponseParser(self), {}, []
            self._head_left = _MOST_HEAD_BYTES
        try:
            self._parser.feed_data(data)
        except (HttpParserError, HttpParserUpgrade):
            self.close()
            if self._head_left < 0:
                self._fail(TooLongError(f"headers of more than {_MOST_HEAD_BYTES} bytes"))
            elif self._reply is None:
                self._fail(ConnectionClosedError(endpoint_url=self._url))
        if self._reply is not None:
            self._end(self._reply)

    # what the parser calls

    def on_header(self, name: bytes, value: bytes) -> None:
        self._head_left -= len(name) + len(value)
        if self._head_left < 0:
            raise TooLongError
        told, text = self._heads.name(name.decode("latin-1")), value.decode("latin-1")
        self._headers[told] = f"{self._headers[told]}, {text}" if told in self._headers else text

    def on_headers_complete(self) -> None:
        if self._parser is None or self._parser.get_status_code() < 200:
            return
        if self._bodiless:
            self._finish(lasting=self._is_lasting())
        elif "content-length" not in self._headers and "transfer-encoding" not in self._headers:
            self._to_the_end = True

    def on_body(self, body: bytes) -> None:
        if self._reply is not None:
            self.close()  # an answer to HEAD has none
        else:
            self._body.append(body)

    def on_message_complete(self) -> None:
        if self._parser is None or self._reply is not None:
            return
        if self._parser.get_status_code() < 200:
            self._headers = {}
        else:
            self._finish(lasting=self._parser.should_keep_alive())

    def on_message_begin(self) -> None:
        if self._reply is not None:
            self.close()  # a second answer to one request

    def _is_lasting(self) -> bool:
        """Whether another request may follow that to a HEAD, of whose length the parser knows nothing."""
        said = self._headers.get("connection", "").lower()
        return "close" not in said and (
            (self._parser is not None and self._parser.get_http_version() == "1.1") or "keep-alive" in said
        )

    def _finish_at_end(self) -> None:
        """An answer whose end is that of the connection is whole now."""
        if self._to_the_end:
            self._finish(lasting=False)
            if self._reply is not None:
                self._end(self._reply)

    def _finish(self, *, lasting: bool) -> None:
        if self._parser is None:
            return
        if not lasting:
            self.close()
        body = b"" if self._bodiless else b"".join(self._body)
        self._reply = Reply(self._parser.get_status_code(), self._headers, body)

    def _fail(self, error: Exception) -> None:
        if self._done is not None:
            self.close()
            self._end(error)

    def _end(self, came: Reply | Exception) -> None:
        done, self._done = self._done, None
        self._reply, self._to_the_end, self._body = None, False, []
        self._freed(self)
        if done is not None:
            done(came)
