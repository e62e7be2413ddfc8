"""Is an object ever lost by a move that does not end well?"""

from collections.abc import Callable

import pytest

from bucketwright.storage import Storage
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.errors import Changed, Denied, InDoubt, StorageError, Unreachable
from bucketwright.storage.opened import swapped
from bucketwright.storage.place import Place
from bucketwright.storage.stored import At, IfMatch, Stored
from tests.faults.proxy import Proxy
from tests.storage.contracts import PDF, asking, contract


class Troubled(Memory):
    """Something comes between a move and its deletion of what it moved."""

    def __init__(
        self, instead: Callable[["Troubled", At, IfMatch | None], None], unseen: StorageError | None = None
    ) -> None:
        super().__init__()
        self._instead, self._unseen, self.met = instead, unseen, False

    def delete(self, at: At, condition: IfMatch | None = None) -> None:
        if self.met:
            super().delete(at, condition)
            return
        self.met = True
        self._instead(self, at, condition)

    def head(self, at: At) -> Stored:
        if self.met and self._unseen is not None:
            raise self._unseen
        return super().head(at)


def done(error: StorageError) -> Callable[[Troubled, At, IfMatch | None], None]:
    """It is deleted, and an error is what is told."""

    def instead(backend: Troubled, at: At, condition: IfMatch | None) -> None:
        backend.delete(at, condition)
        raise error

    return instead


def not_done(error: StorageError) -> Callable[[Troubled, At, IfMatch | None], None]:
    """It is not deleted."""

    def instead(_backend: Troubled, _at: At, _condition: IfMatch | None) -> None:
        raise error

    return instead


def places(backend: Memory, to: str) -> tuple[Place, Place]:
    """Where an object is, and where it goes."""
    with swapped(backend):
        storage = Storage.in_memory(contract(), "dev")
        drafts = storage.prefix("files/drafts").at()
        drafts.put("a.pdf", PDF)
        return drafts, storage.prefix(to).at()


LOST = InDoubt("the deletion was not answered")
DENIED = Denied("these credentials may not")


@pytest.mark.requirement("TU-5")
@pytest.mark.parametrize("to", ["files/papers", "files/pages"], ids=["new", "over what may be there"])
@pytest.mark.parametrize(
    ("instead", "unseen", "told"),
    [
        (done(LOST), None, "is gone"),
        (done(DENIED), None, "is gone"),
        (done(LOST), DENIED, "may be gone or not"),
        (done(Unreachable("nobody answered")), Unreachable("nor now"), "may be gone or not"),
        (not_done(LOST), None, "is still there"),
        (not_done(Unreachable("nobody answered")), None, "is still there"),
    ],
    ids=[
        "done and not answered",
        "done and said to be denied",
        "done, and nobody may look",
        "done, and nobody answers any more",
        "under way still",
        "not heard",
    ],
)
def test_the_copy_stays_where_it_may_be_all_there_is(
    to: str,
    instead: Callable[[Troubled, At, IfMatch | None], None],
    unseen: StorageError | None,
    told: str,
) -> None:
    """An error says what is known of both; nothing more is deleted."""
    backend = Troubled(instead, unseen)
    drafts, target = places(backend, to)
    with swapped(backend):
        with pytest.raises(InDoubt, match=told):
            drafts.move("a.pdf", to=target)

        assert target.get("a.pdf") == PDF


@pytest.mark.requirement("TU-5")
def test_two_movers_to_one_name() -> None:
    """One is told that it is done, the other that it is gone; the object is at its new place."""

    def other_was_quicker(_backend: Troubled, at: At, condition: IfMatch | None) -> None:
        drafts.move("a.pdf", to=pages)
        backend.delete(at, condition)

    backend = Troubled(other_was_quicker)
    drafts, pages = places(backend, "files/pages")
    with swapped(backend):
        with pytest.raises(InDoubt, match="is gone"):
            drafts.move("a.pdf", to=pages)

        assert (pages.get("a.pdf"), drafts.exists("a.pdf")) == (PDF, False)


def test_a_copy_that_another_may_have_written() -> None:
    """Over what was there nothing is taken away: it may be another's, who has deleted the original since."""
    backend = Troubled(not_done(DENIED))
    drafts, pages = places(backend, "files/pages")
    with swapped(backend):
        with pytest.raises(Denied, match="is still there"):
            drafts.move("a.pdf", to=pages)

        assert (pages.get("a.pdf"), drafts.get("a.pdf")) == (PDF, PDF)


def test_a_copy_that_cannot_be_taken_away() -> None:
    """Both are there, and that is said."""

    def denied(_backend: Troubled, _at: At, _condition: IfMatch | None) -> None:
        backend.met = False
        raise DENIED

    backend = Troubled(denied)
    drafts, papers = places(backend, "files/papers")
    with swapped(backend):
        with pytest.raises(Denied, match=r"papers/a.pdf' was written.*is still there"):
            drafts.move("a.pdf", to=papers)

        assert (papers.get("a.pdf"), drafts.get("a.pdf")) == (PDF, PDF)


def test_what_others_wrote_meanwhile() -> None:
    """It stays, and the copy of what they replaced goes."""

    def replaced(_backend: Troubled, at: At, condition: IfMatch | None) -> None:
        drafts.put("a.pdf", PDF + b"newer")
        backend.delete(at, condition)

    backend = Troubled(replaced)
    drafts, papers = places(backend, "files/papers")
    with swapped(backend):
        with pytest.raises(Changed):
            drafts.move("a.pdf", to=papers)

        assert (drafts.get("a.pdf"), papers.exists("a.pdf")) == (PDF + b"newer", False)


@pytest.mark.requirement("TU-5")
def test_on_a_server_that_lets_nobody_look(proxy: Proxy) -> None:
    """The deletion is done, its answers are lost, and a look is denied, as S3 does to who may not list."""
    storage = asking(proxy.url)
    drafts, pages = storage.prefix("files/drafts").at(), storage.prefix("files/pages").at()
    drafts.put("halfway.txt", b"text")
    proxy.fault("after", method="DELETE")
    looks = 2  # by the copy, and before the deletion
    proxy.fault("status:403:AccessDenied", spared=looks, method="HEAD")

    with pytest.raises(InDoubt, match="may be gone or not"):
        drafts.move("halfway.txt", to=pages)
    proxy.calm()
    assert (drafts.exists("halfway.txt"), pages.get("halfway.txt")) == (False, b"text")
