"""A server that makes its keys up as it is asked: as many as a bench wants, and no disk.

python -m bench.objects_listing PORT KEYS

It answers ListObjectsV2 as S3 does, HEAD of any key, and that there are no tags and no unfinished uploads;
nothing else.
The bucket called few has a hundred of them. With each `POST /` another object of each hundred is a new one.
"""

import asyncio
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from email.utils import formatdate
from functools import lru_cache
from itertools import islice
from typing import Final
from urllib.parse import parse_qsl, quote

FEW: Final = "few"
FEWER: Final = 100
_IN_A_PREFIX: Final = 10_000
_MOST: Final = 1000
_LAST: Final = chr(0x10FFFF)
_ONE_IN: Final = 100
_HEADS: Final = (
    "HTTP/1.1 200 OK\r\nserver: listing\r\ncontent-type: application/json\r\ncontent-length: 12\r\n"
    'etag: "0123456789abcdef0123456789abcdef"\r\nlast-modified: Sun, 01 Mar 2026 08:00:00 GMT\r\n'
    "x-amz-server-side-encryption: AES256\r\ndate: {}\r\n\r\n"
)
_UPLOADS: Final = "<ListMultipartUploadsResult><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>"
_TAGS: Final = "<Tagging><TagSet></TagSet></Tagging>"
_CONTENTS: Final = (
    "<Contents><Key>{}</Key><LastModified>2026-03-01T08:{:02d}:00.000Z</LastModified>"
    "<ETag>&quot;0123456789abcdef0123456789abcdef&quot;</ETag><Size>12</Size>"
    "<StorageClass>STANDARD</StorageClass></Contents>"
)


def key(number: int) -> str:
    """The keys are in the order of their numbers."""
    return f"part-{number // _IN_A_PREFIX:05d}/object-{number:09d}.json"


@lru_cache(maxsize=64)
def page(keys: int, query: str, turn: int) -> bytes:
    """The page of a list that a query asks for, after so many turns in which some objects became new."""
    asked = dict(parse_qsl(query, keep_blank_values=True))
    prefix, after = asked.get("prefix", ""), asked.get("continuation-token") or asked.get("start-after", "")
    numbers = range(keys)
    begin = max(bisect_left(numbers, prefix, key=key), bisect_right(numbers, after, key=key))
    end = bisect_left(numbers, prefix + _LAST, key=key)
    most = min(int(asked.get("max-keys", _MOST)), _MOST)
    if asked.get("delimiter") == "/" and "/" not in prefix:
        return _prefixes(range(begin, end), most)
    here = range(begin, min(begin + most, end))
    more = _more(key(here[-1])) if here and here.stop < end else _more("")
    return _told(more + "".join(_CONTENTS.format(key(number), _put(number, turn)) for number in here))


def _put(number: int, turn: int) -> int:
    """In which turn it was written last."""
    return number % _ONE_IN if number % _ONE_IN <= turn else 0


def _prefixes(numbers: range, most: int) -> bytes:
    """The common prefixes of so many keys."""
    firsts = range(numbers.start // _IN_A_PREFIX, -(-numbers.stop // _IN_A_PREFIX))
    told = [f"part-{first:05d}/" for first in islice(firsts, most)]
    more = _more(told[-1] + _LAST) if len(firsts) > most else _more("")
    return _told(more + "".join(f"<CommonPrefixes><Prefix>{one}</Prefix></CommonPrefixes>" for one in told))


def _more(token: str) -> str:
    if not token:
        return "<IsTruncated>false</IsTruncated>"
    return f"<IsTruncated>true</IsTruncated><NextContinuationToken>{quote(token)}</NextContinuationToken>"


def _told(inner: str) -> bytes:
    return f"<ListBucketResult><EncodingType>url</EncodingType>{inner}</ListBucketResult>".encode()


class Connection(asyncio.Protocol):
    """One client; it asks nothing before it is answered."""

    turn = 0

    def __init__(self, keys: int) -> None:
        self.keys, self.buffer = keys, b""
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
            method, target, _ = head.split(b" ", 2)
            if method == b"HEAD":
                self.transport.write(_HEADS.format(formatdate(usegmt=True)).encode())
            elif method == b"POST":
                Connection.turn += 1
                self.transport.write(b"HTTP/1.1 204 No Content\r\n\r\n")
            else:
                self.transport.write(self.answer(target.decode()))

    def answer(self, target: str) -> bytes:
        """To a GET."""
        path, _, query = target.partition("?")
        keys = FEWER if path.strip("/") == FEW else self.keys
        asked: Mapping[str, str] = dict(parse_qsl(query, keep_blank_values=True))
        status, body = "404 Not Found", b"<Error><Code>NoSuchBucket</Code></Error>"
        if "list-type" in asked:
            status, body = "200 OK", page(keys, query, self.turn)
        elif "uploads" in asked:
            status, body = "200 OK", _UPLOADS.encode()
        elif "tagging" in asked:
            status, body = "200 OK", _TAGS.encode()
        head = f"HTTP/1.1 {status}\r\ncontent-type: application/xml\r\ncontent-length: {len(body)}\r\n\r\n"
        return head.encode() + body


async def serve(port: int, keys: int) -> None:
    """Until somebody ends it."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(keys), "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2])))
