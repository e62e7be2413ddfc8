"""How is a request without a body signed for S3 by version 4? All that a second's requests share, once.

What they share is one value that nobody changes, so that no request is signed by halves of two.
"""

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from time import gmtime, strftime
from typing import Final, NamedTuple
from urllib.parse import quote

from bucketwright import __version__

NO_BODY: Final = sha256(b"").hexdigest()
_UNSIGNED: Final = f"User-Agent: bucketwright/{__version__}\r\n"
_SAFE: Final = re.compile("[A-Za-z0-9_.~-]*")
"""What is sent as it is."""
_ALGORITHM: Final = "AWS4-HMAC-SHA256"


class Keys(NamedTuple):
    """Credentials as they are at one moment."""

    access: str
    secret: str
    token: str = ""

    def __repr__(self) -> str:
        return "Keys(…)"


@dataclass(frozen=True, slots=True, repr=False)
class Stamp:
    """What all requests of one second to one host have in common."""

    second: int
    keys: Keys
    tail: str
    """Of the text that is hashed, all after the query."""
    scope: str
    """Of the text that is signed, all before the hash."""
    key: bytes
    head: str
    """The headers, up to the signature."""

    def request(self, method: str, path: str, query: str = "") -> bytes:
        """The whole request for a path and a query that are encoded."""
        hashed = sha256(f"{method}\n{path}\n{query}\n{self.tail}".encode()).hexdigest()
        signature = hmac.digest(self.key, f"{self.scope}{hashed}".encode(), "sha256").hex()
        target = f"{path}?{query}" if query else path
        return f"{method} {target} HTTP/1.1\r\n{self.head}{signature}\r\n\r\n".encode()


def stamp(keys: Keys, region: str, host: str, more: Iterable[tuple[str, str]], second: int) -> Stamp:
    """That of a second since 1970; `more` are headers besides, by their names in any case."""
    moment = gmtime(second)
    day, when = strftime("%Y%m%d", moment), strftime("%Y%m%dT%H%M%SZ", moment)
    headers = {name.lower(): " ".join(text.split()) for name, text in more}
    headers |= {"host": host, "x-amz-content-sha256": NO_BODY, "x-amz-date": when}
    if keys.token:
        headers["x-amz-security-token"] = keys.token
    names = sorted(headers)
    signed = ";".join(names)
    place = f"{day}/{region}/s3/aws4_request"
    canonical = "".join(f"{name}:{headers[name]}\n" for name in names)
    sent = "".join(f"{name}: {headers[name]}\r\n" for name in names)
    credential = f"{_ALGORITHM} Credential={keys.access}/{place}, SignedHeaders={signed}, Signature="
    return Stamp(
        second=second,
        keys=keys,
        tail=f"{canonical}\n{signed}\n{NO_BODY}",
        scope=f"{_ALGORITHM}\n{when}\n{place}\n",
        key=_key_of_day(keys.secret, day, region),
        head=f"{sent}{_UNSIGNED}authorization: {credential}",
    )


def path_of(prefix: str, key: str) -> str:
    """The path of a key below what stands before all keys, as it is sent and signed."""
    folder, slash, name = key.rpartition("/")
    return f"{prefix}/{_quoted(folder)}{slash}{name if _SAFE.fullmatch(name) else quote(name)}"


def query_of(params: Iterable[tuple[str, str]]) -> str:
    """Parameters as they are sent and signed: encoded, and in order."""
    pairs = sorted((quote(name, safe=""), quote(text, safe="")) for name, text in params)
    return "&".join(f"{name}={text}" for name, text in pairs)


@lru_cache(maxsize=1_024)
def _quoted(folder: str) -> str:
    return quote(folder)


@lru_cache(maxsize=256)
def _key_of_day(secret: str, day: str, region: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in (day, region, "s3", "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key
