"""Does large content get there in parts, read twice and no more, watched, and ended when it is called off?"""

import hashlib
import os
import tracemalloc
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from threading import Barrier, Lock

import pytest

from bucketwright.storage.backends.interface import Content
from bucketwright.storage.errors import AlreadyThere, Damaged, Refused, StorageError
from bucketwright.storage.opened import swapped
from bucketwright.storage.stored import At, Part
from tests.faults.proxy import Proxy
from tests.storage.contracts import asking, contract, place
from tests.storage.transfer.flaky import DATA, Counting, Flaky
from tests.storage.transfer.told import Told

SIZES = {"small": 1_000, "at once": 6_000_000, "in parts": len(DATA), "none": 0}


@pytest.mark.requirement("FP-6")
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_progress(size: int) -> None:
    """It only goes forward, and ends with all; what is stored is what was given."""
    told, drafts = Told(), place("files/drafts")
    drafts.put("a.bin", DATA[:size], progress=told)

    told.keep_sound(size)
    assert b"".join(drafts.stream("a.bin")) == DATA[:size]


@pytest.mark.requirement("TU-4")
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_content_is_read_twice(proxy: Proxy, size: int) -> None:
    """Once for all its hashes, and once as it is sent; the server gets the hashes of what it gets."""
    file, told = Counting(DATA[:size]), Told()
    asking(proxy.url).prefix("files/drafts").at().put("a.bin", file, progress=told)

    assert file.bytes_read == 2 * size
    told.keep_sound(size)
    for request in proxy.seen:
        if request.method == "PUT":
            assert hashlib.sha256(request.body).hexdigest() == request.headers["x-amz-content-sha256"]


@pytest.mark.parametrize("size", [SIZES["small"], SIZES["in parts"]], ids=["small", "in parts"])
def test_a_reader_of_another_object(size: int) -> None:
    """What is read from a storage while it is hashed is read once from its beginning, so its hash is kept."""
    with swapped(backend := Flaky()):
        drafts = place("files/drafts")
        drafts.put("a.bin", DATA[:size])
        backend.asked.clear()
        with drafts.open("a.bin") as source:
            assert drafts.put("b.bin", source).sha256 == drafts.info("a.bin").sha256

        assert backend.asked["get"] == 1
        harmed = backend._objects[At(drafts.there.bucket, "drafts/a.bin")]
        backend._objects[At(drafts.there.bucket, "drafts/a.bin")] = replace(
            harmed, content=harmed.content[::-1]
        )
        with drafts.open("a.bin") as source, pytest.raises(Damaged):
            drafts.put("c.bin", source)
        assert not drafts.exists("c.bin")


class Discarding(Flaky):
    """Reads what is sent as a client does, and keeps nothing."""

    def send(self, at: At, upload_id: str, number: int, content: Content) -> Part:
        with content.opened() as file:
            while file.read(256 * 1024):
                pass
        return super().send(at, upload_id, number, Nothing())


class Nothing:
    """Content without a byte."""

    size, sha256 = 0, hashlib.sha256(b"").hexdigest()

    def opened(self, first: int = 0, size: int | None = None) -> BytesIO:
        return BytesIO()


@pytest.mark.requirement("TU-4")
def test_little_is_in_memory(tmp_path: Path) -> None:
    """However large a file is, no more than some pieces of it."""
    path = tmp_path / "large"
    path.touch()
    os.truncate(path, 64 * 2**20)
    with swapped(backend := Discarding()):
        backend.before = _no_objects
        drafts = place("files/drafts")
        tracemalloc.start()
        try:
            with pytest.raises(Refused, match="made of no parts"), path.open("rb") as file:
                drafts.put("a.bin", file)
            most = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert most < 16 * 2**20


def _no_objects(what: str, _number: int) -> None:
    if what == "finish":
        raise Refused("nothing is made of no parts")


