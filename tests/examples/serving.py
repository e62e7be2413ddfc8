"""The example application, in this process or behind an address that a browser can open."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from threading import Thread
from typing import Final, cast

from fastapi import FastAPI
from fastapi.testclient import TestClient

import bucketwright
from bucketwright.storage import Storage

FOLDER: Final = Path(bucketwright.__file__).parents[1] / "examples" / "file-storage"
ORIGIN: Final = "https://app.example.com"


def asking(storage: Storage) -> TestClient:
    """Somebody who uses the application on that storage, from its own page."""
    spec = spec_from_file_location("example_app", FOLDER / "app.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    app = cast("FastAPI", module.app)
    app.dependency_overrides[module.storage] = lambda: storage
    return TestClient(app, follow_redirects=False, headers={"Origin": ORIGIN})


class Handing(ThreadingHTTPServer):
    """An address that hands on to an application, once it is said to which."""

    app: TestClient

    @property
    def origin(self) -> str:
        """Of its pages."""
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def address() -> Iterator[Handing]:
    """One of this machine."""
    server = Handing(("127.0.0.1", 0), _Request)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Request(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._hand_on(b"")

    def do_POST(self) -> None:
        self._hand_on(self.rfile.read(int(self.headers["Content-Length"])))

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""

    def _hand_on(self, body: bytes) -> None:
        headers = {name: self.headers[name] for name in ("Content-Type", "Origin") if name in self.headers}
        app = cast("Handing", self.server).app
        answer = app.request(self.command, self.path, content=body, headers=headers)
        self.send_response(answer.status_code)
        self.send_header("Content-Type", answer.headers["Content-Type"])
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content)
