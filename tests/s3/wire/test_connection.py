"""Whatever comes over a connection is an answer or a failure, and no answer is taken for another's."""

import asyncio
import gc
import tracemalloc
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.calls import Answer, Failure, Outcome
from bucketwright.s3.limits import Limits
from bucketwright.s3.wire.wire import Wire
from tests.s3.asking import BUCKET, REGION, VERSIONING, sessions
from tests.s3.wire.by_wire import SANDBOX, at_once, gathered
from tests.s3.wire.loopback import CLOSE, Loopback, answering, object_reply, reply

STATE = b"<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
ENABLED = Answer({"Status": "Enabled"})
HASTY = Limits(read_seconds=0.3, answer_bytes=200_000)
FINE = reply(body=STATE)
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"


def asked(*said: bytes, limits: Limits = HASTY) -> tuple[list[Outcome], Loopback]:
    """What comes of a question after another, as many as there are answers, and then what the server saw."""
    waiting = list(said)

    async def run() -> tuple[list[Outcome], Loopback]:
        async with answering(lambda _: waiting.pop(0) if waiting else FINE) as server:
            own = sessions(server.url, limits)
            async with Wire(own, server=SANDBOX, pause=at_once) as wire:
                outcomes = [await wire.ask(VERSIONING) for _ in said]
            return outcomes, server

    return asyncio.run(run())


def headed(*said: bytes) -> tuple[list[Mapping[str, str] | Failure], Loopback]:
    """The same of HEADs."""
    waiting = list(said)

    async def run() -> tuple[list[Mapping[str, str] | Failure], Loopback]:
        async with answering(lambda _: waiting.pop(0) if waiting else object_reply(etag="last")) as server:
            async with Wire(sessions(server.url, HASTY), server=SANDBOX, pause=at_once) as wire:
                place = await wire.bucket(BUCKET, REGION)
                outcomes = [await place.head("x") for _ in said]
            return outcomes, server

    return asyncio.run(run())


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(FINE, id="with-its-length"),
        pytest.param(
            CHUNKED + b"\r\n" + b"".join(b"1\r\n%c\r\n" % byte for byte in STATE) + b"0\r\n\r\n",
            id="in-chunks",
        ),
        pytest.param(
            CHUNKED + b"Trailer: x\r\n\r\n%x\r\n%s\r\n0\r\nx: y\r\n\r\n" % (len(STATE), STATE),
            id="in-a-chunk-with-a-trailer",
        ),
        pytest.param(b"HTTP/1.1 100 Continue\r\n\r\n" + FINE, id="after-a-hundred"),
        pytest.param(FINE.replace(b"200 OK", b"200"), id="without-a-reason"),
        pytest.param(FINE.replace(b"content-length", b"CONTENT-LENGTH"), id="in-capitals"),
    ],
)
def test_answers_on_one_connection(said: bytes) -> None:
    """However an answer's end is told, the next question goes over the same connection."""
    outcomes, server = asked(said, said)

    assert outcomes == [ENABLED, ENABLED]
    assert server.connections == 1


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(reply(body=STATE, connection="close") + CLOSE, id="closed-as-said"),
        pytest.param(reply(body=STATE, connection="close"), id="said-to-close"),
        pytest.param(FINE + CLOSE, id="closed-without-a-word"),
        pytest.param(b"HTTP/1.1 200 OK\r\n\r\n" + STATE + CLOSE, id="ended-by-closing"),
        pytest.param(FINE.replace(b"HTTP/1.1", b"HTTP/1.0"), id="as-of-old"),
        pytest.param(FINE + FINE, id="answered-twice"),
        pytest.param(FINE + b"and more", id="with-more-behind"),
    ],
)
def test_answers_on_their_own(said: bytes) -> None:
    """Where nothing more may follow on a connection, the next question has one of its own."""
    outcomes, server = asked(said, said)

    assert outcomes == [ENABLED, ENABLED]
    assert server.connections == 2


