"""Is what a caller gives by mistake refused with a sentence, by an error of the one tree?"""

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from bucketwright.storage import Refused
from bucketwright.storage.place import Place
from tests.storage.contracts import place

NO_BYTES = cast("bytes", "text")
NO_NAME = cast("str", None)


def write_text(drafts: Place) -> None:
    with drafts.open("a.txt", "wb") as file:
        file.write(NO_BYTES)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (lambda drafts: drafts.put("a.txt", Path("/")), "'/' cannot be read: Is a directory"),
        (lambda drafts: drafts.put("a.txt", Path("/no/such/file")), "cannot be read: No such file"),
        (lambda drafts: drafts.put("a.txt", Path("a\0b")), "is no name of a file"),
        (lambda drafts: drafts.put("a.txt", NO_BYTES), "text was given"),
        (write_text, "bytes are written, found str"),
        (lambda drafts: drafts.get(NO_NAME), "the name of an object is text, found NoneType"),
        (lambda drafts: drafts.put(NO_NAME, b""), "the name of an object is text, found NoneType"),
        (lambda drafts: drafts.save("there.txt", cast("Path", 7)), "path of a file is needed, found int"),
        (lambda drafts: drafts.range("there.txt", -1), "bytes -1 to the end are none"),
        (lambda drafts: drafts.range("there.txt", 3, 2), "bytes 3 to 2 are none"),
    ],
    ids=[
        "a folder",
        "a file that is not there",
        "no path at all",
        "text",
        "text to a file",
        "no name",
        "no name to write",
        "a number for a path",
        "before the beginning",
        "backwards",
    ],
)
def test_it_is_refused(given: Callable[[Place], object], told: str) -> None:
    """It says what is wrong, and nothing is written."""
    drafts = place("files/drafts")
    drafts.put("there.txt", b"text")

    with pytest.raises(Refused, match=told):
        given(drafts)
    assert [entry.name for entry in drafts.list()] == ["there.txt"]


def test_paths_of_any_kind_are_taken(tmp_path: Path) -> None:
    """A text is the path of a file where it can be nothing else."""
    drafts = place("files/drafts")
    drafts.put("there.txt", b"text")
    drafts.save("there.txt", str(tmp_path / "a.txt"))

    assert (tmp_path / "a.txt").read_bytes() == b"text"


@pytest.mark.parametrize("piece", [bytearray(b"text"), memoryview(b"text")], ids=["bytearray", "memoryview"])
def test_bytes_of_any_kind_are_written(piece: bytes) -> None:
    """As `put` takes them."""
    drafts = place("files/drafts")
    with drafts.open("a.txt", "wb") as file:
        file.write(piece)

    assert drafts.get("a.txt") == b"text"


@pytest.mark.requirement("CS-6")
def test_a_range_is_held_up_to_the_threshold() -> None:
    """What is larger is refused before it is read, as the whole content is."""
    drafts, threshold = place("files/drafts"), 6_000_000
    drafts.put("large.bin", b"\x00" * (threshold + 2))

    for first, last in ((0, None), (1, None), (0, threshold), (1, 10**15)):
        with pytest.raises(Refused, match="6,000,000 are held at once: use stream"):
            drafts.range("large.bin", first, last)
    assert len(drafts.range("large.bin", 2)) == threshold
    assert len(drafts.range("large.bin", 1, threshold)) == threshold
