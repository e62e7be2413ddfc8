"""Is an object of others ever taken for ours, or lost by what we do to ours, where they come in between?"""

from collections.abc import Callable

import pytest

from bucketwright.storage.backends import s3_requests
from bucketwright.storage.backends.interface import Lost
from bucketwright.storage.backends.s3_requests import Asking, Params, Values
from bucketwright.storage.errors import AlreadyThere, Changed, InDoubt, Refused
from bucketwright.storage.place import Place
from bucketwright.storage.stored import At, Attributes, Condition, IfAbsent, IfMatch
from tests.faults.proxy import Proxy
from tests.storage.contracts import asking
from tests.storage.kept import content

LARGE = b"m" * 7_000_000


@pytest.fixture
def drafts(proxy: Proxy) -> Place:
    return asking(proxy.url).prefix("files/drafts").at()


@pytest.fixture
def deaf(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server hears no conditions, as MinIO does not those of deletions."""
    monkeypatch.setattr(s3_requests, "condition_params", lambda _condition: {})


def after(monkeypatch: pytest.MonkeyPatch, operation: str, then: Callable[[], object]) -> None:
    """Something happens as soon as a write is done, before anybody can look."""
    real = Asking.written

    def written(self: Asking, name: str, at: object, params: Params, condition: Condition = None) -> Values:
        answer = real(self, name, at, params, condition)  # type: ignore[arg-type]  # passed on as it came
        if name == operation:
            then()
        return answer

    monkeypatch.setattr(Asking, "written", written)


@pytest.mark.requirement("TU-5")
def test_a_large_write_tells_of_its_own_object(
    drafts: Place, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What others write at once after it is not said to be ours, and so not replaced unread."""
    after(monkeypatch, "CompleteMultipartUpload", lambda: drafts.put("between.txt", b"others'"))
    mine = drafts.put("between.txt", LARGE)

    assert (mine.size, mine.etag == drafts.info("between.txt").etag) == (len(LARGE), False)
    with pytest.raises(Changed):
        drafts.put("between.txt", b"over what I wrote", over=mine.etag)
    assert drafts.get("between.txt") == b"others'"


@pytest.mark.requirement("AP-8")
def test_a_large_write_looks_at_nothing_afterwards(drafts: Place, proxy: Proxy) -> None:
    """The last answer says all that is told; the parts say the rest."""
    written = drafts.put("unlooked.txt", LARGE)

    assert [request.method for request in proxy.seen] == ["POST", "PUT", "PUT", "POST"]
    assert written.etag == drafts.info("unlooked.txt").etag


@pytest.mark.usefixtures("deaf")
def test_a_deletion_on_a_server_that_hears_no_condition(drafts: Place) -> None:
    """What has changed since it was read stays, and what is gone is said to be."""
    old = drafts.put("deaf.txt", b"old").etag
    new = drafts.put("deaf.txt", b"newer").etag

    with pytest.raises(Changed, match="has changed"):
        drafts.delete("deaf.txt", over=old)
    assert drafts.get("deaf.txt") == b"newer"
    drafts.delete("deaf.txt", over=new)
    with pytest.raises(Changed, match="is gone"):
        drafts.delete("deaf.txt", over=new)


@pytest.mark.usefixtures("deaf")
@pytest.mark.parametrize(
    ("condition", "error"), [(IfAbsent(), AlreadyThere), (IfMatch("0" * 32), Changed)], ids=["new", "read"]
)
def test_an_upload_on_a_server_that_hears_no_condition(
    drafts: Place, condition: Condition, error: type[Exception]
) -> None:
    """What came to be there while the parts were sent stays."""
    backend, at = drafts.home.backend, At(drafts.there.bucket, "drafts/meanwhile.txt")
    upload_id = backend.begin(at, Attributes())
    with content(b"upload") as body:
        part = backend.send(at, upload_id, 1, body)
    drafts.put("meanwhile.txt", b"meanwhile")

    with pytest.raises(error):
        backend.finish(at, upload_id, [part], condition)
    assert drafts.get("meanwhile.txt") == b"meanwhile"


@pytest.mark.parametrize(
    ("changed", "error"), [(True, InDoubt), (False, Refused)], ids=["others wrote", "the same is there"]
)
def test_an_attempt_that_may_have_been_done(
    drafts: Place, proxy: Proxy, monkeypatch: pytest.MonkeyPatch, *, changed: bool, error: type[Exception]
) -> None:
    """An error was answered, and another object is there: nobody can tell who deleted the one that was."""

    def broken(_self: Asking, _name: str, at: At, _params: Params, _condition: Condition = None) -> Values:
        raise Lost(Refused("the server is broken", at.key), unanswered=False)

    etag = drafts.put("twice.txt", b"text").etag
    if changed:
        drafts.put("twice.txt", b"newer")
        monkeypatch.setattr(Asking, "keep_beforehand", lambda *_: None)
    monkeypatch.setattr(Asking, "written", broken)

    with pytest.raises(error):
        drafts.delete("twice.txt", over=etag)
