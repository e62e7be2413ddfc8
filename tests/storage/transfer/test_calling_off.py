"""Does a transfer that is called off, or one part of which failed, end and leave nothing?"""

from pathlib import Path
from time import monotonic

import pytest

from bucketwright.storage.backends.interface import Content
from bucketwright.storage.errors import Cancelled, Denied, Refused
from bucketwright.storage.opened import swapped
from bucketwright.storage.place import Place
from bucketwright.storage.stored import At, Part
from tests.faults.proxy import Proxy
from tests.storage.contracts import asking, place
from tests.storage.transfer.flaky import DATA, PART, Flaky
from tests.storage.transfer.told import Told

AT_ONCE = 6_000_000


def nothing_left(there: Place) -> bool:
    """No object, and no upload."""
    backend = there.home.backend
    return not list(there.list()) and not list(backend.uploads(there.there.bucket, ""))


@pytest.mark.parametrize("size", [AT_ONCE, len(DATA)], ids=["at once", "in parts"])
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


class BrokenError(Exception):
    """Of a program's own code."""


class Breaks:
    """Code of a program that breaks, as whoever is told or as whoever calls off."""

    def __init__(self, after: int) -> None:
        self.left = after

    def __call__(self, done: int, total: int) -> None:
        self.is_set()

    def is_set(self) -> bool:
        self.left -= 1
        if self.left < 0:
            raise BrokenError
        return False


@pytest.mark.parametrize("size", [10, 300_000, len(DATA)], ids=["tiny", "at once", "in parts"])
@pytest.mark.parametrize("role", ["progress", "cancel"])
@pytest.mark.parametrize("where", ["here", "on a server"])
def test_a_programs_own_error(proxy: Proxy, size: int, role: str, where: str) -> None:
    """It comes out as it is, nobody takes it for the network's, and nothing is written."""
    drafts = place("files/drafts") if where == "here" else asking(proxy.url).prefix("files/drafts").at()

    broken = Breaks(0 if size < len(DATA) else 2)

    told, cancel = (broken, None) if role == "progress" else (None, broken)

    with pytest.raises(BrokenError):
        drafts.put("broken.bin", DATA[:size], progress=told, cancel=cancel)
    assert not drafts.exists("broken.bin")
    assert [one.key for one in drafts.home.backend.uploads(drafts.there.bucket, "drafts/broken")] == []
    assert [request.method for request in proxy.seen].count("PUT") <= (where == "on a server") * 4


def test_a_file_that_is_closed_meanwhile(proxy: Proxy, tmp_path: Path) -> None:
    """It is told, and nobody doubts what became of it."""
    drafts = asking(proxy.url).prefix("files/drafts").at()
    (tmp_path / "file").write_bytes(DATA[:3_000_000])

    with (
        (tmp_path / "file").open("rb") as file,
        pytest.raises(Refused, match="cannot be read: seek of closed"),
    ):
        drafts.put("closed.bin", file, progress=lambda _done, _total: file.close())
    assert not drafts.exists("closed.bin")


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


class Stubborn(Flaky):
    """Its first part is read again and again, until nobody wants it; the second fails."""

    def send(self, at: At, upload_id: str, number: int, content: Content) -> Part:
        if number == 2:
            raise Denied("these credentials may not write")
        until = monotonic() + 300
        with content.opened() as file:
            while number == 1 and monotonic() < until:
                file.seek(0)
                file.read(10)
        return super().send(at, upload_id, number, content)


def test_parts_under_way_end_with_the_one_that_failed() -> None:
    """Nobody waits until they are through."""
    with swapped(backend := Stubborn()):
        with pytest.raises(Denied):
            place("files/drafts").put("a.bin", DATA)

        assert backend.asked["send"] == 0


@pytest.mark.requirement("TU-5")
def test_called_off_too_late(proxy: Proxy) -> None:
    """An earlier attempt, whose answer was lost, had written it: that is said, not that nothing is there."""
    size = AT_ONCE
    told, drafts = Told(cancel_at=size), asking(proxy.url).prefix("files/drafts").at()
    proxy.fault("after", method="PUT", times=1)
    written = drafts.put("late.bin", DATA[:size], progress=told, cancel=told.cancel)

    assert written.etag == drafts.info("late.bin").etag
