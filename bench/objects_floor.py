"""The least that a client in Python can do: sign, send and count. No rule, no retry, no care for errors.

python -m bench.objects_floor BUCKET [--list] [--connections 64]
"""

import argparse
import asyncio
import hmac
import json
import os
import re
from collections import Counter, deque
from hashlib import sha256
from html import unescape
from time import gmtime, strftime
from typing import Final
from urllib.parse import quote, unquote_plus, urlsplit

_EMPTY: Final = sha256(b"").hexdigest()
_KEY: Final = re.compile(rb"<Key>([^<]*)</Key>")
_NEXT: Final = re.compile(rb"<NextContinuationToken>([^<]*)</NextContinuationToken>")
_END: Final = b"\r\n\r\n"


class Signer:
    """Requests without a body, for one host, region and pair of keys, all of this minute."""

    def __init__(self, host: str, region: str, access: str, secret: str) -> None:
        now = gmtime()
        day, self.when = strftime("%Y%m%d", now), strftime("%Y%m%dT%H%M%SZ", now)
        key = f"AWS4{secret}".encode()
        for part in (day, region, "s3", "aws4_request"):
            key = hmac.digest(key, part.encode(), "sha256")
        self.key, self.host, scope = key, host, f"{day}/{region}/s3/aws4_request"
        names = "host;x-amz-content-sha256;x-amz-date"
        self.tail = f"host:{host}\nx-amz-content-sha256:{_EMPTY}\nx-amz-date:{self.when}\n\n{names}\n{_EMPTY}"
        self.above = f"AWS4-HMAC-SHA256\n{self.when}\n{scope}\n"
        said = f"AWS4-HMAC-SHA256 Credential={access}/{scope}, SignedHeaders={names}, Signature="
        self.headers = (
            f"host: {host}\r\nx-amz-content-sha256: {_EMPTY}\r\nx-amz-date: {self.when}\r\n"
            f"authorization: {said}"
        )

    def request(self, method: str, path: str, query: str = "") -> bytes:
        """All that is sent, for a path and a query that are encoded."""
        hashed = sha256(f"{method}\n{path}\n{query}\n{self.tail}".encode()).hexdigest()
        signature = hmac.digest(self.key, f"{self.above}{hashed}".encode(), "sha256").hex()
        target = f"{path}?{query}" if query else path
        return f"{method} {target} HTTP/1.1\r\n{self.headers}{signature}\r\n\r\n".encode()


class Scan:
    """One bucket: pages one after the other, and a HEAD of each key meanwhile."""

    def __init__(self, signer: Signer, bucket: str, *, heads: bool) -> None:
        self.signer, self.path, self.heads = signer, "/" + quote(bucket), heads
        self.waiting: deque[bytes] = deque()
        self.types: Counter[bytes] = Counter()
        self.keys = self.sent = self.answered = 0
        self.is_listed = False
        self.idle: list[Lane] = []
        self.done = asyncio.get_running_loop().create_future()

    def page(self, token: bytes) -> bytes:
        """The request for the page that a token leads to."""
        said = f"continuation-token={quote(unescape(token.decode()), safe='-_.~')}&" if token else ""
        return self.signer.request("GET", self.path, f"{said}encoding-type=url&list-type=2&max-keys=1000")

    def listed(self, body: bytes) -> bytes | None:
        """Take the keys of a page; what to ask next on its connection."""
        encoded = b"<EncodingType>url" in body
        found = _KEY.findall(body)
        self.keys += len(found)
        if self.heads:
            self.waiting.extend(found if encoded else map(_encoded, found))
            while self.idle and self.waiting:
                self.idle.pop().ask(self.head())
        token = _NEXT.search(body)
        if token:
            return self.page(token[1])
        self.is_listed = True
        self.end()
        return None

    def head(self) -> bytes:
        """The next HEAD."""
        self.sent += 1
        key = quote(unquote_plus(self.waiting.popleft().decode()), safe="/-_.~")
        return self.signer.request("HEAD", f"{self.path}/{key}")

    def headed(self, headers: bytes) -> bytes | None:
        """Count one answer; what to ask next."""
        self.answered += 1
        low = headers.lower()
        begin = low.find(b"content-type:") + 13
        self.types[low[begin : low.find(b"\r", begin)].strip()] += 1
        if self.waiting:
            return self.head()
        self.end()
        return None

    def end(self) -> None:
        if self.is_listed and self.answered == self.sent and not self.waiting and not self.done.done():
            self.done.set_result(None)


class Lane(asyncio.Protocol):
    """A connection that is kept."""

    def __init__(self, scan: Scan) -> None:
        self.scan, self.buffer, self.is_listing = scan, b"", False
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.scan.done.done():
            self.scan.done.set_exception(exc or ConnectionError("the server closed a connection"))

    def ask(self, request: bytes, *, listing: bool = False) -> None:
        """Send it."""
        self.is_listing = listing
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        ends = self.buffer.find(_END)
        if ends < 0:
            return
        if self.buffer[9:12] != b"200":
            raise ConnectionError(self.buffer[:ends].decode())
        if not self.is_listing:
            following = self.scan.headed(self.buffer[: ends + 2])
            self.buffer = b""
            if following is None:
                self.scan.idle.append(self)
            else:
                self.transport.write(following)
            return
        body = _whole(self.buffer[:ends].lower(), self.buffer[ends + 4 :])
        if body is not None:
            self.buffer = b""
            page = self.scan.listed(body)
            if page is not None:
                self.transport.write(page)


def _encoded(key: bytes) -> bytes:
    return quote(unescape(key.decode())).encode()


def _whole(headers: bytes, body: bytes) -> bytes | None:
    """The body where all of it is there."""
    if b"transfer-encoding: chunked" in headers:
        return _joined(body) if body.endswith(b"0" + _END) else None
    begin = headers.find(b"content-length:") + 15
    length = int(headers[begin:].split(b"\r", 1)[0])
    return body if len(body) >= length else None


def _joined(body: bytes) -> bytes:
    parts: list[bytes] = []
    while True:
        size, _, body = body.partition(b"\r\n")
        length = int(size, 16)
        if not length:
            return b"".join(parts)
        parts.append(body[:length])
        body = body[length + 2 :]


async def scanned(bucket: str, *, heads: bool, connections: int) -> Scan:
    """Look at the bucket on the server that the environment names."""
    url = urlsplit(os.environ["AWS_ENDPOINT_URL"])
    access, secret = os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"]
    signer = Signer(url.netloc, os.environ["AWS_REGION"], access, secret)
    scan = Scan(signer, bucket, heads=heads)
    loop = asyncio.get_running_loop()
    opened = [
        (await loop.create_connection(lambda: Lane(scan), url.hostname or "", url.port or 80))[1]
        for _ in range(1 + connections * heads)
    ]
    first, *scan.idle = opened
    first.ask(scan.page(b""), listing=True)
    await scan.done
    return scan


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("bucket")
    asked.add_argument("--list", action="store_true")
    asked.add_argument("--connections", type=int, default=64)
    said = asked.parse_args()
    scan = asyncio.run(scanned(said.bucket, heads=not said.list, connections=said.connections))
    types = {name.decode(): count for name, count in scan.types.items()}
    print(json.dumps({"keys": scan.keys, "headed": scan.answered, "types": types}))


if __name__ == "__main__":
    main()