@pytest.mark.parametrize(
    ("said", "attempts"),
    [
        pytest.param(b"SSH-2.0-OpenSSH_9.6\r\n", 3, id="another-protocol"),
        pytest.param(b"\x16\x03\x01\x00\xa5", 3, id="no-text"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nabcde", 3, id="two-lengths"
        ),
        pytest.param(b"HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n", 3, id="no-length"),
        pytest.param(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", 3, id="no-chunk"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabc" + CLOSE, 3, id="half-a-chunk"
        ),
        pytest.param(b"HTTP/1.1 200 OK\r\ncontent-le" + CLOSE, 3, id="half-a-head"),
        pytest.param(
            b"HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n", 3, id="upgrade"
        ),
        pytest.param(CLOSE, 3, id="nothing"),
    ],
)
def test_no_answers(said: bytes, attempts: int) -> None:
    """What is no HTTP, or half of it, is a broken connection, and is tried again."""
    outcomes, server = asked(*[said] * attempts)

    assert outcomes[0] == Failure(
        "unreachable", "ConnectionClosed", "the connection broke before the answer was whole"
    )
    assert len(server.seen) >= attempts


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 50_000 + b"\r\n", id="of-headers"),
        pytest.param(b"HTTP/1.1 200 OK\r\ncontent-length: 900000\r\n\r\n" + b" " * 300_000, id="of-blanks"),
    ],
)
def test_too_much(said: bytes) -> None:
    """An answer without measure is read no further than may be."""
    [outcome], server = asked(said)

    assert outcome == Failure("bad answer", "", "an answer of more than 200000 bytes")
    assert len(server.seen) == 1


def test_too_many_headers() -> None:
    """Nor are headers kept without measure where an answer may be long."""
    said = b"HTTP/1.1 200 OK\r\n" + b"".join(b"x%d: y\r\n" % one for one in range(50_000)) + b"\r\n"

    [outcome], server = asked(said, limits=Limits())

    assert outcome == Failure("bad answer", "", "headers of more than 262144 bytes")
    assert len(server.seen) == 1


def test_heads_have_no_body() -> None:
    """An answer to HEAD is whole with its headers, whatever length they name."""
    said = object_reply(etag="e", content_length="1234567")

    outcomes, server = headed(said, said)

    assert [outcome["etag"] for outcome in outcomes if not isinstance(outcome, Failure)] == ["e", "e"]
    assert server.connections == 1


def test_heads_with_a_body() -> None:
    """What a server sends after the headers all the same is not taken for the next answer."""
    smuggled = object_reply(etag="first", content_length="99") + object_reply(etag="smuggled")

    outcomes, server = headed(smuggled, object_reply(etag="second"))

    assert [outcome["etag"] for outcome in outcomes if not isinstance(outcome, Failure)] == [
        "first",
        "second",
    ]
    assert server.connections == 2


@pytest.mark.parametrize("said", ["keep-alive", "Close"])
def test_heads_of_old(said: str) -> None:
    """HTTP/1.0 keeps a connection only where it says so, and 1.1 none that it says to close."""
    version = b"HTTP/1.0" if said == "keep-alive" else b"HTTP/1.1"
    answer = object_reply(connection=said).replace(b"HTTP/1.1", version)

    _, server = headed(answer, answer)

    assert server.connections == (1 if said == "keep-alive" else 2)


def test_headers_said_twice() -> None:
    """A header that comes twice is one with both texts."""
    said = object_reply().replace(b"\r\n\r\n", b"\r\nX-Amz-Meta-A: 1\r\nx-amz-meta-a: \xe9\r\n\r\n")

    [outcome], _ = headed(said)

    assert not isinstance(outcome, Failure)
    assert outcome["x-amz-meta-a"] == "1, é"


@settings(max_examples=60, deadline=None)  # each opens connections
@given(st.data())
def test_any_bytes(data: st.DataObject) -> None:
    """Whatever bytes come, a call and a HEAD end in an answer or a failure."""
    said = bytearray(data.draw(st.sampled_from([FINE, reply("404 Not Found"), reply("503 x", b"<Error/>")])))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(said)))
        said[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))

    [outcome], _ = asked(bytes(said) + CLOSE)
    [head], _ = headed(bytes(said) + CLOSE)

    assert isinstance(outcome, Answer | Failure)
    assert isinstance(head, Mapping | Failure)


def test_what_was_answered_is_let_go() -> None:
    """A connection that waits for its next question holds nothing of what the last was answered."""
    body = b"<ListBucketResult><IsTruncated>false</IsTruncated>%s</ListBucketResult>" % (b" " * 190_000)
    said = reply(body=body)

    async def kept() -> int:
        async with (
            answering(lambda _: said) as server,
            Wire(sessions(server.url, HASTY), server=SANDBOX, pause=at_once) as wire,
        ):
            place = await wire.bucket(BUCKET, REGION)
            await gathered(place.keys())
            tracemalloc.start()
            await gathered(place.keys())
            gc.collect()
            return tracemalloc.get_traced_memory()[0]

    try:
        assert asyncio.run(kept()) < len(body) // 2
    finally:
        tracemalloc.stop()
