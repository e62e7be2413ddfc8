"""Do the files of a session stay together, and go when it has succeeded?"""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from bucketwright.contract.loading import read
from bucketwright.storage import (
    AlreadyThere,
    Denied,
    InDoubt,
    Misconfigured,
    Refused,
    Storage,
    StorageError,
    Unreachable,
)
from bucketwright.storage.backends.interface import Content
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.opened import swapped
from bucketwright.storage.patterns.batches import Cleared
from bucketwright.storage.patterns.sessions import UploadSessions
from bucketwright.storage.patterns.together import put_all
from bucketwright.storage.stored import At, Attributes, Condition, IfMatch, Stored
from tests.storage.patterns.runs import contents, in_memory, place


class Broken(Memory):
    """Nothing can be listed."""

    def rows(self, bucket: str, prefix: str, after: str = "") -> Iterator[Stored]:
        raise Unreachable("no answer")


@pytest.mark.requirement("TU-2")
def test_a_session_that_succeeds() -> None:
    """All its files go at once, in every prefix, with what was not finished; those of others stay."""
    storage = in_memory()
    sessions = UploadSessions(storage)
    other = sessions.begin()
    other.place("incoming").put("a.pdf", b"%PDF-1.7")
    with sessions.begin() as session:
        session.place("incoming").put("a.pdf", b"%PDF-1.7")
        pages = session.place("pages", kind="thumbs")
        pages.put("1.png", b"\x89PNG\r\n\x1a\n")
        storage.opened.backend.begin(At(pages.there.bucket, f"{pages.path}2.png"), Attributes())

    assert session.cleared == Cleared(2, 1)
    assert [row.key for row in storage.opened.backend.rows(pages.there.bucket, "")] == [
        f"sessions/{other.id}/incoming/a.pdf"
    ]
    assert [*storage.opened.backend.uploads(pages.there.bucket, "")] == []


@pytest.mark.requirement("TU-2")
def test_a_session_that_fails() -> None:
    """Its files stay for another try, by its id, until the sweeper comes."""
    sessions = UploadSessions(in_memory())

    def fails() -> None:
        with sessions.of(UUID(int=7)) as session:
            session.place("incoming").put("a.pdf", b"%PDF-1.7")
            raise KeyError

    with pytest.raises(KeyError):
        fails()
    again = sessions.of("00000000-0000-0000-0000-000000000007")
    assert contents(again.place("incoming")) == {"a.pdf": b"%PDF-1.7"}
    assert again.finish() == Cleared(1)


def test_a_clean_up_that_fails() -> None:
    """The work was done, and that is no error; what is left is told, and the sweeper takes it."""
    with swapped(Broken()), UploadSessions(in_memory()).begin() as session:
        session.place("incoming").put("a.pdf", b"%PDF-1.7")

    assert session.cleared == Cleared(0, stopped="no answer")


@pytest.mark.requirement("TU-2")
def test_the_policy_of_a_session() -> None:
    """It names the keys of this session and of no other."""
    session, other = UploadSessions(in_memory()).begin(), uuid4()
    text = str(session.policy("worker", "incoming"))

    assert f"sessions/{session.id}/incoming/*" in text
    assert "pages" not in text
    assert str(other) not in text


@pytest.mark.parametrize("name", ["../7", "7", "", "00000000-0000-0000-0000-000000000007/x", "A" * 36])
def test_ids_that_are_none(name: str) -> None:
    """Only an id leads anywhere: nothing else becomes a part of a key, and nothing is deleted by it."""
    storage = in_memory()
    UploadSessions(storage).begin().place("incoming").put("a.pdf", b"%PDF-1.7")

    with pytest.raises(Refused, match="no id of a session"):
        UploadSessions(storage).of(name).finish()
    assert len([*storage.opened.backend.rows("works-dev-sessions", "")]) == 1


