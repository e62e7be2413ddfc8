"""What all tests of the ledger have in common."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest


@pytest.fixture(autouse=True, scope="module")
def no_waiting_for_the_disk() -> Iterator[None]:
    """No machine goes down in these tests, and to wait for the disk would be most of their time."""
    with patch("audits.ledger.stores._to_disk"):
        yield
