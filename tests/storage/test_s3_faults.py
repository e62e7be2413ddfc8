"""What does a storage say and do when a server, or the way to it, fails?"""

from collections.abc import Callable
from pathlib import Path

import pytest

from bucketwright.storage.backends.s3_requests import Asking, Params, Values
from bucketwright.storage.errors import (
    AlreadyThere,
    Changed,
    Denied,
    InDoubt,
    Misconfigured,
    NotFound,
    StorageError,
    Unreachable,
)
from bucketwright.storage.place import Place
from bucketwright.storage.stored import At, Condition
from tests.faults.proxy import Proxy
from tests.storage.contracts import PDF, asking

BUCKET = "shelf-dev-files"


@pytest.fixture
def pointers(proxy: Proxy) -> Place:
    """A place where every write is conditional."""
    return asking(proxy.url).prefix("files/pointers").at()


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """A name of the test's own."""
    return str(request.node.name).replace("[", "/").strip("]")


def sent(proxy: Proxy, method: str) -> int:
    return sum(request.method == method for request in proxy.seen)


@pytest.mark.requirement("TU-5")
@pytest.mark.parametrize("times", [1, 3], ids=["once", "always"])
def test_a_write_whose_answer_is_lost(pointers: Place, proxy: Proxy, name: str, times: int) -> None:
    """It was done, whether the next attempt is refused for that, or none is answered: it is found."""
    proxy.fault("after", method="PUT", times=times)
    written = pointers.put(name, b"text")

    assert pointers.get(name) == b"text"
    assert written.etag == pointers.info(name).etag
    assert sent(proxy, "PUT") == min(times + 1, 3)


def test_a_write_that_never_arrived(pointers: Place, proxy: Proxy, name: str) -> None:
    """Nobody can tell whether it is still under way: neither done nor failed is said."""
    proxy.fault("reset", method="PUT")

    with pytest.raises(InDoubt, match="may still come"):
        pointers.put(name, b"text")


@pytest.mark.requirement("CS-11")
@pytest.mark.parametrize("fault", ["status:503:SlowDown", "status:500:InternalError", "reset", "html502"])
def test_a_fault_that_passes(pointers: Place, proxy: Proxy, name: str, fault: str) -> None:
    """The next attempt writes the same content, once."""
    proxy.fault(fault, method="PUT", times=1)
    pointers.put(name, b"text" * 50_000)

    assert pointers.get(name) == b"text" * 50_000


@pytest.mark.requirement("TU-5")
@pytest.mark.parametrize("fault", ["status:503:SlowDown", "status:500:InternalError"])
def test_a_fault_that_stays(pointers: Place, proxy: Proxy, name: str, fault: str) -> None:
    """After three attempts it is an error, and nothing is there."""
    proxy.fault(fault, method="PUT")

    with pytest.raises((Unreachable, StorageError)) as caught:
        pointers.put(name, b"text")
    assert not isinstance(caught.value, InDoubt)
    assert sent(proxy, "PUT") == 3
    proxy.calm()
    assert not pointers.exists(name)


@pytest.mark.requirement("AP-8")
def test_a_write_is_one_request(pointers: Place, proxy: Proxy, name: str) -> None:
    """No look before, none after; a read is one, too. Only where the key is taken somebody looks by whom."""
    pointers.put(name, b"text")
    assert pointers.get(name) == b"text"
    assert [request.method for request in proxy.seen] == ["PUT", "GET"]
    proxy.calm()

    with pytest.raises(AlreadyThere):
        pointers.put(name, b"other")
    assert [request.method for request in proxy.seen] == ["PUT", "HEAD"]


@pytest.mark.requirement("TU-5")
def test_a_write_that_arrives_twice(pointers: Place, proxy: Proxy, name: str) -> None:
    """What is answered to the second copy of a request is no reason to call the first one undone."""
    proxy.fault("dup", method="PUT", times=1)
    first = pointers.put(name, b"text")
    proxy.fault("dup", method="PUT", times=1)
    second = pointers.put(name, b"newer", over=first.etag)

    assert pointers.get(name) == b"newer"
    assert pointers.info(name).etag == second.etag


