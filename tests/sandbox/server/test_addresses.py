"""The sandbox listens on this machine alone, and clients call nothing else."""

from ipaddress import ip_address

import pytest

from sandbox.server import connect, serving
from sandbox.server.addresses import NotLoopbackError


@pytest.mark.parametrize(
    "host", [str(ip_address(0)), "", "localhost", "192.168.0.1", "::", "example.com", "127.0.0.1.x"]
)
def test_no_other_address_is_listened_on(host: str) -> None:
    """Only a numeric loopback address is bound."""
    with pytest.raises(NotLoopbackError, match="not a numeric loopback address"), serving(host=host):
        pass


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.1:80",
        "https://127.0.0.1:80",
        "http://127.0.0.1",
        "http://127.0.0.1:80/path",
        "http://127.0.0.1:port",
        "127.0.0.1:80",
        "http://s3.amazonaws.com:80",
        "http://127.0.0.1@example.com:80",
        "",
    ],
)
def test_no_other_address_is_called(url: str) -> None:
    """A sandbox is reached by plain HTTP at a port of a loopback address."""
    with pytest.raises(NotLoopbackError):
        connect(url, "token")


@pytest.mark.parametrize("url", ["http://127.0.0.1:80", "http://127.0.0.1:80/", "http://[::1]:80"])
def test_loopback_addresses_are_called(url: str) -> None:
    """Loopback addresses are taken, with or without a slash at their end."""
    assert connect(url, "token").url == url.rstrip("/")


def test_a_server_ends_with_its_block() -> None:
    """Nothing answers where a sandbox has ended."""
    with serving() as server:
        assert server.healthy()

    assert not server.healthy()


def test_a_port_can_be_chosen() -> None:
    """A sandbox listens on the port that was asked for."""
    with serving() as first:
        port = int(first.url.rsplit(":", 1)[1])
    with serving(port) as second:
        assert second.url == first.url
