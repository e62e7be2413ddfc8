"""Is what is written what was given, and only what the contract takes?"""

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bucketwright.contract.keys.variable_types import Value
from bucketwright.storage import Refused, Said
from bucketwright.storage.errors import Denied
from tests.storage.contracts import PDF, PNG, place

SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
"""Of `test`."""


@pytest.mark.requirement("AP-2")
@pytest.mark.parametrize(
    "give",
    [
        lambda _: b"test",
        lambda _: bytearray(b"test"),
        lambda _: memoryview(b"test"),
        lambda _: io.BytesIO(b"test"),
        lambda path: path,
        lambda path: path.open("rb"),
    ],
    ids=["bytes", "bytearray", "memoryview", "file in memory", "path", "open file"],
)
def test_what_a_write_tells(give: Callable[[Path], io.BytesIO], tmp_path: Path) -> None:
    """However content is given: name, key, type, size, hash, version and ETag of what is stored."""
    path = tmp_path / "source"
    path.write_bytes(b"test")
    drafts, data = place("files/drafts"), give(path)
    written = drafts.put("a.txt", data)
    found = drafts.info("a.txt")

    assert (written.name, written.key, written.size) == ("a.txt", "drafts/a.txt", 4)
    assert (written.type, written.sha256, written.version) == ("text/plain; charset=utf-8", SHA, "")
    assert (found.type, found.size, found.sha256, found.etag) == (
        written.type, written.size, written.sha256, written.etag,
    )  # fmt: skip
    assert drafts.get("a.txt") == b"test"
    if isinstance(data, io.IOBase):
        assert not data.closed
        data.close()


def test_a_file_is_read_from_where_it_stands() -> None:
    """What was read of it before is not stored."""
    file, drafts = io.BytesIO(b"header: content"), place("files/drafts")
    file.seek(8)

    assert drafts.put("a.txt", file).size == 7
    assert drafts.get("a.txt") == b"content"


class Once:
    """Content that can be read once."""

    def __init__(self, data: bytes) -> None:
        self._file = io.BytesIO(data)

    def read(self, most: int = -1, /) -> bytes:
        return self._file.read(min(most, 1000))


def test_content_that_can_be_read_once() -> None:
    """It is kept aside, and stored like any other."""
    drafts, data = place("files/drafts"), b"0123456789" * 1_000_000

    assert drafts.put("a.txt", Once(data)).size == len(data)
    assert drafts.range("a.txt", 9_999_985) == data[-15:]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("text", "bytes are stored: give text.encode"),
        (io.StringIO("text"), "open it in binary mode"),
        (7, "found int"),
        (None, "found NoneType"),
    ],
    ids=["text", "text file", "number", "nothing"],
)
def test_content_that_is_none(data: bytes, told: str) -> None:
    """It is refused with what to give instead."""
    with pytest.raises(Refused, match=told):
        place("files/drafts").put("a.txt", data)


VALUES: Mapping[str, Mapping[str, Value]] = {
    "files/documents": {"case_id": 7},
    "files/chunks": {"document_id": "d"},
}


@pytest.mark.requirement("AP-3")
@pytest.mark.parametrize(
    ("address", "name", "data", "told"),
    [
        ("files/documents", "a.exe", b"MZ\x00\x01", "contract allows application/pdf"),
        ("files/documents", "a.pdf", b"no pdf", "is no application/pdf"),
        ("files/documents", "a.pdf", b"", "is no application/pdf"),
        ("files/documents", "a.png", PDF, "does not begin as image/png does, but as application/pdf"),
        ("files/documents", "a.txt", PNG, "does not begin as text does, but as image/png"),
        ("files/documents", "a.zip", b"PK\x03\x04", "of type 'application/zip', and the contract allows"),
        ("files/documents", "a.pdf", PDF + b"x" * 1_000_000, "larger than 1,000,000 bytes"),
        ("files/papers", "a.txt", b"text", r"ends in none of .pdf, .tar.gz"),
        ("files/chunks", "chunk_x.txt", b"text", "i must be a whole number"),
        ("files/chunks", "other", b"text", "is no name for files/chunks"),
        ("files/drafts", "", b"text", "'' is no name"),
        ("files/drafts", "a/", b"text", "'a/' is no name"),
        ("files/drafts", "../a", b"text", "may not hold the segment '..'"),
        ("files/drafts", "a/./b", b"text", "may not hold the segment '.'"),
        ("files/drafts", "a//b", b"text", "may not hold '//'"),
        ("files/drafts", "/a", b"text", "may not hold '//'"),
        ("files/drafts", "a\nb", b"text", r"may not hold the character U\+000A"),
        ("files/drafts", "cafe\u0301", b"text", "composed form"),
        ("files/drafts", "x" * 1020, b"text", "at most 1024 bytes"),
        ("logs/delivered", "a", b"text", "AWS delivers"),
    ],
    ids=lambda one: one[:14] if isinstance(one, str) else None,
)
def test_writes_that_the_contract_refuses(address: str, name: str, data: bytes, told: str) -> None:
    """Nothing is written, and the sentence says what the contract wants."""
    there = place(address, **VALUES.get(address, {}))

    with pytest.raises(Refused, match=told) as caught:
        there.put(name, data)
    assert list(there.list()) == []
    assert str(caught.value).isprintable()


