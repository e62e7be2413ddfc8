"""A sandbox, and a contract deployed in it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bucketwright.contract.model import Environment
from sandbox.drifts import Live
from sandbox.materialise import materialise
from sandbox.server import Server, serving
from sandbox.strangers import make_strangers


@contextmanager
def sandbox() -> Iterator[Server]:
    """An empty sandbox that knows the policies AWS writes."""
    with pytest.MonkeyPatch.context() as patched, serving() as server:
        patched.setenv("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
        server.reset()
        yield server
        server.reset()


def deployed(server: Server, environment: Environment) -> Live:
    """The environment, deployed."""
    make_strangers(server, environment)
    materialise(server, environment)
    return Live(server, environment)
