"""Where may the server listen, and where may its clients call? On this machine only."""

from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

LOOPBACK: Final = "127.0.0.1"


class NotLoopbackError(ValueError):
    """The address is not one of this machine alone."""


def loopback(host: str) -> str:
    """The host itself, if nobody outside this machine can reach it: a numeric loopback address."""
    try:
        inside = ip_address(host).is_loopback
    except ValueError:
        inside = False
    if not inside:
        raise NotLoopbackError(f"{host!r} is not a numeric loopback address such as {LOOPBACK}")
    return host


def loopback_url(url: str) -> str:
    """The address without a slash at its end, if it is plain http to a port of this machine."""
    parts = urlsplit(url)
    loopback(parts.hostname or "")
    if parts.scheme != "http" or parts.port is None or parts.path.strip("/") or parts.query:
        raise NotLoopbackError(f"{url!r} is not of the form http://{LOOPBACK}:PORT")
    return url.rstrip("/")
