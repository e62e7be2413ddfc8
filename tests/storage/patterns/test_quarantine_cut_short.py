"""Does a scan stay right when others meddle with it, or it is interrupted?"""

from dataclasses import replace

import pytest

from bucketwright.storage import Denied
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.stored import At, Stored
from tests.storage.patterns.waiting_room import (
    BUCKET,
    KEY,
    VIRUS,
    Finds,
    Meddling,
    calm,
    contents,
    room,
    scanned_by,
    upload,
)

FIRST_CLEAN, NEXT_CLEAN = b"the first file", b"another file"


@pytest.mark.requirement("FP-13")
@pytest.mark.parametrize("step", range(12))
@pytest.mark.parametrize("second", [VIRUS, NEXT_CLEAN], ids=["by an infected one", "by a clean one"])
@pytest.mark.parametrize("first", [FIRST_CLEAN, VIRUS], ids=["clean", "infected"])
def test_an_upload_is_replaced(first: bytes, second: bytes, step: int) -> None:
    """At whatever moment: nothing that is infected is ever released, and nothing that was not scanned."""
    backend, scanner = Meddling(), Finds()
    storage = room(backend)
    upload(backend, first, KEY)
    passed: list[str] = []

    def meddle(told: str) -> None:
        passed.append(told)
        if len(passed) == step + 1:
            backend.before = calm
            upload(backend, second, KEY)

    backend.before = meddle
    here = scanned_by(scanner, storage)
    here.scan(KEY)
    backend.before = calm
    released = contents(storage.prefix("uploads/clean").at(case_id=7))
    assert VIRUS not in released.values()
    assert set(released.values()) <= {*scanner.seen}
    waiting = contents(storage.prefix("uploads/waiting").at(case_id=7))
    if len(passed) > step:  # what came in its place was not lost unseen
        assert second in waiting.values() or second in scanner.seen


@pytest.mark.requirement("FP-13")
def test_an_upload_is_replaced_by_one_of_the_same_etag() -> None:
    """Two contents of one MD5 are easily made: what was scanned is released, whatever is there now."""
    backend = Memory()
    upload(backend, FIRST_CLEAN, KEY)
    storage, at = room(backend), At(BUCKET, KEY)

    def replaced() -> None:
        backend._objects[at] = replace(backend._objects[at], content=VIRUS)

    assert scanned_by(Finds(meanwhile=replaced), storage).scan(KEY).end == "released"
    assert contents(storage.prefix("uploads/clean").at(case_id=7)) == {"a.txt": FIRST_CLEAN}


@pytest.mark.requirement("FP-13")
@pytest.mark.parametrize("step", range(12))
@pytest.mark.parametrize(
    ("address", "clean"),
    [("waiting", "clean"), ("strict", "suffixed")],
    ids=["an error at a clash", "a suffix"],
)
@pytest.mark.parametrize("taken", [False, True], ids=["a free name", "a name that is taken"])
def test_a_scan_is_cut_short(address: str, clean: str, step: int, taken: bool) -> None:
    """And taken up again: the file is released once, or waits where it may not be."""
    backend = Meddling()
    storage = room(backend)
    goal = storage.prefix(f"uploads/{clean}").at(case_id=7)
    key = f"{address}/7/a.txt"
    if taken:
        goal.put("a.txt", b"of somebody else")
    upload(backend, FIRST_CLEAN, key)
    backend.interrupt(step)
    here = scanned_by(Finds(), storage, address)
    try:
        here.scan(key)
    except KeyboardInterrupt:
        backend.before = calm
        here.scan(key)
    backend.before = calm
    released = [data for data in contents(goal).values() if data == FIRST_CLEAN]
    waiting = [row.key for row in backend.rows(BUCKET, f"{address}/")]
    refused = taken and clean == "clean"
    assert (len(released), waiting) == ((0, [key]) if refused else (1, []))


def test_two_files_of_one_name() -> None:
    """Where the contract wants a suffix both are there; the same content is not written twice."""
    backend = Memory()
    storage = room(backend)
    here = scanned_by(Finds(), storage, "strict")
    for data in (b"one", b"two", b"two", b"one"):
        upload(backend, data, "strict/7/a.txt")
        assert here.scan("strict/7/a.txt").end == "released"

    found = contents(storage.prefix("uploads/suffixed").at(case_id=7))
    assert sorted(found.values()) == [b"one", b"two"]
    assert "a.txt" in found
    assert all(name.endswith(".txt") for name in found)


def test_a_scanner_that_may_not_look_where_clean_files_go() -> None:
    """It cannot know its own release again: the upload waits, and nothing is written over."""

    class Blind(Memory):
        def head(self, at: At) -> Stored:
            if at.key.startswith("clean/"):
                raise Denied("you may not", at.key)
            return super().head(at)

    backend = Blind()
    storage = room(backend)
    storage.prefix("uploads/clean").at(case_id=7).put("a.txt", FIRST_CLEAN)
    upload(backend, FIRST_CLEAN, KEY)
    outcome = scanned_by(Finds(), storage).scan(KEY)

    assert outcome.end == "waiting"
    assert "there is an object" in outcome.told
