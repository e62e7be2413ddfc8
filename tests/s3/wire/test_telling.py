"""An answer of which one is told is that for which one would have waited."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from itertools import chain, repeat

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bucketwright.calls import Call, Failure
from bucketwright.s3.limits import Deadline
from bucketwright.s3.wire.connection import Bounds, Connection
from bucketwright.s3.wire.head_lines import HeadLines, Reply
from bucketwright.s3.wire.post import Ground, Post, Question
from bucketwright.s3.wire.telling import tell
from bucketwright.s3.wire.wire import Place, Wire
from tests.s3.asking import BUCKET, REGION, sessions
from tests.s3.wire.by_wire import SANDBOX, at_once
from tests.s3.wire.loopback import CLOSE, Loopback, answering, object_reply, reply

Came = Mapping[str, str] | Failure | BaseException
KEYS = 600
REFUSED = 2
ANSWERS: Mapping[int, Callable[[str], bytes]] = {
    1: lambda _: reply("404 Not Found"),
    REFUSED: lambda _: reply("503 Slow Down"),
    3: lambda key: object_reply(etag=key) + CLOSE,
    4: lambda key: object_reply(etag=key, connection="close"),
    5: lambda _: b"HTTP/1.1 200 OK\r\n" + CLOSE,
    6: lambda _: reply("403 Forbidden"),
}
"""By a key's number; all others are answered well."""


def answered(head: str) -> bytes:
    """What the server says of a key, each time the same."""
    key = head.split(" ", 2)[1].rpartition("/")[2]
    say = ANSWERS.get(int(key) % 11)
    return object_reply(etag=key) if say is None else say(key)


async def told(place: Place, keys: range) -> list[tuple[int, Came]]:
    """What is told of these, in the order in which it is."""
    came: list[tuple[int, Came]] = []
    all_came = asyncio.Event()

    def tell_of(key: int, what: Came) -> None:
        came.append((key, what))
        if len(came) == len(keys):
            all_came.set()

    for key in keys:
        place.begin_head(str(key), "", partial(tell_of, key))
    await all_came.wait()
    await asyncio.sleep(0)
    return came


@asynccontextmanager
async def opened(
    answer: Callable[[str], bytes], deadline: Deadline | None = None
) -> AsyncGenerator[tuple[Loopback, Place], None]:
    """A server that answers so, and the bucket there."""
    async with answering(answer) as server:
        wire = Wire(sessions(server.url), deadline, server=SANDBOX, pause=at_once)
        async with wire:
            yield server, await wire.bucket(BUCKET, REGION)


def test_told_as_waited_for() -> None:
    """Each once, good or bad, tried again as often, on connections that break or are closed, too."""

    async def run() -> tuple[list[tuple[int, Came]], dict[int, Came]]:
        async with opened(answered) as (_, place):
            several = await told(place, range(KEYS))
            return several, {key: await place.head(str(key)) for key in range(KEYS)}

    several, waited_for = asyncio.run(run())

    assert len(several) == KEYS
    assert {key: _lasting(key, what) for key, what in several} == {
        key: _lasting(key, what) for key, what in waited_for.items()
    }


def _lasting(key: int, what: Came) -> Came | str:
    """A last try may meet a connection that the server has just closed, and then that is told."""
    return "refused" if key % 11 == REFUSED and isinstance(what, Failure) else what


def test_nothing_is_asked_too_late() -> None:
    """However many wait for their turn, each is told so, and none is sent."""

    async def run() -> tuple[list[tuple[int, Came]], list[str]]:
        async with opened(answered, Deadline.after(-1)) as (server, place):
            return await told(place, range(5_000)), server.seen

    several, seen = asyncio.run(run())

    assert {what for _, what in several if isinstance(what, Failure)} == {Failure("late")}
    assert (len(several), seen) == (5_000, [])


def test_nothing_goes_on_once_the_connections_are_closed() -> None:
    """Whoever breaks off leaves requests under way and others that wait: none is begun or tried again."""
    complaints: list[object] = []

    async def run() -> tuple[int, int]:
        asyncio.get_running_loop().set_exception_handler(lambda _, said: complaints.append(said))
        async with answering(answered) as server:
            async with Wire(sessions(server.url), server=SANDBOX, pause=at_once) as wire:
                place = await wire.bucket(BUCKET, REGION)
                await told(place, range(20))
                several: list[Came] = []
                for key in range(KEYS):
                    place.begin_head(str(key), "", several.append)
            for _ in range(20):
                await asyncio.sleep(0)
            return len(asyncio.all_tasks()), len(several)

    assert asyncio.run(run()) == (1, 0)
    assert complaints == []


