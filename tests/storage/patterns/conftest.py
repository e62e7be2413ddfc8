"""A server with the buckets of the tests' contract, behind a proxy that remembers every request."""

from collections.abc import Iterator

import pytest

from sandbox.regions import located
from tests.faults.proxy import Proxy, proxy_before
from tests.sandbox.drifts.deploying import sandbox
from tests.storage.patterns.runs import ACCOUNT, BUCKETS, REGION


@pytest.fixture(scope="module")
def before() -> Iterator[Proxy]:
    """A proxy before a sandbox with the buckets."""
    with sandbox() as server:
        client = server.clients(account=ACCOUNT, region=REGION).client("s3")
        for bucket in BUCKETS:
            client.create_bucket(Bucket=bucket, **located(REGION))
        with proxy_before(server.url) as proxy:
            yield proxy
