"""A memory that fails where it is told to."""

from collections.abc import Iterator

import pytest

from bucketwright.storage.opened import swapped
from tests.storage.transfer.flaky import Flaky


@pytest.fixture
def backend() -> Iterator[Flaky]:
    """What every storage of the test is kept in; nothing fails before it is told to."""
    flaky = Flaky()
    with swapped(flaky):
        yield flaky
