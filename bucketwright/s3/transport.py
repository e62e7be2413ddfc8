"""How does a request end in time, however slowly its answer drips, and however long it is?

The SDK's read timeout starts anew with every byte. Here each read from the socket may wait only as long as
the whole request still has, and a body may have only so many bytes.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from http.client import RemoteDisconnected
from io import BufferedReader, RawIOBase
from socket import socket
from typing import Final, Protocol

from botocore.awsrequest import (
    AWSHTTPConnection,
    AWSHTTPConnectionPool,
    AWSHTTPResponse,
    AWSHTTPSConnection,
    AWSHTTPSConnectionPool,
    AWSPreparedRequest,
    AWSResponse,
)
from botocore.exceptions import ConnectionClosedError, HTTPClientError, ReadTimeoutError
from botocore.httpsession import URLLib3Session

from bucketwright.s3.limits import Bounds, bounds

_BUFFER_BYTES: Final = 64 * 1024
_SENT_AT_ONCE_BYTES: Final = 256 * 1024


class TooLongError(Exception):
    """An answer has more bytes than any honest one."""


class _Bounded(RawIOBase):
    """What comes from a socket, each read kept within the bounds."""

    def __init__(self, raw: RawIOBase, sock: socket, within: Bounds) -> None:
        self._raw, self._sock, self._within = raw, sock, within
        self._patience = sock.gettimeout()
        self._bytes_left = within.most_bytes

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int | None:
        if not isinstance(buffer, memoryview):
            raise TypeError("a BufferedReader reads into a memoryview")
        left = self._within.deadline.left
        if left <= 0:
            raise TimeoutError("the time for this answer is over")
        self._sock.settimeout(left if self._patience is None else min(left, self._patience))
        count = self._raw.readinto(buffer)
        self._bytes_left -= count or 0
        if self._bytes_left < 0:
            raise TooLongError(f"an answer of more than {self._within.most_bytes} bytes")
        return count

    def close(self) -> None:
        with suppress(OSError):  # the socket may be closed, or else serves the next request
            self._sock.settimeout(self._patience)
        self._raw.close()
        super().close()


class _Reader(BufferedReader):
    """Reads lines that have an end: a status line or headers that break off are no answer."""

    in_head = False

    def readline(self, size: int | None = -1, /) -> bytes:
        line = super().readline(size)
        if self.in_head and not line.endswith(b"\n") and len(line) != size:
            raise RemoteDisconnected("the answer broke off before the end of its headers")
        return line


class _Response(AWSHTTPResponse):  # type: ignore[misc]  # botocore carries no types
    """One whose status line, headers and body are all read within the bounds of their request."""

    def __init__(self, sock: socket, *rest: object, **more: object) -> None:
        super().__init__(sock, *rest, **{"status_tuple": None, **more})
        opened: BufferedReader = self.fp
        self.fp: _Reader = _Reader(_Bounded(opened.detach(), sock, bounds()), _BUFFER_BYTES)

    def begin(self) -> None:
        """Read the status line and the headers, to their last line."""
        reader = self.fp
        reader.in_head = True
        super().begin()
        reader.in_head = False


class _Raw(Protocol):
    def read(self, amt: int | None = None) -> bytes: ...


class _AsItComes:
    """A body of which a read gives what is there, and does not wait until all that was asked for has come."""

    def __init__(self, raw: _Raw) -> None:
        self._raw: Final = raw
        # urllib3 knows it since 2.2
        self._read: Final[Callable[[int], bytes]] = getattr(raw, "read1", raw.read)

    def read(self, most: int | None = None) -> bytes:
        """The next bytes; none at the end."""
        return self._raw.read() if most is None else self._read(most)

    def __getattr__(self, name: str) -> object:
        return getattr(self._raw, name)


class _Connection(AWSHTTPConnection):  # type: ignore[misc]  # botocore carries no types
    response_class = _Response


class _SecureConnection(AWSHTTPSConnection):  # type: ignore[misc]  # botocore carries no types
    response_class = _Response


class _Pool(AWSHTTPConnectionPool):  # type: ignore[misc]  # botocore carries no types
    ConnectionCls = _Connection


class _SecurePool(AWSHTTPSConnectionPool):  # type: ignore[misc]  # botocore carries no types
    ConnectionCls = _SecureConnection


class Transport(URLLib3Session):  # type: ignore[misc]  # botocore carries no types
    """Sends what the SDK has signed, within the bounds of the thread that asks."""

    def __init__(self, **settings: object) -> None:
        super().__init__(**settings)
        self._pool_classes_by_scheme.update(http=_Pool, https=_SecurePool)

    def _get_pool_manager_kwargs(self, **more: object) -> Mapping[str, object]:
        settings: Mapping[str, object] = super()._get_pool_manager_kwargs(**more)
        return {**settings, "blocksize": _SENT_AT_ONCE_BYTES}

    def answer(self, request: AWSPreparedRequest, **_event: object) -> AWSResponse:
        """The whole answer to a request; a body that ends too early is a connection that broke.

        What is read as a stream is left to whoever reads it, and is not over when this returns.
        """
        if bounds().deadline.passed:
            raise ReadTimeoutError(endpoint_url=request.url, error="the time for this answer was over")
        try:
            response = self.send(request)
        except HTTPClientError as error:
            cause = error.kwargs.get("error")
            raise cause if isinstance(cause, TooLongError) else error from None
        if request.stream_output:
            response.raw = _AsItComes(response.raw)
            return response
        promised = response.headers.get("content-length", "")
        if request.method != "HEAD" and promised.isdecimal() and len(response.content) < int(promised):
            raise ConnectionClosedError(endpoint_url=request.url, error="the answer was cut off")
        return response
