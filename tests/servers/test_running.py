"""Do the servers of the tests begin, answer and end with their block?"""

import os
import sys
from pathlib import Path

import pytest
from botocore.exceptions import BotoCoreError

from tests.servers.processes import NotRunningError, answering
from tests.servers.running import Running, versitygw
from tests.servers.toxiproxy import RefusedError, toxiproxy

SERVES = f"exec {sys.executable} -m http.server --bind 127.0.0.1 {{port}}"


def command(script: str) -> tuple[str, ...]:
    return ("sh", "-c", script)


def is_there(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def buckets(server: Running, url: str = "") -> list[str]:
    return [bucket["Name"] for bucket in server.client(url=url).list_buckets()["Buckets"]]


def test_a_server_ends_with_its_block() -> None:
    """Its process and its data are gone, also where the block fails."""

    def used_and_failed() -> None:
        with versitygw() as server:
            used.append(server)
            server.client().create_bucket(Bucket="one")
            assert buckets(server) == ["one"]
            assert (server.folder / "one").is_dir()
            raise InterruptedError

    used: list[Running] = []
    with pytest.raises(InterruptedError):
        used_and_failed()
    (server,) = used
    assert not is_there(server.process.pid)
    assert not server.folder.exists()


def test_a_program_that_ends_at_once_is_told(tmp_path: Path) -> None:
    """With what it said, after each of the ports was tried."""
    failing = command(f"echo tried >>{tmp_path}/tries; echo no such disk; exit 3")

    with pytest.raises(NotRunningError, match="no such disk"), answering(failing, os.environ, tmp_path):
        pytest.fail("it answered")
    assert (tmp_path / "tries").read_text().split() == ["tried"] * 3


def test_a_port_that_somebody_else_took(tmp_path: Path) -> None:
    """The server ends, and begins again on another."""
    late = command(f"mkdir {tmp_path}/begun && exit 1; {SERVES}")

    with answering(late, os.environ, tmp_path) as (process, port):
        assert port > 0
        assert is_there(process.pid)
    assert not is_there(process.pid)


def test_the_proxy_spoils_a_connection_and_mends_it() -> None:
    """A toxic, a cut and a mended way, each as it was told, and none after it is calmed."""
    with versitygw() as server, toxiproxy() as proxies:
        server.client().create_bucket(Bucket="one")
        way = proxies.before(server.url)

        assert buckets(server, way.url) == ["one"]
        broken = way.toxic("reset_peer", timeout=0)
        with pytest.raises(BotoCoreError):
            buckets(server, way.url)
        way.remove(broken)
        way.cut()
        with pytest.raises(BotoCoreError):
            buckets(server, way.url)
        way.mend()
        assert buckets(server, way.url) == ["one"]
        way.toxic("reset_peer", timeout=0)
        way.cut()
        proxies.calm()
        assert buckets(server, way.url) == ["one"]


def test_the_proxy_refuses_what_it_does_not_know() -> None:
    """In its own words."""
    with toxiproxy() as proxies, pytest.raises(RefusedError, match=r"404 .*not found"):
        proxies.told("DELETE", "/proxies/nothing")
