"""A sandbox with one bucket, a proxy before it, and sessions that know nothing of who runs the tests."""

from collections.abc import Iterator

import pytest

from bucketwright.s3.sessions import Sessions
from sandbox.server import Server
from tests.faults.proxy import Proxy, proxy_before
from tests.s3.asking import ACCOUNT, BUCKET, REGION, sessions
from tests.sandbox.drifts.deploying import sandbox
from tests.surroundings import NOWHERE, surrounded, without

_CREDENTIALS = {"AWS_ACCESS_KEY_ID": ACCOUNT, "AWS_SECRET_ACCESS_KEY": ACCOUNT}


@pytest.fixture(scope="module", autouse=True)
def environment() -> Iterator[None]:
    """No profile, no endpoint and no proxy of the person who runs this."""
    with surrounded({**without("AWS_"), **NOWHERE, **_CREDENTIALS}):
        yield


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """The sandbox, with a bucket that holds three objects and as many open uploads."""
    with sandbox() as running:
        s3 = running.clients(account=ACCOUNT, region=REGION).client("s3")
        s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        for key in ("a b+c%/é", "x", "y/z"):
            s3.put_object(Bucket=BUCKET, Key=key, Body=b"")
            s3.create_multipart_upload(Bucket=BUCKET, Key=key)
        yield running


@pytest.fixture(scope="module")
def _proxy(server: Server) -> Iterator[Proxy]:
    with proxy_before(server.url) as running:
        yield running


@pytest.fixture
def proxy(_proxy: Proxy) -> Proxy:
    """The proxy before it, calm."""
    _proxy.calm()
    return _proxy


@pytest.fixture(scope="module")
def asked(_proxy: Proxy) -> Sessions:
    """Sessions for the tests that leave nothing behind in them: no region learned, no rate lowered."""
    return sessions(_proxy.url)