def test_a_mistake_is_told_as_the_error_it_is() -> None:
    """Nobody waits for it in vain, and the connection serves the next."""

    def misread(_reply: Reply) -> str:
        raise AssertionError

    async def run() -> tuple[object, Came, int]:
        async with opened(lambda _: object_reply(etag="e")) as (server, place):
            await place.head("1")
            came: asyncio.Future[object] = asyncio.get_running_loop().create_future()
            question = Question(Call("s3", "HeadObject"), "HEAD", "/1", "", (), misread)
            tell(_post(place), question, came.set_result)
            return await came, await place.head("1"), server.connections

    came, after, connections = asyncio.run(run())

    assert isinstance(came, AssertionError)
    assert isinstance(after, Mapping)
    assert connections == 1


def _post(place: Place) -> Post:
    found = vars(place)["_post"]
    assert isinstance(found, Post)
    assert isinstance(found.ground, Ground)
    return found


@pytest.mark.parametrize(
    ("failure", "expected"),
    [(reply("503 Slow Down"), 16), (reply("500 Oops"), 32), (CLOSE, 32)],
    ids=["asks-for-fewer", "fails", "closes"],
)
def test_how_many_are_under_way_after_failures(failure: bytes, expected: int) -> None:
    """What is asked for at one moment halves them once; what fails alone leaves them as they are."""
    heads = 16
    answers = chain(repeat(object_reply(), heads), repeat(failure))

    async def run() -> tuple[int, int]:
        waiting = asyncio.Semaphore(0)

        async def pause(_seconds: float) -> None:
            waiting.release()
            await asyncio.Event().wait()

        async with (
            answering(lambda _: next(answers)) as server,
            Wire(sessions(server.url), server=SANDBOX, pause=pause) as wire,
        ):
            place = await wire.bucket(BUCKET, REGION)
            await told(place, range(heads))
            for key in range(heads):
                place.begin_head(str(key), "", lambda _: None)
            for _ in range(heads):
                await waiting.acquire()
            return _post(place).lane.window.size, server.connections

    assert asyncio.run(run()) == (expected, heads)


class _Line(asyncio.Transport):
    """Sends nothing."""

    def write(self, data: object) -> None:
        """To nobody."""

    def abort(self) -> None:
        """There is nothing to end."""


NAMES = st.sampled_from(["ETag", "etag", "X-Amz-Meta-A", "Connection"])
PLAIN = st.sampled_from(["a", "a: b", "close", "Keep-Alive", ""])
ODD = st.sampled_from([" a", "a ", "a:  b", "\ta", "\xe9"]) | st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=9
)
LINES = st.tuples(NAMES, st.just(": "), PLAIN) | st.tuples(NAMES, st.sampled_from([": ", ":", ":  "]), ODD)


@given(
    lines=st.lists(st.tuples(NAMES, st.just(": "), PLAIN), max_size=3) | st.lists(LINES, max_size=5),
    status=st.sampled_from([b"200 OK", b"200 OK", b"200 ", b"404 Not Found"]),
    behind=st.sampled_from([b"", b"", b"x", b"HTTP/1.1 200 OK\r\n\r\n"]),
    cut=st.integers(1, 14),
)
@example(lines=[("Connection", ": ", "close")], status=b"200 OK", behind=b"", cut=9)
def test_heads_in_one_piece(
    lines: list[tuple[str, str, str]], status: bytes, behind: bytes, cut: int
) -> None:
    """The short way of reading headers that came at once finds what llhttp finds in pieces of them."""
    said = "".join(f"{name}{colon}{text}\r\n" for name, colon, text in lines).encode("latin-1")
    whole = b"HTTP/1.1 " + status + b"\r\n" + said + b"\r\n" + behind

    heads = HeadLines()
    pieces = _read(heads, whole[:cut], whole[cut:])

    assert _read(heads, whole) == pieces
    assert _read(heads, whole) == pieces


def _read(heads: HeadLines, *pieces: bytes) -> tuple[list[object], bool, int]:
    """What is told of an answer in these pieces, whether another may follow, and how often it was free."""
    came: list[object] = []
    freed: list[Connection] = []
    connection = Connection("http://x", Bounds(9, 9_999), heads, freed.append, lambda _: None)
    connection.connection_made(_Line())
    connection.ask(b"", 0, 9, lambda one: came.append(repr(one)), bodiless=True)
    asyncio.run(_fed(connection, *pieces))
    return came, connection.closed, len(freed)


async def _fed(connection: Connection, *pieces: bytes) -> None:
    for piece in pieces:
        connection.data_received(piece)


@pytest.mark.parametrize("most", [1, 3])
def test_few_connections(most: int) -> None:
    """Though few may be open, all is told."""

    async def run() -> list[tuple[int, Came]]:
        async with opened(answered) as (_, place):
            _post(place).lane.window.size = most
            return await told(place, range(100))

    assert sorted(key for key, _ in asyncio.run(run())) == list(range(100))
