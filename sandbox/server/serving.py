"""How is the layer served? On a loopback port, by threads of this process."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Final

from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.serving import BaseWSGIServer, make_server

from sandbox.server.addresses import LOOPBACK, loopback
from sandbox.server.clients import Server
from sandbox.server.layer import Layer

_POLL_SECONDS: Final = 0.05


class _Quiet(MotoRequestHandler):
    """Says what it is, for it answers more than moto does, and logs no line per request."""

    def version_string(self) -> str:
        """The header by which it is known."""
        return "bucketwright"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def listening(port: int, token: str, host: str = LOOPBACK) -> BaseWSGIServer:
    """The server, bound and not yet answering; no address but a loopback one is taken."""
    return make_server(loopback(host), port, Layer(token), threaded=True, request_handler=_Quiet)


@contextmanager
def serving(port: int = 0, host: str = LOOPBACK) -> Iterator[Server]:
    """A server that answers as long as the block runs; port 0 is any free one."""
    token = secrets.token_urlsafe()
    http = listening(port, token, host)
    thread = Thread(target=http.serve_forever, args=(_POLL_SECONDS,), daemon=True)
    thread.start()
    try:
        yield Server(f"http://{http.host}:{http.port}", token)
    finally:
        http.shutdown()
        thread.join()
        http.server_close()
