"""Headers that are read by their lines are those that llhttp reads. Engine 1."""

import pytest
from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser
from hypothesis import example, given
from hypothesis import strategies as st

from bucketwright.s3.wire.head_lines import Reply, known_name, plain_reply

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


@pytest.fixture(autouse=True, scope="module")
def _seen_before() -> None:
    for name in (*NAMES, *AWKWARD[:3]):
        known_name(name)


@example([("Upgrade", "x"), ("Connection", "upgrade")], ": ", "HTTP/1.1 200 OK", "", True)
@example([("Content-Length", "5"), ("Transfer-Encoding", "chunked")], ": ", "HTTP/1.1 200 OK", "12345", False)
@example([("Content-Length", "5"), ("Content-Length", "5")], ": ", "HTTP/1.1 200 OK", "12345", False)
@example([("Content-Length", "5")], ": ", "HTTP/1.1 200 OK", "1234", False)
@example([("Content-Length", "5")], ": ", "HTTP/1.1 204 OK", "12345", False)
@example([("ETag", "ends ")], ": ", "HTTP/1.1 200 OK", "", True)
@example([("ETag", ""), ("Content-Length", "0")], "", "HTTP/1.1 200 OK", "", False)
@example([("Content-Length", "9" * 5000)], ": ", "HTTP/1.1 200 OK", "", True)
@example([("Content-Length", "9" * 5000)], ": ", "HTTP/1.1 200 OK", "12345", False)
@example([("Content-Length", "05")], ": ", "HTTP/1.1 200 OK", "12345", False)
@given(
    st.lists(
        st.tuples(st.sampled_from(NAMES * 3 + AWKWARD), st.sampled_from(VALUES) | st.text("ab 1", max_size=4))
    ),
    st.sampled_from((": ", ": ", ": ", ":", " : ", ":  ", "")),
    st.sampled_from(FIRST),
    st.sampled_from(("", "12345", "<a/>\r\n\r\n")),
    st.booleans(),
)
def test_llhttp_reads_the_same(
    lines: list[Line], between: str, first: str, body: str, bodiless: bool
) -> None:
    data = written(lines, between, first, body)

    found = plain_reply(data, bodiless=bodiless)

    assert found is None or found == by_llhttp(data, bodiless=bodiless)


@given(
    st.lists(st.tuples(st.sampled_from(NAMES[:-1]), st.sampled_from(VALUES[:6]))),
    st.sampled_from(FIRST[:3]),
    st.sampled_from(("", "12345", "<a>\r\n\r\n</a>")),
)
def test_most_need_no_llhttp(lines: list[Line], first: str, body: str) -> None:
    """Nor those whose headers come several times, as some servers write them."""
    data = written([*lines, ("Content-Length", str(len(body)))], first=first, body=body)

    assert plain_reply(data, bodiless=False) == by_llhttp(data, bodiless=False) is not None


def test_an_answer_to_head_has_no_body() -> None:
    head = written([("Content-Length", "12")], first=FIRST[1])

    assert plain_reply(head, bodiless=True) == Reply(404, {"content-length": "12"}, b"")
    assert plain_reply(head + b"x" * 12, bodiless=True) is None


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
    assert plain_reply(data, bodiless=False) is None


def test_names_without_number() -> None:
    """However many names a server makes up, those that come now are known."""
    for number in range(5_000):
        known_name(f"x-made-up-{number}")
    known_name(NAMES[-1])

    assert plain_reply(written(LENGTH, body="12345"), bodiless=False) is not None
