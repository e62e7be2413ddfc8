"""A contract file for the tests of commands."""

from pathlib import Path

import pytest

from tests.cli.shop import CONTRACT, written


@pytest.fixture
def contract(tmp_path: Path) -> str:
    """The shop's contract."""
    return written(tmp_path, CONTRACT)
