"""Which server is asked is found out in time, or it is said why not; it is never guessed."""

import asyncio
from time import monotonic

import pytest

from bucketwright.calls import Failure
from bucketwright.s3.endpoints import SERVERS, Server, Sign, recognised
from bucketwright.s3.limits import Deadline, Limits
from bucketwright.s3.wire.signature import signature
from tests.faults.proxy import Proxy
from tests.s3.asking import sessions
from tests.s3.wire.loopback import answering, reply

BUCKETS = b"<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>"
DENIED = b"<Error><Code>AccessDenied</Code></Error>"
BY_BOTH = pytest.mark.parametrize("sign", [None, signature], ids=["by-the-sdk", "by-the-wire"])


@BY_BOTH
@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        pytest.param("reset", "unreachable", id="the connection breaks"),
        pytest.param("html200", "bad answer", id="a page of some proxy"),
        pytest.param("garbage", "bad answer", id="no XML"),
        pytest.param("bigbody:1", "bad answer", id="more than any honest answer"),
    ],
)
def test_a_server_that_does_not_answer_is_none(
    proxy: Proxy, fault: str, kind: str, sign: Sign | None
) -> None:
    """What it could be asked without harm is not known."""
    proxy.fault(fault)

    server = recognised(sessions(proxy.url, Limits(answer_seconds=20, answer_bytes=100_000)), sign=sign)

    assert isinstance(server, Failure)
    assert server.kind == kind


@BY_BOTH
@pytest.mark.parametrize("fault", ["stall", "drip"])
def test_it_ends_with_the_run(proxy: Proxy, fault: str, sign: Sign | None) -> None:
    """However slowly the first answer comes."""
    proxy.fault(fault)
    began = monotonic()

    server = recognised(
        sessions(proxy.url, Limits(answer_seconds=90, read_seconds=60)), Deadline.after(0.5), sign
    )

    assert server == Failure("late")
    assert monotonic() - began < 30


@BY_BOTH
@pytest.mark.parametrize("fault", ["status:403:AccessDenied", "status:503:SlowDown"])
def test_an_error_is_an_answer_too(proxy: Proxy, fault: str, sign: Sign | None) -> None:
    """Once it is over, the server is known by its headers; the proxy's own answer has none."""
    proxy.fault(fault)

    assert recognised(sessions(proxy.url), sign=sign) is SERVERS["other"]


@BY_BOTH
@pytest.mark.parametrize(
    ("said", "name"),
    [
        pytest.param(reply(body=BUCKETS, server="MinIO"), "minio", id="buckets"),
        pytest.param(reply("403 Forbidden", DENIED, server="VERSITYGW"), "versitygw", id="a refusal"),
    ],
)
def test_known_by_what_it_says(said: bytes, name: str, sign: Sign | None) -> None:
    """The name in its answer, whether it lets anybody in or not."""

    async def asked() -> Server | Failure:
        async with answering(lambda _: said) as server:
            return await asyncio.to_thread(recognised, sessions(server.url), None, sign)

    assert asyncio.run(asked()) is SERVERS[name]


@BY_BOTH
def test_nothing_listens(sign: Sign | None) -> None:
    """An endpoint where nothing answers is said to be one."""
    server = recognised(sessions("http://127.0.0.1:1"), sign=sign)

    assert isinstance(server, Failure)
    assert (server.kind, server.code) == ("unreachable", "NoConnection")
