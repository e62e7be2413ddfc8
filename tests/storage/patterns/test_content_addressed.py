"""Is equal content kept once, and is what is read what was asked for?"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from bucketwright.contract.loading import read
from bucketwright.contract.model import Environment
from bucketwright.storage import Damaged, Misconfigured, NotFound, Refused, Said, Storage
from bucketwright.storage.backends.interface import Backend, Content
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.content import given
from bucketwright.storage.opened import Opened
from bucketwright.storage.patterns.content_addressed import ContentAddressed, content_addressed
from bucketwright.storage.stored import At, Attributes, Condition, Part, Stored
from tests.storage.kept import BACKENDS, BUCKET, Kept

TEXT: Final = """
project: shelf
region: eu-west-1
environments: {dev: {}}
transfer: {threshold: 6 MB, part_size: 5 MiB, concurrency: 2}
buckets:
  files:
    prefixes:
      blobs: {path: "cas/{head:hex2}/", objects: "{hash:sha256}", delivery: content-addressed}
      deep: {path: "of/{tenant:slug}/{a:hex2}/{b:hex2}/", objects: "{hash:sha256}.bin", write: overwrite}
      plain: {path: "plain/"}
"""
DATA: Final = b"some content"
DIGEST: Final = sha256(DATA).hexdigest()


class Counting(Memory):
    """Counts what is sent."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = 0

    def put(self, at: At, content: Content, attributes: Attributes, condition: Condition = None) -> Stored:
        self.sent += 1
        return super().put(at, content, attributes, condition)

    def send(self, at: At, upload_id: str, number: int, content: Content) -> Part:
        self.sent += 1
        return super().send(at, upload_id, number, content)


@cache
def environment() -> Environment:
    return read(TEXT, "contract.yaml").environments["dev"]


def opened(backend: Backend) -> Storage:
    return Storage(Opened(environment(), {"files": BUCKET}, lambda: backend))


def store(backend: Backend | None = None) -> ContentAddressed:
    return content_addressed(opened(backend or Memory()).prefix("files/blobs"))


def tampered(backend: Memory, data: bytes) -> At:
    """Other content under the key, as somebody else may write it."""
    at = At(BUCKET, f"cas/{DIGEST[:2]}/{DIGEST}")
    with given(data) as content:
        backend.put(at, content, Attributes())
    return at


@pytest.mark.requirement("FP-11")
def test_content_is_kept_once() -> None:
    """Under its hash; whoever puts it again is told that it was there."""
    backend = Memory()
    blobs = store(backend)
    first, second = blobs.put(DATA), blobs.put(BytesIO(DATA), Said(file_name="other.txt"))

    assert (first.sha256, first.key) == (DIGEST, f"cas/{DIGEST[:2]}/{DIGEST}")
    assert (first.size, first.was_there, second.was_there) == (12, False, True)
    assert [row.key for row in backend.rows(BUCKET, "")] == [first.key]
    assert blobs.get(DIGEST) == DATA == b"".join(blobs.stream(DIGEST))
    assert blobs.info(DIGEST).cache_control == "max-age=31536000, immutable"
    assert (blobs.exists(DIGEST), blobs.exists("0" * 64)) == (True, False)


@pytest.mark.requirement("FP-11")
@drawn(st.lists(st.binary(max_size=3)))
def test_as_many_objects_as_contents(contents: list[bytes]) -> None:
    """However often and in whatever order they are put, and each is read as it was."""
    backend = Memory()
    blobs = store(backend)
    put = [blobs.put(data) for data in contents]

    assert len([*backend.rows(BUCKET, "")]) == len(set(contents))
    assert [blobs.get(one.sha256) for one in put] == contents
    assert sum(not one.was_there for one in put) == len(set(contents))


@pytest.fixture(params=["memory", "folder", "versitygw"])
def kept(request: pytest.FixtureRequest) -> Iterator[Kept]:
    """A backend with a bucket in it."""
    with BACKENDS[request.param]() as running:
        yield running