@pytest.mark.requirement("AP-4")
def test_a_conflict_is_tried_again(pointers: Place, proxy: Proxy, name: str) -> None:
    """409 says that another conditional write is under way: ours is sent once more."""
    proxy.fault("status:409:ConditionalRequestConflict", method="PUT", times=2)
    pointers.put(name, b"text")

    assert sent(proxy, "PUT") == 3
    assert pointers.get(name) == b"text"


def test_what_was_read_is_gone(pointers: Place, proxy: Proxy, name: str) -> None:
    """412 and 404 say the same to who replaces what was read: it is no longer that."""
    etag = pointers.put(name, b"text").etag
    pointers.delete(name)

    with pytest.raises(Changed):
        pointers.put(name, b"other", over=etag)
    pointers.put(name, b"newer")
    with pytest.raises(Changed):
        pointers.put(name, b"other", over=etag)


@pytest.mark.requirement("TU-5")
def test_a_lost_answer_to_a_deletion(pointers: Place, proxy: Proxy, name: str) -> None:
    """What is gone was deleted."""
    etag = pointers.put(name, b"text").etag
    proxy.fault("after", method="DELETE", times=1)
    pointers.delete(name, over=etag)

    assert not pointers.exists(name)


def test_a_deletion_that_never_arrived(pointers: Place, proxy: Proxy, name: str) -> None:
    """Nobody can tell whether it is still under way: neither done nor failed is said."""
    pointers.put(name, b"text")
    proxy.fault("reset", method="DELETE")

    with pytest.raises(InDoubt, match="may still be"):
        pointers.delete(name)
    assert pointers.exists(name)


@pytest.mark.parametrize(
    "faults",
    [
        [("after", "DELETE", 3), ("status:403:AccessDenied", "HEAD", 1)],
        [("reset", "DELETE", 1), ("status:409:OperationAborted", "DELETE", 1)],
    ],
    ids=["nobody may look", "an attempt of its own is in its way"],
)
def test_a_deletion_in_doubt(
    pointers: Place, proxy: Proxy, name: str, faults: list[tuple[str, str, int]]
) -> None:
    """Whoever would undo something because of it has to know that it may have been done, or may still be."""
    pointers.put(name, b"text")
    for spelling, method, times in faults:
        proxy.fault(spelling, method=method, times=times)

    with pytest.raises(InDoubt):
        pointers.delete(name)


@pytest.mark.parametrize(
    "fault", ["status:500:InternalError", "status:403:AccessDenied"], ids=["broken", "denied"]
)
def test_a_deletion_that_is_answered(pointers: Place, proxy: Proxy, name: str, fault: str) -> None:
    """It was not done, and is said not to be, where the very object is still there."""
    etag = pointers.put(name, b"text").etag
    proxy.fault(fault, method="DELETE")

    with pytest.raises(StorageError) as caught:
        pointers.delete(name, over=etag)
    assert not isinstance(caught.value, InDoubt)
    assert pointers.exists(name)


def test_a_conflict_elsewhere_is_said(pointers: Place, proxy: Proxy, name: str) -> None:
    """409 to a deletion or a look is an error like any other, and not the backend's own word for it."""
    proxy.fault("status:409:OperationAborted")

    with pytest.raises(Changed, match="try again"):
        pointers.delete(name)
    with pytest.raises(StorageError, match="others are at"):
        pointers.tags(name)


@pytest.mark.requirement("TU-5")
@pytest.mark.parametrize("times", [1, 3], ids=["once", "always"])
def test_a_large_write_whose_last_answer_is_lost(proxy: Proxy, name: str, times: int) -> None:
    """The upload is complete, and known to be; nothing of it is left over."""
    papers = asking(proxy.url).prefix("files/papers").at()
    proxy.fault("after", method="POST", query="uploadId", times=times)
    written = papers.put(f"{name}.pdf", PDF + b"x" * 6_000_000)

    assert written.name == f"{name}.pdf"
    assert papers.info(written.name).size == len(PDF) + 6_000_000
    assert list(papers.home.backend.uploads(BUCKET, papers.path)) == []


def test_a_large_write_that_fails(pointers: Place, proxy: Proxy, name: str) -> None:
    """A part that cannot be sent ends the upload, and its parts are given up."""
    proxy.fault("status:403:AccessDenied", spared=1, method="PUT", query="partNumber")

    with pytest.raises(Denied):
        pointers.put(
            name,
            b"\x00" * 11_000_000,
        )
    assert list(pointers.home.backend.uploads(BUCKET, pointers.path)) == []
    assert not pointers.exists(name)


