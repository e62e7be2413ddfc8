"""What does a write say whose answer was lost, or that others keep from being done?"""

from dataclasses import replace

import pytest

from bucketwright.storage import writing
from bucketwright.storage.backends.interface import Busy, Content, Lost
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.errors import AlreadyThere, Changed, InDoubt, Unreachable
from bucketwright.storage.opened import swapped
from bucketwright.storage.stored import At, Attributes, Condition, Stored
from tests.storage.contracts import place
from tests.storage.kept import content

GONE = Unreachable("the connection broke")


class Losing(Memory):
    """Loses the answers of writes: before they are done, after, or after somebody else wrote, too."""

    def __init__(self, when: str, *, unanswered: bool = True) -> None:
        super().__init__()
        self.when, self.unanswered, self.asked = when, unanswered, 0

    def put(self, at: At, content: Content, attributes: Attributes, condition: Condition = None) -> Stored:
        self.asked += 1
        if self.when in {"after", "replaced"}:
            super().put(at, content, attributes, condition)
        if self.when == "replaced":
            super().put(at, content, replace(attributes, cache_control="another's", metadata={}))
        raise Lost(GONE, unanswered=self.unanswered)

    def head(self, at: At) -> Stored:
        if self.when == "unseen":
            raise GONE
        found = super().head(at)
        return replace(found, etag="another's") if found.cache_control else found


@pytest.mark.requirement("TU-5")
@pytest.mark.parametrize("address", ["files/pointers", "files/drafts"])
def test_a_write_that_was_done_says_so(address: str) -> None:
    """The object is found by the id of the write: no error, and no second write."""
    with swapped(backend := Losing("after")):
        written = place(address).put("latest", b"1")

        assert (backend.asked, written.etag) == (1, place(address).info("latest").etag)


@pytest.mark.parametrize(
    ("when", "unanswered", "error", "told"),
    [
        ("before", True, InDoubt, "may still come"),
        ("before", False, Unreachable, "the connection broke"),
        ("unseen", True, InDoubt, "could not be looked for"),
        ("unseen", False, InDoubt, "could not be looked for"),
        ("replaced", True, AlreadyThere, "already"),
    ],
    ids=["nobody heard", "answered with an error", "nobody can look", "nor then", "another is there"],
)
def test_a_creation_that_was_lost(when: str, unanswered: bool, error: type[Exception], told: str) -> None:
    """It is there, or it is not, or nobody can tell: nothing else is said."""
    with swapped(Losing(when, unanswered=unanswered)), pytest.raises(error, match=told):
        place("files/pointers").put("latest", b"1")


@pytest.mark.parametrize(
    ("when", "unanswered", "error", "told"),
    [
        ("before", True, InDoubt, "may still come"),
        ("before", False, Unreachable, "the connection broke"),
        ("replaced", True, InDoubt, "others wrote since"),
    ],
    ids=["nobody heard", "answered with an error", "others wrote since"],
)
def test_a_replacement_that_was_lost(when: str, unanswered: bool, error: type[Exception], told: str) -> None:
    """Ours may have been read before another replaced it: who counts must not count twice."""
    with swapped(backend := Losing(when, unanswered=unanswered)):
        pointers = place("files/pointers")
        with content(b"0") as body:
            first = Memory.put(backend, At(pointers.there.bucket, "pointers/latest"), body, Attributes())

        with pytest.raises(error, match=told):
            pointers.put("latest", b"1", over=first.etag)


class Crowded(Memory):
    """Others write the same key so many times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.left = times

    def put(self, at: At, content: Content, attributes: Attributes, condition: Condition = None) -> Stored:
        if self.left:
            self.left -= 1
            raise Busy("a conflicting operation is under way")
        return super().put(at, content, attributes, condition)


@pytest.mark.requirement("AP-4")
def test_a_conflict_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """With longer and longer waits, that differ from rival to rival."""
    waits: list[float] = []
    monkeypatch.setattr(writing, "sleep", waits.append)
    with swapped(Crowded(4)):
        place("files/pointers").put("latest", b"1")

        assert place("files/pointers").get("latest") == b"1"
    assert len(waits) == 4
    for number, wait in enumerate(waits):
        assert 0.025 * 2**number <= wait <= 0.05 * 2**number


def test_a_conflict_that_does_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """After six tries it is said, and nothing was written."""
    waits: list[float] = []
    monkeypatch.setattr(writing, "sleep", waits.append)
    with swapped(Crowded(100)):
        with pytest.raises(Changed, match="try again"):
            place("files/pointers").put("latest", b"1")
        assert not place("files/pointers").exists("latest")
    assert len(waits) == 6
