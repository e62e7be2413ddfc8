"""Servers written by others, one of each for a file: versitygw, and MinIO where make peers built it."""

from collections.abc import Iterator
from typing import Final

import pytest

from tests.other_servers.furnished import Furnished, furnished
from tests.servers.running import known_alone, minio, peer, versitygw

_SERVERS: Final = {"versitygw": versitygw, **({"minio": minio} if peer("minio") else {})}


@pytest.fixture(scope="module", params=_SERVERS)
def there(request: pytest.FixtureRequest) -> Iterator[Furnished]:
    """One server with a furnished bucket, and an environment that knows no other."""
    with _SERVERS[request.param]() as server, known_alone(server):
        yield furnished(server)
