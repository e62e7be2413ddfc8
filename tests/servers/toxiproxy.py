"""Toxiproxy before a server: slow, broken and cut connections on demand.

with versitygw() as server, toxiproxy() as proxies:
    before = proxies.before(server.url)
    slow = before.toxic("latency", latency=20)          # milliseconds, on what the server answers
    ...                                                 # requests to before.url
    before.remove(slow)
"""

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

from tests.servers.processes import answering
from tests.servers.running import binary

_NUMBERS: Final = count(1)
Toxic = Literal["latency", "bandwidth", "slow_close", "timeout", "reset_peer", "slicer", "limit_data"]
Stream = Literal["downstream", "upstream"]
"""What the server answers, or what it is asked."""


class RefusedError(Exception):
    """Toxiproxy did not do as it was told."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One way through the proxy to a server."""

    proxies: "Proxies"
    name: str
    url: str

    def toxic(self, kind: Toxic, stream: Stream = "downstream", share: float = 1.0, **how: int) -> str:
        """Add one from now on, to that share of the connections; the name to remove it by.

        How: latency(latency, jitter), bandwidth(rate in KB/s), slow_close(delay), timeout(timeout),
        reset_peer(timeout), slicer(average_size, size_variation, delay), limit_data(bytes).
        """
        name = f"toxic-{next(_NUMBERS)}"
        asked = {"name": name, "type": kind, "stream": stream, "toxicity": share, "attributes": how}
        self.proxies.told("POST", f"/proxies/{self.name}/toxics", asked)
        return name

    def remove(self, toxic: str) -> None:
        """Without that one from now on."""
        self.proxies.told("DELETE", f"/proxies/{self.name}/toxics/{toxic}")

    def cut(self) -> None:
        """End all connections, and take no new ones."""
        self.proxies.told("POST", f"/proxies/{self.name}", {"enabled": False})

    def mend(self) -> None:
        """Take connections again."""
        self.proxies.told("POST", f"/proxies/{self.name}", {"enabled": True})


@dataclass(frozen=True, slots=True)
class Proxies:
    """A running Toxiproxy."""

    port: int

    def before(self, url: str) -> Passage:
        """A new way to the server at that address, on a free port."""
        asked = {"name": f"to-{next(_NUMBERS)}", "listen": "127.0.0.1:0", "upstream": urlsplit(url).netloc}
        answer = self.told("POST", "/proxies", asked)
        return Passage(self, str(answer["name"]), f"http://{answer['listen']}")

    def calm(self) -> None:
        """No toxic anywhere, and all ways open."""
        self.told("POST", "/reset")

    def told(self, method: str, path: str, said: Mapping[str, object] | None = None) -> dict[str, object]:
        """What it answers; RefusedError where that is no success."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, path, json.dumps(said) if said is not None else None)
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        if response.status >= 300:
            raise RefusedError(f"{method} {path}: {response.status} {body.decode(errors='replace')}")
        answer = json.loads(body) if body else {}
        return answer if isinstance(answer, dict) else {}


@contextmanager
def toxiproxy(seed: int = 1) -> Iterator[Proxies]:
    """One that runs as long as the block does; the seed settles what it leaves to chance."""
    command = (str(binary("toxiproxy")), "-host", "127.0.0.1", "-port", "{port}", "-seed", str(seed))
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LOG_LEVEL": "error"}
    with (
        tempfile.TemporaryDirectory(prefix="toxiproxy-") as made,
        answering(command, environment, Path(made)) as (_, port),
    ):
        yield Proxies(port)
