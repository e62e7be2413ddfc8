"""The scanner of these tests."""

from collections.abc import Iterator

import pytest

from bucketwright.storage.scanning import Clamd, clamd
from tests.storage.scanning.daemon import LARGEST, Daemon, daemon


@pytest.fixture(scope="module")
def running() -> Iterator[Daemon]:
    """A daemon that looks into files of eight MiB."""
    with daemon() as started:
        yield started


@pytest.fixture(scope="module")
def scanner(running: Daemon) -> Clamd:
    """The same, tried."""
    return clamd(running.address, LARGEST)
