"""One sandbox for all tests of a file that ask for it; nothing is loaded for the others."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sandbox.server import Server


@pytest.fixture(scope="module")
def server() -> "Iterator[Server]":
    """An empty sandbox, which leaves nothing to the next one of this process."""
    from tests.sandbox.drifts.deploying import sandbox

    with sandbox() as running:
        yield running
