"""One sandbox with one deployment for all tests of a file; each test takes back what it does."""

from collections.abc import Iterator

import pytest

from sandbox.drifts import Live
from tests.sandbox.drifts.contracts import roomy
from tests.sandbox.drifts.deploying import deployed, sandbox
from tests.sandbox.drifts.facts import Facts, Reader


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    """A contract with room for every drift but the account's, deployed."""
    with sandbox() as server:
        yield deployed(server, roomy())


@pytest.fixture(scope="module")
def reader(live: Live) -> Reader:
    """Reads all of it."""
    return Reader(live)


@pytest.fixture(scope="module")
def before(reader: Reader) -> Facts:
    """Everything as it was deployed."""
    return reader.facts()