@pytest.mark.requirement("CS-6")
@pytest.mark.parametrize("times", [1, 3], ids=["once", "often"])
def test_a_read_that_is_cut_off(pointers: Place, proxy: Proxy, name: str, times: int) -> None:
    """The rest is asked for, from where it broke."""
    data = bytes(range(256)) * 4_000
    pointers.put(name, data)
    proxy.fault("cut", method="GET", times=times)

    assert pointers.get(name) == data
    assert sent(proxy, "GET") == times + 1


@pytest.mark.requirement("CS-12")
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("status:403:AccessDenied", Denied),
        ("status:500:InternalError", StorageError),
        ("status:503:SlowDown", Unreachable),
        ("status:301:PermanentRedirect", Misconfigured),
        ("status:400:BadRequest", StorageError),
        ("reset", Unreachable),
    ],
    ids=["denied", "broken", "busy", "elsewhere", "odd", "no connection"],
)
def test_nobody_knows_whether_it_is_there(
    pointers: Place, proxy: Proxy, name: str, fault: str, error: type[StorageError]
) -> None:
    """Only 404 is False; whatever else comes is an error."""
    assert not pointers.exists(name)
    proxy.fault(fault, method="HEAD")

    with pytest.raises(error) as caught:
        pointers.exists(name)
    assert not isinstance(caught.value, NotFound)


@pytest.mark.requirement("TU-5")
@pytest.mark.parametrize("page", ["html200", "empty200"])
def test_a_page_of_a_proxy_is_no_answer(
    pointers: Place, proxy: Proxy, name: str, page: str, tmp_path: Path
) -> None:
    """Nobody is told that a write was done, content read or an object deleted that the server never saw."""
    pointers.put(name, b"text")
    (tmp_path / "file").write_bytes(b"before")
    proxy.fault(page, method="GET")
    for read in (
        lambda: pointers.get(name),
        lambda: pointers.range(name, 0, 1),
        lambda: [*pointers.stream(name)],
        lambda: pointers.save(name, tmp_path / "file"),
    ):
        with pytest.raises(Unreachable, match="gave no sound answer"):
            read()
    assert (tmp_path / "file").read_bytes() == b"before"
    proxy.calm()
    proxy.fault(page, method="PUT")
    with pytest.raises(InDoubt, match="was not there when looked for"):
        pointers.put(f"{name}-new", b"text")
    if page == "html200":
        proxy.fault(page, method="DELETE")
        with pytest.raises(InDoubt, match="is not done, and may still be"):
            pointers.delete(name)
    proxy.calm()
    assert [pointers.get(name), pointers.exists(f"{name}-new")] == [b"text", False]


def test_a_page_in_place_of_a_part(proxy: Proxy, name: str) -> None:
    """The upload may well go on later: it is no fault of what was sent."""
    drafts = asking(proxy.url).prefix("files/drafts").at()
    proxy.fault("html200", method="PUT", query="partNumber")

    with pytest.raises(Unreachable, match="gave no sound answer"):
        drafts.put(name, bytes(7_000_000))


def test_a_proxy_that_knows_no_ranges(pointers: Place, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Other bytes than were asked for are an error, and no content."""
    pointers.put(name, b"0123456789")
    sent = Asking.asked

    def without_range(
        one: Asking, operation: str, at: At, params: Params, condition: Condition = None
    ) -> Values:
        kept = {name: value for name, value in params.items() if name != "Range"}
        return sent(one, operation, at, kept, condition)

    monkeypatch.setattr(Asking, "asked", without_range)

    assert pointers.range(name, 0, 20) == b"0123456789"
    with pointers.open(name) as file:
        assert file.read() == b"0123456789"
        file.seek(6)
        reads: list[Callable[[], bytes]] = [
            lambda: pointers.range(name, 3, 5),
            lambda: pointers.range(name, 0, 1),
            lambda: file.read(2),
        ]
        for read in reads:
            with pytest.raises(Misconfigured, match="or a proxy on the way, does not know Range"):
                read()