@pytest.mark.requirement("FP-11")
def test_many_at_once(kept: Kept) -> None:
    """One of those who put the same content writes it; nobody fails."""
    blobs = store(kept.backend)
    contents = [b"%d" % (number // 8) for number in range(64)]
    with ThreadPoolExecutor(8) as pool:
        put = list(pool.map(blobs.put, contents))

    assert sum(not one.was_there for one in put) == 8
    assert [blobs.get(one.sha256) for one in put] == contents
    assert len([*kept.backend.rows(BUCKET, "cas/")]) == 8


@pytest.mark.requirement("FP-11")
@pytest.mark.parametrize("data", [b"", b"other text..", DATA * 200_000], ids=["less", "as much", "more"])
def test_other_content_under_the_hash(data: bytes, tmp_path: Path) -> None:
    """It is never taken for what it is not: not read to its end, not saved, not put upon."""
    backend, path = Memory(), tmp_path / "saved"
    blobs, got = store(backend), list[bytes]()
    path.write_bytes(b"as before")
    tampered(backend, data)

    if len(data) < 10**6:
        with pytest.raises(Damaged, match="not the content"):
            blobs.get(DIGEST)
    with pytest.raises(Damaged, match="not the content"):
        got.extend(blobs.stream(DIGEST))
    with pytest.raises(Damaged):
        blobs.save(DIGEST, path)
    assert len(b"".join(got)) < max(1, len(data))
    assert [*tmp_path.iterdir()] == [path]
    assert path.read_bytes() == b"as before"
    with pytest.raises(Damaged):
        blobs.put(DATA)


def test_the_very_content_of_another_tool() -> None:
    """Which noted no hash of it: it is read, and is there."""
    backend = Memory()
    tampered(backend, DATA)

    assert store(backend).put(DATA).was_there


def test_saving(tmp_path: Path) -> None:
    """To a file that is whole."""
    blobs, path = store(), tmp_path / "saved"
    blobs.save(blobs.put(DATA * 300_000).sha256, path)

    assert path.read_bytes() == DATA * 300_000
    assert [*tmp_path.iterdir()] == [path]


def test_large_content_is_sent_once() -> None:
    """What is there already is looked for before megabytes are sent."""
    backend, data = Counting(), bytes(6_500_000)
    blobs = store(backend)
    blobs.put(BytesIO(data))
    before = backend.sent

    assert blobs.put(BytesIO(data)).was_there
    assert backend.sent == before == 2


def test_deeper_keys() -> None:
    """Two levels of beginnings, another variable, an extension, and a contract that would overwrite."""
    backend = Counting()
    blobs = content_addressed(opened(backend).prefix("files/deep"), tenant="acme")
    first, second = blobs.put(DATA), blobs.put(DATA)

    assert first.key == f"of/acme/{DIGEST[:2]}/{DIGEST[2:4]}/{DIGEST}.bin"
    assert (first.was_there, second.was_there) == (False, True)
    assert blobs.get(DIGEST) == DATA


@pytest.mark.parametrize("digest", ["", "x", DIGEST.upper(), DIGEST[:-1], "../" + DIGEST[3:], DIGEST + "\n"])
def test_no_hashes(digest: str) -> None:
    """They are refused before anybody is asked."""
    with pytest.raises(Refused, match="no SHA-256"):
        store().get(digest)


def test_what_was_never_put() -> None:
    """There is nothing under its hash."""
    for asked in (store().get, store().stream, store().info):
        with pytest.raises(NotFound):
            asked(DIGEST)


@pytest.mark.parametrize(("name", "values"), [("plain", {}), ("deep", {}), ("blobs", {"tenant": "a"})])
def test_prefixes_that_do_not_fit(name: str, values: dict[str, str]) -> None:
    """Their keys have no hash, or other values are needed or none."""
    with pytest.raises(Misconfigured):
        content_addressed(opened(Memory()).prefix(f"files/{name}"), **values)
