"""What tests of commands begin with: a contract file, a sandbox, and a small contract deployed in one."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.shop import CONTRACT, written

if TYPE_CHECKING:
    from sandbox.drifts import Live
    from sandbox.server import Server
    from tests.cli.auditing import Audits
    from tests.cli.fixing_shop import Shop
    from tests.cli.shelf import Shelf


@pytest.fixture
def contract(tmp_path: Path) -> str:
    """The shop's contract."""
    return written(tmp_path, CONTRACT)


@pytest.fixture(scope="module")
def server() -> "Iterator[Server]":
    """An empty sandbox."""
    from tests.sandbox.drifts.deploying import sandbox

    with sandbox() as running:
        yield running


@pytest.fixture(scope="module")
def live() -> "Iterator[Live]":
    """The small contract, deployed once; each test takes back what it does."""
    from tests.cli.auditing import small_estate

    with small_estate() as made:
        yield made


@pytest.fixture
def audit(live: "Live", tmp_path: Path) -> "Audits":
    """The command `audit`, with a folder for its runs that nothing else uses."""
    from tests.cli.auditing import SMALL, Audits

    return Audits(live, Path(written(tmp_path, SMALL)), tmp_path / "runs")


@pytest.fixture
def shop(server: "Server", tmp_path: Path) -> "Shop":
    """A bucket that nobody declared, still to be made, and the command `fix`."""
    from tests.cli.fixing_shop import Shop

    return Shop(server, tmp_path)


@pytest.fixture
def shelf(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Shelf]":
    """An empty storage in memory, and its commands."""
    from tests.cli.shelf import shelved

    with shelved(tmp_path_factory.mktemp("shelf")) as found:
        yield found
