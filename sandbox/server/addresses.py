"""Where may the server listen, and where may its clients call? On this machine only."""

import re
from ipaddress import ip_address
from typing import Final

LOOPBACK: Final = "127.0.0.1"
_URL: Final = re.compile(r"http://([^/@?#]+):[0-9]{1,5}/?")


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
    """The address without a slash at its end, if it is plain HTTP to a port of this machine."""
    found = _URL.fullmatch(url)
    if found is None:
        raise NotLoopbackError(f"{url!r} is not of the form http://{LOOPBACK}:PORT")
    loopback(found[1].strip("[]"))
    return url.rstrip("/")
