"""The same tests on every backend, each of which begins empty and stays for all tests of its file."""

from collections.abc import Iterator
from itertools import count

import pytest

from tests.storage.kept import BACKENDS, Kept

_NUMBERS = count(1)


@pytest.fixture(scope="module", params=BACKENDS)
def kept(request: pytest.FixtureRequest) -> Iterator[Kept]:
    """A backend with a bucket in it."""
    with BACKENDS[request.param]() as running:
        yield running


@pytest.fixture
def prefix() -> str:
    """The beginning of keys that no other test uses."""
    return f"test-{next(_NUMBERS)}/"