@pytest.mark.requirement("AP-8")
def test_small_content_is_not_asked_for(proxy: Proxy) -> None:
    """It comes with its request: to ask first whether it may come would be a round trip more."""
    drafts = asking(proxy.url).prefix("files/drafts").at()
    drafts.put("small.bin", DATA[:1_000_000])
    drafts.put("large.bin", DATA[:1_100_000])

    assert [request.headers.get("expect") for request in proxy.seen] == [None, "100-continue"]


@pytest.mark.requirement("CS-11")
@pytest.mark.requirement("FP-6")
def test_a_part_that_is_sent_again(proxy: Proxy) -> None:
    """Its bytes count once, and nothing but it is sent again."""
    told = Told()
    proxy.fault("status:503:SlowDown", method="PUT", times=1)
    drafts = asking(proxy.url).prefix("files/drafts").at()
    drafts.put("a.bin", DATA, progress=told)

    told.keep_sound(len(DATA))
    assert sum(request.method == "PUT" for request in proxy.seen) == 5
    assert drafts.range("a.bin", len(DATA) - 8) == DATA[-8:]


class Crowd(Flaky):
    """Lets the first two parts wait for each other, and counts how many are on their way at once."""

    def __init__(self) -> None:
        super().__init__()
        self.now, self.most, self.two = 0, 0, Barrier(2, timeout=300)
        self.counting = Lock()

    def send(self, at: At, upload_id: str, number: int, content: Content) -> Part:
        with self.counting:
            self.now += 1
            self.most = max(self.most, self.now)
        if number in {1, 2}:
            self.two.wait()
        part = super().send(at, upload_id, number, content)
        with self.counting:
            self.now -= 1
        return part


@pytest.mark.requirement("TC-2")
@pytest.mark.requirement("CS-7")
def test_so_many_at_once() -> None:
    """As many parts as the contract says are on their way together, and no more."""
    with swapped(crowd := Crowd()):
        place("files/drafts").put("a.bin", DATA)

    assert crowd.most == contract().environments["dev"].transfer.concurrency == 2


@pytest.mark.requirement("AP-4")
def test_a_name_that_is_taken() -> None:
    """Where a place only creates, nothing large is sent in vain."""
    with swapped(backend := Flaky()):
        pointers = place("files/pointers")
        pointers.put("latest", b"there")
        with pytest.raises(AlreadyThere):
            pointers.put("latest", DATA)
        assert backend.asked["begin"] == 0
        assert pointers.get("latest") == b"there"


@pytest.mark.requirement("TU-5")
@pytest.mark.parametrize("address", ["files/drafts", "files/pointers"])
@pytest.mark.parametrize("times", [1, 3], ids=["once", "always"])
def test_the_last_answer_is_lost(proxy: Proxy, address: str, times: int) -> None:
    """The upload was finished, and is said to be."""
    there = asking(proxy.url).prefix(address).at()
    proxy.fault("after", method="POST", query="uploadId", times=times)
    name = f"lost-{times}"
    written = there.put(name, DATA)

    assert (written.etag, written.size) == (there.info(name).etag, len(DATA))
    assert list(there.home.backend.uploads(there.there.bucket, there.path)) == []


def test_the_last_step_that_stays_undone(proxy: Proxy) -> None:
    """An error after three attempts, nothing is there, and no part is left."""
    drafts = asking(proxy.url).prefix("files/drafts").at()
    proxy.fault("status:503:SlowDown", method="POST", query="uploadId")

    with pytest.raises(StorageError):
        drafts.put("undone.bin", DATA)
    proxy.calm()
    assert not drafts.exists("undone.bin")
    assert list(drafts.home.backend.uploads(drafts.there.bucket, "drafts/undone")) == []


def test_a_word_that_nobody_knows(tmp_path: Path) -> None:
    """It is a mistake of the program, and not passed over."""
    drafts = place("files/drafts")

    with pytest.raises(TypeError, match="'progres' is no keyword here: cancel, progress, resume"):
        drafts.put("a.bin", b"", progres=print)  # type: ignore[call-arg]  # what somebody may try
    with pytest.raises(TypeError, match="is no keyword here"):
        drafts.save("a.bin", tmp_path / "a", stop=True)  # type: ignore[call-arg]  # what somebody may try