def test_a_prefix_that_sessions_do_not_have() -> None:
    """It is refused with those that they have, and one has to be named where there are several."""
    session = UploadSessions(in_memory()).begin()

    for name in ("", "kept"):
        with pytest.raises(Refused, match="incoming, pages"):
            session.place(name)
    with pytest.raises(Refused, match="no role 'nobody'"):
        session.policy("nobody", "incoming")


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("buckets: {files: {}}", "", "has none with 'temp'"),
        ("buckets: {files: {}}", "files", "no bucket 'files' with 'temp'"),
        ("buckets: {a: {temp: {session_ttl: 1 hour}, prefixes: {x: {path: 'x/{session}/'}}}}", "b", "'b'"),
    ],
    ids=["none", "another", "unknown"],
)
def test_contracts_without_sessions(text: str, name: str, told: str) -> None:
    """They are told, and so is a name that is none."""
    storage = Storage.in_memory(
        read(f"project: a\nregion: eu-west-1\nenvironments: {{dev: {{}}}}\n{text}", "c")
    )

    with pytest.raises(Misconfigured, match=told):
        UploadSessions(storage, name)


@pytest.mark.requirement("TU-5")
@pytest.mark.parametrize("address", ["files/kept", "files/careful"])
def test_several_files_or_none(address: str) -> None:
    """Where one of them fails, those before it are taken away again, and what was there stays."""
    there = place(in_memory(), address)
    there.put("c.txt", b"old")

    with pytest.raises(AlreadyThere):
        put_all(there, {"a.txt": b"1", "b.txt": b"2", "c.txt": b"3", "d.txt": b"4"})
    assert contents(there) == {"c.txt": b"old"}
    assert [one.name for one in put_all(there, {"a.txt": b"1", "b.txt": b"2"})] == ["a.txt", "b.txt"]


def test_what_was_overwritten_could_not_be_put_back() -> None:
    """So such a place takes several files one by one only."""
    with pytest.raises(Refused, match="cannot be put back"):
        put_all(place(in_memory(), "files/mirror"), {"a.txt": b"1"})


class Failing(Memory):
    """Stores b.txt with an answer that is lost, or refuses it; and deletes nothing where it is told so."""

    def __init__(self, error: StorageError, *, is_stored: bool, deletes: bool) -> None:
        super().__init__()
        self._error, self._is_stored, self._deletes = error, is_stored, deletes

    def put(self, at: At, content: Content, attributes: Attributes, condition: Condition = None) -> Stored:
        if at.key.endswith("b.txt") and not self._is_stored:
            raise self._error
        stored = super().put(at, content, attributes, condition)
        if at.key.endswith("b.txt"):
            raise self._error
        return stored

    def delete(self, at: At, condition: IfMatch | None = None) -> None:
        if not self._deletes:
            raise Denied("not allowed to delete", at.key)
        super().delete(at, condition)


@pytest.mark.requirement("TU-5")
def test_one_of_several_in_doubt() -> None:
    """It is told that it may be there; those before it are taken away."""
    with swapped(Failing(InDoubt("was not answered", "b"), is_stored=True, deletes=True)):
        there = place(in_memory(), "files/kept")
        told_so = r"^was not answered; this one may be there, or still come$"
        with pytest.raises(InDoubt, match=told_so) as told:
            put_all(there, {"a.txt": b"1", "b.txt": b"2"})
        assert contents(there) == {"b.txt": b"2"}
    assert told.value.key == "b"


def test_several_that_cannot_be_taken_away() -> None:
    """They are named; nobody believes that none is there."""
    with swapped(Failing(Unreachable("is away"), is_stored=False, deletes=False)):
        there = place(in_memory(), "files/kept")
        with pytest.raises(Unreachable, match=r"^is away; .* could not be taken away: a0.txt, a.txt$"):
            put_all(there, {"a.txt": b"1", "a0.txt": b"1", "b.txt": b"2"})
        assert set(contents(there)) == {"a.txt", "a0.txt"}
