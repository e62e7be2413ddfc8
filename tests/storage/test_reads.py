"""Is what is read what was written, in whatever way it is read?"""

import io
import tracemalloc
from pathlib import Path

import pytest

from bucketwright.storage import NotFound, Refused, Storage
from tests.storage.contracts import contract, place


@pytest.mark.requirement("TU-3")
@pytest.mark.requirement("CS-6")
def test_ways_to_read(tmp_path: Path) -> None:
    """As a whole, as a file, piece by piece, a range of it, into a file."""
    drafts, data = place("files/drafts"), bytes(range(256)) * 12_000
    drafts.put("a.bin", data)

    assert drafts.get("a.bin") == data
    with drafts.open("a.bin") as file:
        assert (file.read(3), file.seek(-2, io.SEEK_END), file.read()) == (data[:3], len(data) - 2, data[-2:])
        assert file.info.size == len(data)
    with drafts.stream("a.bin") as stream:
        pieces = list(stream)
    assert b"".join(pieces) == data
    assert len(pieces) > 1
    assert drafts.range("a.bin", 5, 9) == data[5:10]
    assert drafts.range("a.bin", len(data) - 3) == data[-3:]
    drafts.save("a.bin", tmp_path / "a.bin")
    assert (tmp_path / "a.bin").read_bytes() == data
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]


@pytest.mark.parametrize(
    ("first", "last"), [(-1, None), (3, 2), (-5, -1)], ids=["before", "backwards", "both"]
)
def test_ranges_that_are_none(first: int, last: int | None) -> None:
    """They are refused before anybody is asked: some servers would answer with the whole object."""
    with pytest.raises(Refused, match="counted from 0"):
        place("files/drafts").range("a.txt", first, last)


@pytest.mark.requirement("CS-6")
def test_what_is_too_large_for_memory() -> None:
    """It is not held at once, and the sentence says how to read it."""
    drafts = place("files/drafts")
    drafts.put("a.bin", b"\x00" * 6_000_001)

    with pytest.raises(Refused, match="use stream, open or save"):
        drafts.get("a.bin")
    assert sum(map(len, drafts.stream("a.bin"))) == 6_000_001


@pytest.mark.requirement("TU-5")
def test_a_file_is_saved_whole_or_not_at_all(tmp_path: Path) -> None:
    """Where nothing is to be read, what was there stays, and nothing else is left behind."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"before")

    with pytest.raises(NotFound):
        place("files/drafts").save("a.txt", path)
    assert path.read_bytes() == b"before"
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.requirement("CS-6")
@pytest.mark.requirement("TU-4")
def test_large_content_is_never_held(tmp_path: Path) -> None:
    """Neither a write of a file nor a stream or a copy takes more memory than some pieces."""
    large = tmp_path / "large.bin"
    with large.open("wb") as file:
        file.truncate(5_900_000 * 8)
    drafts = Storage.in_folder(contract(), tmp_path / "kept", "dev").prefix("files/drafts").at()
    tracemalloc.start()
    try:
        drafts.put("a.bin", large)
        assert sum(map(len, drafts.stream("a.bin"))) == large.stat().st_size
        drafts.save("a.bin", tmp_path / "b.bin")
        drafts.copy("a.bin", to=drafts, as_name="c.bin")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 16_000_000
