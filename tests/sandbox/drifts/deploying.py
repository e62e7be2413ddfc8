"""A sandbox, and a contract deployed in it."""

from collections.abc import Iterator
from contextlib import contextmanager

from bucketwright.contract.model import Environment
from sandbox.account_trail import make_trail
from sandbox.drifts import Live
from sandbox.materialise import materialise
from sandbox.server import Server, serving
from sandbox.strangers import make_strangers


@contextmanager
def sandbox() -> Iterator[Server]:
    """An empty sandbox, which leaves nothing to the next one of this process."""
    with serving() as server:
        server.reset()
        yield server
        server.reset()


def deployed(server: Server, environment: Environment) -> Live:
    """The environment, deployed."""
    make_trail(server, environment)
    make_strangers(server, environment)
    materialise(server, environment)
    return Live(server, environment)
