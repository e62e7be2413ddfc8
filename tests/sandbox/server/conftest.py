"""One sandbox and one bare moto for all tests of a file; every test has bucket names of its own."""

from collections.abc import Iterator
from itertools import count
from threading import Thread

import pytest
from moto.core.config import default_user_config
from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import make_server

from sandbox.server import Clients, Server, serving
from tests.sandbox.server.asking import ACCOUNT, REGION

_NUMBERS = count(1)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """The sandbox."""
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def bare_moto() -> Iterator[Clients]:
    """moto without the layer, as it comes; its account is the same for whoever asks."""
    app = DomainDispatcherApplication(create_backend_app)
    http = make_server("127.0.0.1", 0, app, threaded=True, request_handler=MotoRequestHandler)
    thread = Thread(target=http.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(default_user_config["iam"], "load_aws_managed_policies", False)
        yield Clients(f"http://127.0.0.1:{http.port}", ACCOUNT, REGION)
    http.shutdown()
    thread.join()
    http.server_close()


@pytest.fixture
def clients(server: Server) -> Clients:
    """Clients of the account that the tests work in."""
    return server.clients(account=ACCOUNT, region=REGION)


@pytest.fixture
def name() -> str:
    """A bucket name that no other test has."""
    return f"test-{next(_NUMBERS)}"
