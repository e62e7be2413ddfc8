"""Headers that are read by their lines are those that llhttp reads. Engine 1."""

import tracemalloc

import pytest
from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser
from hypothesis import example, given
from hypothesis import strategies as st

from bucketwright.s3.wire.head_lines import OFTEN, HeadLines, Reply

NAMES = ("Content-Type", "content-type", "ETag", "Vary", "X-Amz-Id-2", "x-amz-id-2", "Content-Length")
AWKWARD = ("Transfer-Encoding", "Upgrade", "Connection", "not a name", "", "x:")
VALUES = (
    "",
    "text/plain",
    "a, b",
    "12",
    "5",
    "chunked",
    "close",
    " begins",
    "ends ",
    "a:  b",
    "ä",
    "a\tb",
    "\0",
)
FIRST = (
    "HTTP/1.1 200 OK",
    "HTTP/1.1 404 Not Found",
    "HTTP/1.1 503 ",
    "HTTP/1.1 204 No Content",
    "HTTP/1.1 304 Not Modified",
    "HTTP/1.0 200 OK",
    "HTTP/1.1 200 \0",
    "HTTP/1.1 2000 OK",
    "HTTP/1.1 200",
)
LENGTH = [("Content-Length", "5")]
Line = tuple[str, str]


class Read:
    """What llhttp makes of an answer."""

    def __init__(self) -> None:
        self.headers: dict[str, str] = {}
        self.body = b""
        self.has_head = self.is_whole = False

    def on_header(self, name: bytes, value: bytes) -> None:
        told, text = name.decode("latin-1").lower(), value.decode("latin-1")
        self.headers[told] = f"{self.headers[told]}, {text}" if told in self.headers else text

    def on_headers_complete(self) -> None:
        self.has_head = True

    def on_body(self, body: bytes) -> None:
        self.body += body

    def on_message_complete(self) -> None:
        self.is_whole = True


def by_llhttp(data: bytes, *, bodiless: bool) -> Reply | None:
    """The answer; None where it takes it for broken, or waits for more."""
    read = Read()
    parser = HttpResponseParser(read)
    try:
        parser.feed_data(data)
    except HttpParserError:
        return None
    except HttpParserUpgrade:
        pass
    if bodiless:
        return Reply(parser.get_status_code(), read.headers, b"") if read.has_head else None
    return Reply(parser.get_status_code(), read.headers, read.body) if read.is_whole else None


def written(lines: list[Line], between: str = ": ", first: str = "HTTP/1.1 200 OK", body: str = "") -> bytes:
    told = [first, *(f"{name}{between}{text}" for name, text in lines), "", body]
    return "\r\n".join(told).encode("latin-1")


def acquainted(lines: list[Line], first: str, times: int) -> HeadLines:
    """One that knows names, and has seen so many answers with these headers in this order."""
    heads = HeadLines()
    for name in (*NAMES, *AWKWARD[:3]):
        heads.name(name)
    for _ in range(times):
        heads.reply(written([(name, "1") for name, _ in lines], first=first), bodiless=True)
    return heads


TIMES = st.sampled_from((0, OFTEN))


@example([("Upgrade", "x"), ("Connection", "upgrade")], ": ", "HTTP/1.1 200 OK", "", True, 0)
@example([("Upgrade", "x"), ("Connection", "upgrade")], ": ", "HTTP/1.1 200 OK", "", True, OFTEN)
@example(
    [("Content-Length", "5"), ("Transfer-Encoding", "chunked")], ": ", "HTTP/1.1 200 OK", "12345", False, 0
)
@example(
    [("Content-Length", "5"), ("Transfer-Encoding", "chunked")],
    ": ",
    "HTTP/1.1 200 OK",
    "12345",
    False,
    OFTEN,
)
@example([("Content-Length", "5"), ("Content-Length", "5")], ": ", "HTTP/1.1 200 OK", "12345", False, 0)
@example([("Content-Length", "5"), ("Content-Length", "5")], ": ", "HTTP/1.1 200 OK", "12345", False, OFTEN)
@example([("Content-Length", "5")], ": ", "HTTP/1.1 200 OK", "1234", False, 0)
@example([("Content-Length", "5")], ": ", "HTTP/1.1 200 OK", "1234", False, OFTEN)
@example([("Content-Length", "5")], ": ", "HTTP/1.1 204 OK", "12345", False, 0)
@example([("Content-Length", "5")], ": ", "HTTP/1.1 204 OK", "12345", False, OFTEN)
@example([("ETag", " begins")], ": ", "HTTP/1.1 200 OK", "", True, OFTEN)
@example([("ETag", "ends ")], ": ", "HTTP/1.1 200 OK", "", True, 0)
@example([("ETag", "ends ")], ": ", "HTTP/1.1 200 OK", "", True, OFTEN)
@example([("ETag", ""), ("Content-Length", "0")], "", "HTTP/1.1 200 OK", "", False, 0)
@example([("ETag", ""), ("Content-Length", "0")], "", "HTTP/1.1 200 OK", "", False, OFTEN)
@example([("Content-Length", "9" * 5000)], ": ", "HTTP/1.1 200 OK", "", True, 0)
@example([("Content-Length", "9" * 5000)], ": ", "HTTP/1.1 200 OK", "", True, OFTEN)
@example([("Content-Length", "9" * 5000)], ": ", "HTTP/1.1 200 OK", "12345", False, 0)
@example([("Content-Length", "9" * 5000)], ": ", "HTTP/1.1 200 OK", "12345", False, OFTEN)
@example([("Content-Length", "05")], ": ", "HTTP/1.1 200 OK", "12345", False, 0)
@example([("Content-Length", "05")], ": ", "HTTP/1.1 200 OK", "12345", False, OFTEN)
@given(
    st.lists(
        st.tuples(st.sampled_from(NAMES * 3 + AWKWARD), st.sampled_from(VALUES) | st.text("ab 1", max_size=4))
    ),
    st.sampled_from((": ", ": ", ": ", ":", " : ", ":  ", "")),
    st.sampled_from(FIRST),
    st.sampled_from(("", "12345", "<a/>\r\n\r\n")),
    st.booleans(),
    TIMES,
)
def test_llhttp_reads_the_same(
    lines: list[Line], between: str, first: str, body: str, bodiless: bool, times: int
) -> None:
    """Also where a pattern was made of the same names."""
    data = written(lines, between, first, body)

    found = acquainted(lines, first, times).reply(data, bodiless=bodiless)

    assert found is None or found == by_llhttp(data, bodiless=bodiless)


