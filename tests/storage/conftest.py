"""No variable of the person who runs this says anything to the tests of storage."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.surroundings import NOWHERE, surrounded, without

if TYPE_CHECKING:
    from tests.faults.proxy import Proxy


@pytest.fixture(scope="module", autouse=True)
def environment() -> Iterator[None]:
    """No profile, endpoint, contract or proxy."""
    with surrounded({**without("AWS_", "BUCKETWRIGHT_", "S3_"), **NOWHERE}):
        yield


@pytest.fixture(scope="module")
def before() -> "Iterator[Proxy]":
    """A proxy before a sandbox with the buckets of the tests' contract."""
    from sandbox.regions import located
    from tests.faults.proxy import proxy_before
    from tests.sandbox.drifts.deploying import sandbox
    from tests.storage.contracts import ACCOUNT
    from tests.storage.kept import REGION

    with sandbox() as server:
        client = server.clients(account=ACCOUNT, region=REGION).client("s3")
        for bucket in ("shelf-dev-files", "shelf-dev-sessions"):
            client.create_bucket(Bucket=bucket, **located(REGION))
        with proxy_before(server.url) as proxy:
            yield proxy


@pytest.fixture
def proxy(before: "Proxy") -> "Proxy":
    """The same, calm."""
    before.calm()
    return before
