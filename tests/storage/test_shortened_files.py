"""What becomes of a file that gets shorter while it is sent?"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bucketwright.storage import Storage
from bucketwright.storage.errors import Damaged
from bucketwright.storage.place import Place
from bucketwright.storage.transfer.sending import Sending
from tests.faults.proxy import Proxy
from tests.storage.contracts import asking, contract, place

SIZES = {"at once": 2_000_000, "in parts": 12_000_000}


@pytest.fixture(params=["memory", "folder", "server"])
def drafts(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    kinds: dict[str, Callable[[], Place]] = {
        "memory": lambda: place("files/drafts"),
        "folder": lambda: Storage.in_folder(contract(), tmp_path / "kept", "dev").prefix("files/drafts").at(),
        "server": lambda: asking(request.getfixturevalue("proxy").url).prefix("files/drafts").at(),
    }
    return kinds[request.param]()


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that is cut off once its hash is known, before it is sent."""
    file, real = tmp_path / "log.txt", Sending.__call__

    def cut_off(self: Sending, *given: object) -> object:
        os.truncate(file, 1_000)
        return real(self, *given)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(Sending, "__call__", cut_off)
    return file


@pytest.mark.requirement("TU-5")
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_it_is_said_at_once(drafts: Place, path: Path, size: int) -> None:
    """Nothing is written, nothing left over, and nobody waits for bytes that do not come."""
    path.write_bytes(b"line\n" * (size // 5))

    with pytest.raises(Damaged, match="has become shorter while it was sent: nothing was written"):
        drafts.put(f"cut-{size}.txt", path)
    assert not drafts.exists(f"cut-{size}.txt")
    assert list(drafts.home.backend.uploads(drafts.there.bucket, drafts.path)) == []


def test_an_earlier_attempt_that_had_all_of_it(proxy: Proxy, tmp_path: Path) -> None:
    """Its answer was lost, and the next attempt found a shorter file: the object is looked for, and found."""
    path, data = tmp_path / "log.txt", b"line\n" * 100_000
    path.write_bytes(data)
    proxy.fault("after", method="PUT", times=1)
    proxy.events[1] = lambda: os.truncate(path, 1_000)
    drafts = asking(proxy.url).prefix("files/drafts").at()

    assert drafts.put("log.txt", path).size == len(data)
    assert drafts.get("log.txt") == data
