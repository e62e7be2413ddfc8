"""Does large content get there in parts, read twice and no more, watched, and ended when it is called off?"""

from hashlib import sha256
from pathlib import Path
from threading import Event

import pytest

from bucketwright.storage.errors import AlreadyThere, Cancelled, Denied, StorageError
from bucketwright.storage.opened import swapped
from bucketwright.storage.place import Place
from tests.faults.proxy import Proxy
from tests.storage.contracts import asking, place
from tests.storage.transfer.flaky import DATA, PART, Counting, Flaky

SIZES = {"small": 1_000, "at once": 6_000_000, "in parts": len(DATA), "none": 0}


class Told:
    """Somebody who watches."""

    def __init__(self, cancel_at: int | None = None) -> None:
        self.done: list[tuple[int, int]] = []
        self.cancel, self._cancel_at = Event(), cancel_at

    def __call__(self, done: int, total: int) -> None:
        self.done.append((done, total))
        if self._cancel_at is not None and done >= self._cancel_at:
            self.cancel.set()

    def keep_sound(self, size: int) -> None:
        """It goes forward, and ends with all."""
        told = [done for done, _ in self.done]
        assert told == sorted(set(told))
        assert {total for _, total in self.done} == {size}
        assert told[-1] == size


def nothing_left(there: Place) -> bool:
    """No object, and no upload."""
    backend = there.home.backend
    return not list(there.list()) and not list(backend.uploads(there.there.bucket, ""))


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
            assert sha256(request.body).hexdigest() == request.headers["x-amz-content-sha256"]


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


@pytest.mark.parametrize("size", [SIZES["at once"], SIZES["in parts"]], ids=["at once", "in parts"])
def test_called_off(size: int) -> None:
    """Nothing is there, no part is left, and the error says so."""
    told, drafts = Told(cancel_at=2_000_000), place("files/drafts")

    with pytest.raises(Cancelled, match=r"'a\.bin' was called off"):
        drafts.put("a.bin", DATA[:size], progress=told, cancel=told.cancel)
    assert nothing_left(drafts)
    assert told.done[-1][0] < size


def test_called_off_on_a_server(proxy: Proxy) -> None:
    """It is not tried again, and no part is left there."""
    told, drafts = Told(cancel_at=PART), asking(proxy.url).prefix("files/drafts").at()

    with pytest.raises(Cancelled):
        drafts.put("cancelled.bin", DATA, progress=told, cancel=told.cancel)
    assert [one.key for one in drafts.home.backend.uploads(drafts.there.bucket, "drafts/")] == []
    assert not drafts.exists("cancelled.bin")


@pytest.mark.requirement("TU-5")
def test_a_part_that_fails_ends_the_others() -> None:
    """Its error is the one that is told, whichever part it was, and all parts are taken away."""

    def third(what: str, number: int) -> None:
        if (what, number) == ("send", 3):
            raise Denied("these credentials may not write")

    with swapped(Flaky(third)):
        drafts = place("files/drafts")
        with pytest.raises(Denied):
            drafts.put("a.bin", DATA)
        assert nothing_left(drafts)


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
