"""One engine and one sandbox for the tests of a file; every test begins with an empty AWS."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.engine import engine_binary
from sandbox.program_runs import Runs, ended_runs
from sandbox.server import Server, serving
from tests.engine.needing import needed


@pytest.fixture(scope="session")
def engine() -> Path:
    """The engine's command line."""
    return needed(engine_binary(), os.environ)


@pytest.fixture(scope="module")
def sandbox(engine: Path) -> Iterator[Server]:
    """An AWS that is only emptied by who asks for it."""
    with serving() as running:
        running.reset()
        yield running


@pytest.fixture
def aws(sandbox: Server) -> Server:
    """An empty AWS."""
    sandbox.reset()
    return sandbox


@pytest.fixture(scope="module")
def runs() -> Iterator[Runs]:
    """Runs of programs that the engine may end in the middle."""
    with ended_runs() as begun:
        yield begun
