"""Does a large object become a file whole, in parts, watched, and from where it broke?"""

from hashlib import sha256
from pathlib import Path

import pytest

from bucketwright.storage.errors import Cancelled, Changed, Damaged, Denied, Unreachable
from bucketwright.storage.place import Place
from bucketwright.storage.stored import At, Attributes
from tests.faults.proxy import Proxy
from tests.storage.contracts import asking, place
from tests.storage.kept import content
from tests.storage.transfer.flaky import DATA, Flaky, breaks, heals
from tests.storage.transfer.told import Told

NAME = "a.bin"
GONE = Unreachable("the line is dead")
PARTS = 4


@pytest.fixture
def drafts(backend: Flaky) -> Place:
    """A place with one large object."""
    drafts = place("files/drafts")
    drafts.put(NAME, DATA)
    return drafts


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


@pytest.mark.requirement("CS-6")
@pytest.mark.requirement("TU-3")
@pytest.mark.parametrize("resume", [False, True], ids=["passing", "to be resumed"])
def test_a_large_object(drafts: Place, backend: Flaky, tmp_path: Path, resume: bool) -> None:
    """It comes in parts of the contract's size, and is there whole; nothing else is."""
    told, path = Told(), tmp_path / "a.out"
    path.write_bytes(b"before")
    drafts.save(NAME, path, progress=told, resume=resume)

    assert sha256(path.read_bytes()).digest() == sha256(DATA).digest()
    assert backend.asked["get"] == PARTS
    assert names(tmp_path) == ["a.out"]
    told.keep_sound(len(DATA))


@pytest.mark.requirement("AP-8")
def test_a_small_object_is_one_request(proxy: Proxy, tmp_path: Path) -> None:
    """No look before, and none after."""
    drafts, told = asking(proxy.url).prefix("files/drafts").at(), Told()
    drafts.put("small.bin", b"text")
    proxy.calm()
    drafts.save("small.bin", tmp_path / "small", progress=told)

    assert [request.method for request in proxy.seen] == ["GET"]
    told.keep_sound(4)


@pytest.mark.parametrize("part", [1, 2, PARTS])
def test_a_part_that_does_not_come(drafts: Place, backend: Flaky, tmp_path: Path, part: int) -> None:
    """The file is as it was before, and nothing lies beside it."""
    path = tmp_path / "a.out"
    path.write_bytes(b"before")
    breaks(backend, Denied("these credentials may not read"), ("get", part))

    with pytest.raises(Denied):
        drafts.save(NAME, path)
    assert (names(tmp_path), path.read_bytes()) == (["a.out"], b"before")


@pytest.mark.parametrize("part", [2, 3, PARTS])
def test_it_goes_on(drafts: Place, backend: Flaky, tmp_path: Path, part: int) -> None:
    """Only what is missing is read, and then nothing lies beside the file."""
    path, told = tmp_path / "a.out", Told()
    path.write_bytes(b"before")
    breaks(backend, GONE, ("get", part))
    with pytest.raises(Unreachable):
        drafts.save(NAME, path, resume=True)
    came = sum(len(listed.read_text().splitlines()) for listed in tmp_path.glob("*.parts"))
    assert path.read_bytes() == b"before"
    heals(backend)
    drafts.save(NAME, path, resume=True, progress=told)

    assert path.read_bytes() == DATA
    assert backend.asked["get"] <= PARTS - came + 1
    assert names(tmp_path) == ["a.out"]
    told.keep_sound(len(DATA))


@pytest.mark.requirement("TU-5")
def test_another_object_meanwhile(drafts: Place, backend: Flaky, tmp_path: Path) -> None:
    """Of what was replaced nothing is taken, and what came of it is taken away."""
    path = tmp_path / "a.out"
    breaks(backend, GONE, ("get", 3))
    with pytest.raises(Unreachable):
        drafts.save(NAME, path, resume=True)
    heals(backend)
    drafts.put(NAME, DATA[::-1])
    breaks(backend, GONE, ("get", PARTS))
    with pytest.raises(Unreachable):
        drafts.save(NAME, path, resume=True)
    assert len(names(tmp_path)) == 2
    heals(backend)
    drafts.save(NAME, path, resume=True)

    assert path.read_bytes() == DATA[::-1]
    assert names(tmp_path) == ["a.out"]