@given(
    st.lists(st.tuples(st.sampled_from(NAMES[:-1]), st.sampled_from(VALUES[:6]))),
    st.sampled_from(FIRST[:3]),
    st.sampled_from(("", "12345", "<a>\r\n\r\n</a>")),
    TIMES,
)
def test_most_need_no_llhttp(lines: list[Line], first: str, body: str, times: int) -> None:
    """Nor those whose headers come several times, as some servers write them."""
    lines = [*lines, ("Content-Length", str(len(body)))]
    data = written(lines, first=first, body=body)

    assert (
        acquainted(lines, first, times).reply(data, bodiless=False)
        == by_llhttp(data, bodiless=False)
        is not None
    )


def test_an_answer_to_head_has_no_body() -> None:
    head, heads = written([("Content-Length", "12")], first=FIRST[1]), acquainted([], "", 0)

    assert heads.reply(head, bodiless=True) == Reply(404, {"content-length": "12"}, b"")
    assert heads.reply(head + b"x" * 12, bodiless=True) is None


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(written(LENGTH, body="1234"), id="cut-off"),
        pytest.param(written(LENGTH)[:-2], id="cut-off-in-its-head"),
        pytest.param(written(LENGTH, body="123456"), id="more-behind"),
        pytest.param(written([]), id="no-length"),
        pytest.param(written([("ETag", ""), *LENGTH], between="", body="12345"), id="no-colon"),
        pytest.param(written([("Content-Length", "9" * 5000)]), id="a-length-of-many-digits"),
        pytest.param(written([("Never-Seen", "1"), *LENGTH], body="12345"), id="a-name-never-seen"),
        pytest.param(written([("ETag", "1\r\n more"), *LENGTH], body="12345"), id="a-folded-line"),
        pytest.param(written([("ETag", "1\n2: 3"), *LENGTH], body="12345"), id="a-bare-line-feed"),
        pytest.param(written(LENGTH, first="HTTP/1.1 100 Continue", body="12345"), id="more-to-come"),
        pytest.param(written(LENGTH, first="HTTP/1.1 200", body="12345"), id="no-reason"),
    ],
)
def test_what_llhttp_has_to_see(data: bytes) -> None:
    assert acquainted([], "", 0).reply(data, bodiless=False) is None
    names = [(line.split(":")[0], "") for line in data.decode().split("\r\n\r\n")[0].splitlines()[1:]]
    assert acquainted(names, FIRST[0], OFTEN).reply(data, bodiless=False) is None


def test_heads_without_measure() -> None:
    """No pattern is made of what no honest server sends, and nothing of it is kept."""
    heads = HeadLines()
    heads.name(NAMES[-1])
    tracemalloc.start()
    try:
        for number in range(OFTEN + 1):
            heads.name("x" * 9_000 + str(number))
            lines = [*[(NAMES[-1], "5")] * 300, (NAMES[-1], str(number))]
            heads.reply(written(lines), bodiless=True)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert kept < 100_000


def test_names_without_number() -> None:
    """However many names a server makes up, those that come now are known."""
    heads = HeadLines()
    for number in range(5_000):
        heads.name(f"x-made-up-{number}")
    heads.name(NAMES[-1])

    assert heads.reply(written(LENGTH, body="12345"), bodiless=False) is not None