@pytest.mark.requirement("CS-13")
@pytest.mark.parametrize(
    "name", [".env", "id_rsa", "site/.git/config", "prod.tfstate", "credentials.json", "server.pem"]
)
def test_secrets_are_not_written(name: str) -> None:
    """Names that betray a secret are refused, also for copies of what lies there already."""
    drafts = place("files/drafts")
    drafts.put("harmless.txt", b"text")

    with pytest.raises(Refused, match="no secrets are kept in buckets"):
        drafts.put(name, b"secret")
    with pytest.raises(Refused, match="no secrets are kept in buckets"):
        drafts.move("harmless.txt", to=drafts, as_name=name)
    assert [row.name for row in drafts.list()] == ["harmless.txt"]


def test_secrets_that_the_contract_means() -> None:
    """Where it names their extension, they may be written; others still may not."""
    keys = place("files/keys")
    keys.put("server.pem", b"-----BEGIN CERTIFICATE-----\n")

    with pytest.raises(Refused):
        keys.put("id_rsa", b"text")


@pytest.mark.requirement("CS-6")
@pytest.mark.requirement("TU-3")
def test_writing_through_a_file() -> None:
    """What was written is there once the block has ended, and not before."""
    drafts = place("files/drafts")
    with drafts.open("a.txt", "wb", Said(metadata={"who": "me"})) as file:
        file.write(b"one ")
        file.write(b"two")
        assert not drafts.exists("a.txt")
        before = [file.written]

    assert before == [None]
    assert drafts.get("a.txt") == b"one two"
    assert file.written is not None
    assert file.written.size == 7
    assert drafts.info("a.txt").metadata["who"] == "me"


@pytest.mark.requirement("CS-6")
@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit], ids=lambda one: one.__name__)
def test_a_block_that_fails_writes_nothing(error: type[BaseException]) -> None:
    """No half file is committed, whatever ends the block."""
    drafts = place("files/drafts")

    def fails() -> None:
        with drafts.open("a.txt", "wb") as file:
            file.write(b"half")
            raise error

    with pytest.raises(error):
        fails()
    assert list(drafts.list()) == []


def test_writing_more_than_is_allowed() -> None:
    """It ends as soon as it is too much, not when all is there."""
    documents = place("files/documents", case_id=7)
    written: list[int] = []

    def goes_on() -> None:
        with documents.open("a.txt", "wb") as file:
            written.extend(file.write(b"x" * 300_000) for _ in range(100))

    with pytest.raises(Refused, match="larger than"):
        goes_on()
    assert written == [300_000] * 3
    assert list(documents.list()) == []


def test_a_writing_that_may_not_be_is_refused_at_once() -> None:
    """Before anything is written to it."""
    with pytest.raises(Refused):
        place("files/drafts").open(".env", "wb")
    with pytest.raises(Refused, match="rb or wb"):
        place("files/drafts").open("a.txt", "ab")  # type: ignore[call-overload]  # what somebody may try


@pytest.mark.requirement("CS-7")
@pytest.mark.parametrize("size", [6_000_000, 6_000_001, 11_000_000], ids="{:,} bytes".format)
def test_large_content_goes_in_parts(size: int) -> None:
    """Above the contract's threshold, in its part size; what is stored is the same, and no upload is left."""
    drafts, data = (
        place("files/drafts"),
        b"".join(number.to_bytes(4) for number in range(size // 4 + 1))[:size],
    )
    written = drafts.put("a.bin", data)
    backend = drafts.home.backend

    assert ("-" in written.etag) == (size > 6_000_000)
    assert written.etag.endswith("-3") == (size == 11_000_000)
    assert b"".join(drafts.stream("a.bin")) == data
    assert list(backend.uploads(drafts.there.bucket, "")) == []


@pytest.mark.requirement("TU-5")
def test_a_large_write_that_fails_leaves_no_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The upload is given up with all its parts, and nothing is there."""
    drafts = place("files/drafts")
    backend = drafts.home.backend
    real = backend.send

    def breaks(at: object, upload_id: str, number: int, content: object) -> object:
        if number == 2:
            raise Denied("these credentials may not write")
        return real(at, upload_id, number, content)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(backend, "send", breaks)
    with pytest.raises(Denied):
        drafts.put("a.bin", b"\x00" * 11_000_000)
    assert list(backend.uploads(drafts.there.bucket, "")) == []
    assert list(drafts.list()) == []


def test_metadata_that_cannot_travel() -> None:
    """Names and texts that no header can carry, that are the client's own or too many, are refused."""
    drafts = place("files/drafts")

    for metadata in (
        {"Who": "me"}, {"who": "më"}, {"who": "a\nb"}, {"who": " a"}, {"bucketwright-write": "x"},
        {"": "x"}, {"a b": "x"}, {"a": "x" * 2000},
    ):  # fmt: skip
        with pytest.raises(Refused):
            drafts.put("a.txt", b"text", Said(metadata=metadata))
    with pytest.raises(Refused, match="header"):
        drafts.put("a.txt", b"text", Said(cache_control="max-age=1\r\nx: y"))
    drafts.put("a.txt", b"text", Said(metadata={"who": "me and you"}, cache_control="no-store"))
    assert drafts.info("a.txt").cache_control == "no-store"