@pytest.mark.parametrize("harm", ["torn line", "no list", "no file", "shorter file"])
def test_leftovers_that_were_harmed(drafts: Place, backend: Flaky, tmp_path: Path, harm: str) -> None:
    """What cannot be trusted is read again."""
    path = tmp_path / "a.out"
    breaks(backend, GONE, ("get", PARTS))
    with pytest.raises(Unreachable):
        drafts.save(NAME, path, resume=True)
    heals(backend)
    whole, listed = next(tmp_path.glob("*.part")), next(tmp_path.glob("*.parts"))
    if harm == "torn line":
        listed.write_bytes(listed.read_bytes() + b"4")
    elif harm == "no list":
        listed.unlink()
    elif harm == "no file":
        whole.unlink()
    else:
        whole.write_bytes(b"short")
    drafts.save(NAME, path, resume=True)

    assert path.read_bytes() == DATA
    assert names(tmp_path) == ["a.out"]


def test_leftovers_with_other_bytes(drafts: Place, backend: Flaky, tmp_path: Path) -> None:
    """The hash of all of it tells, nothing of it is kept, and the next time it is whole."""
    path = tmp_path / "a.out"
    breaks(backend, GONE, ("get", PARTS))
    with pytest.raises(Unreachable):
        drafts.save(NAME, path, resume=True)
    heals(backend)
    with next(tmp_path.glob("*.part")).open("r+b") as file:
        file.write(b"other")
    with next(tmp_path.glob("*.parts")).open("w") as file:
        file.write("1\n")

    with pytest.raises(Damaged):
        drafts.save(NAME, path, resume=True)
    assert names(tmp_path) == []
    drafts.save(NAME, path, resume=True)
    assert path.read_bytes() == DATA


@pytest.mark.parametrize("resume", [False, True], ids=["passing", "to be resumed"])
def test_called_off(drafts: Place, tmp_path: Path, resume: bool) -> None:
    """No file is there; what came stays only where it is to be gone on with."""
    told = Told(cancel_at=6_000_000)

    with pytest.raises(Cancelled, match=r"'a\.bin' was called off"):
        drafts.save(NAME, tmp_path / "a.out", progress=told, cancel=told.cancel, resume=resume)
    assert len(names(tmp_path)) in ({1, 2} if resume else {0})
    assert not (tmp_path / "a.out").exists()
    assert told.done[-1][0] < len(DATA)


def test_replaced_while_it_is_read(drafts: Place, backend: Flaky, tmp_path: Path) -> None:
    """No file is made of two objects."""

    def replaced(what: str, number: int) -> None:
        if (what, number) == ("get", 3):
            backend.before = lambda *_: None
            with content(b"newer") as body:
                backend.put(At(drafts.there.bucket, f"drafts/{NAME}"), body, Attributes())

    backend.before = replaced
    with pytest.raises(Changed):
        drafts.save(NAME, tmp_path / "a.out")
    assert names(tmp_path) == []


@pytest.mark.requirement("CS-6")
def test_on_a_server(proxy: Proxy, tmp_path: Path) -> None:
    """Ranges of one object, none of them twice, also where one of them is cut off."""
    drafts, path = asking(proxy.url).prefix("files/drafts").at(), tmp_path / "a.out"
    drafts.put("saved.bin", DATA)
    proxy.calm()
    proxy.fault("status:500:InternalError", method="GET", times=1, spared=2)
    drafts.save("saved.bin", path)
    ranges = sorted(request.headers.get("range", "") for request in proxy.seen)

    assert path.read_bytes() == DATA
    assert len(ranges) == PARTS + 1
    assert len(set(ranges)) == PARTS
    matched = [request.headers.get("if-match") for request in proxy.seen if "range" in request.headers]
    assert set(matched) == {f'"{drafts.info("saved.bin").etag}"'}
