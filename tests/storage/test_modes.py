"""What does a write do where the key is taken?"""

from uuid import UUID

import pytest

from bucketwright.storage import Refused
from bucketwright.storage.errors import AlreadyThere, Changed
from tests.storage.contracts import PDF, beside, place

SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
"""Of `test`."""


@pytest.mark.requirement("AP-4")
def test_a_clash_is_an_error() -> None:
    """Where the contract says no more, what is there stays."""
    documents = place("files/documents", case_id=7)
    documents.put("a.txt", b"first")

    with pytest.raises(AlreadyThere):
        documents.put("a.txt", b"second")
    assert documents.get("a.txt") == b"first"


@pytest.mark.requirement("AP-4")
@pytest.mark.parametrize("name", ["a.pdf", "v1.2/a.b.pdf", "a.PDF", "x" * 1012 + ".pdf", "é" * 505 + ".pdf"])
def test_a_clash_gets_a_suffix(name: str) -> None:
    """Where the contract wants one: before the extension, and the key stays a key."""
    papers = place("files/papers")
    first, second, third = (papers.put(name, PDF + str(number).encode()) for number in range(3))

    assert first.name == name
    assert len({first.name, second.name, third.name}) == 3
    assert second.name.endswith(name[-4:])
    assert second.name.startswith(name[:-4][:10])
    assert len(second.key.encode()) <= 1024
    assert papers.get(second.name) == PDF + b"1"
    assert [row.size for row in papers.list()] == [len(PDF) + 1] * 3


def test_a_suffix_leaves_double_extensions_whole() -> None:
    """What the contract goes by stays at the end."""
    papers = place("files/papers")
    papers.put("a.tar.gz", b"\x1f\x8b1")

    assert papers.put("a.tar.gz", b"\x1f\x8b2").name.endswith(".tar.gz")


def test_no_suffix_where_names_have_no_room() -> None:
    """A template of names that leaves no room for one makes the clash an error."""
    messages, name = place("files/messages"), f"{UUID(int=7)}.json"
    messages.put(name, b"{}")

    with pytest.raises(AlreadyThere):
        messages.put(name, b"[]")


def test_overwriting() -> None:
    """Where the contract says so the last writer wins, or the one who read what is there."""
    drafts = place("files/drafts")
    first = drafts.put("a.txt", b"first")
    second = drafts.put("a.txt", b"second")

    with pytest.raises(Changed):
        drafts.put("a.txt", b"third", over=first.etag)
    drafts.put("a.txt", b"third", over=second.etag)
    assert drafts.get("a.txt") == b"third"


def test_only_what_was_read_is_replaced() -> None:
    """if-unchanged: first nothing may be there, then only what has the ETag that was read."""
    pointers = place("files/pointers")
    first = pointers.put("latest", b"1")
    with pytest.raises(AlreadyThere):
        pointers.put("latest", b"2")
    with pointers.open("latest") as file:
        assert file.read() == b"1"
        second = pointers.put("latest", b"2", over=file.info.etag)

    with pytest.raises(Changed):
        pointers.put("latest", b"3", over=first.etag)
    assert pointers.info("latest").etag == second.etag
    pointers.delete("latest")
    with pytest.raises(Changed):
        pointers.put("latest", b"3", over=second.etag)


def test_nobody_replaces_where_the_contract_only_creates() -> None:
    """Not even who has read what is there."""
    documents = place("files/documents", case_id=7)
    etag = documents.put("a.txt", b"first").etag

    with pytest.raises(Refused, match="only creates"):
        documents.put("a.txt", b"second", over=etag)


@pytest.mark.requirement("FP-11")
def test_content_under_its_hash() -> None:
    """It is stored under that hash alone, once, and caches may keep it for ever."""
    blobs = place("files/blobs", head=SHA[:2])
    blobs.put(SHA, b"test")

    assert blobs.info(SHA).cache_control == "max-age=31536000, immutable"
    with pytest.raises(AlreadyThere):
        blobs.put(SHA, b"test")
    with pytest.raises(Refused, match="not named by the hash of its content"):
        blobs.put("0" * 64, b"test")
    drafts = beside(blobs, "files/drafts")
    drafts.put("a.bin", b"other")
    with pytest.raises(Refused, match="not named by the hash"):
        drafts.copy("a.bin", to=blobs, as_name="0" * 64)
