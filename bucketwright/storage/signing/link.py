"""What can a caller say of a link, where the contract leaves it open?"""

from dataclasses import dataclass
from datetime import timedelta

from bucketwright.storage.errors import Refused


@dataclass(frozen=True, slots=True)
class Link:
    """All of it is optional; the contract has the last word."""

    lasts: timedelta | None = None
    """How long it is good for; by default as the contract says, and long enough for the size."""
    size: int | None = None
    """Bytes that travel: exactly those of a PUT, at most those of a form."""
    origin: str = ""
    """Of the page that uses it, such as https://app.example.com: Refused where the bucket's CORS does not let
    it."""
    sha256: str = ""
    """Of what a PUT sends, in hexadecimal digits: the server takes no other content."""


def keep_unhashed(link: Link, what: str, key: str) -> None:
    """Raises where a hash is said of what holds nobody to one."""
    if link.sha256:
        raise Refused(f"{what} holds nobody to a hash: leave sha256 out, or sign a PUT", key)
