"""Does a transfer that is called off, or one part of which failed, end and leave nothing?"""

from time import monotonic

import pytest

from bucketwright.storage.backends.interface import Content
from bucketwright.storage.errors import Cancelled, Denied
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
