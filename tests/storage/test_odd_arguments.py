"""Is what a caller gives by mistake refused with a sentence, by an error of the one tree?"""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import cast

import pytest

from bucketwright.storage import Misconfigured, Refused, Said, Storage
from bucketwright.storage.patterns.batches import clear
from bucketwright.storage.place import Place
from bucketwright.storage.stored import Span
from tests.storage.contracts import contract, place

NO_BYTES = cast("bytes", "text")
NO_NAME = cast("str", None)


PREFIX = Storage.in_memory(contract(), "dev").prefix("files/raw")


class Gives:
    """A file that gives something else than bytes."""

    def __init__(self, piece: object) -> None:
        self.piece = piece

    def read(self, most: int = -1, /) -> bytes:
        return cast("bytes", self.piece)


def closed() -> BytesIO:
    file = BytesIO(b"text")
    file.close()
    return file


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
        (lambda drafts: drafts.stream("there.txt", Span(-1, 2)), "bytes -1 to 2 are none"),
        (lambda drafts: drafts.stream("there.txt", Span(4, 2)), "bytes 4 to 2 are none"),
        (lambda drafts: [*drafts.list(after="\ud800")], "is the beginning of no name"),
        (lambda drafts: [*drafts.list(cast("str", 5))], "is the beginning of no name"),
        (lambda _: clear(cast("Place", PREFIX)), "a place is needed, .* found DeclaredPrefix"),
        (lambda drafts: drafts.delete("there.txt", over='a"\r\nX: y'), "is no ETag"),
        (lambda drafts: drafts.put("there.txt", b"", over=" "), "is no ETag"),
        (
            lambda drafts: drafts.copy("there.txt", to=cast("Place", "files/raw")),
            "needed.* found str",
        ),
        (lambda drafts: drafts.move("there.txt", to=cast("Place", PREFIX)), "found DeclaredPrefix"),
        (lambda drafts: drafts.put("a.txt", b"", cast("Said", "text/plain")), "is a Said.* found str"),
        (lambda drafts: drafts.put("a.txt", b"", Said(cast("str", 5))), "content_type is a text, found int"),
        (lambda drafts: drafts.put("a.txt", b"", Said(file_name=cast("str", 5))), "file_name is a text"),
        (lambda drafts: drafts.put("a.txt", b"", Said(metadata={"pages": cast("str", 5)})), "found int"),
        (lambda drafts: drafts.put("a.txt", closed()), "cannot be read: I/O operation on closed file"),
        (lambda drafts: drafts.put("a.txt", Gives(None)), "nothing to read yet"),
        (lambda drafts: drafts.put("a.txt", Gives("text")), "open it in binary mode"),
        (lambda drafts: drafts.put("a.txt", Gives(5)), "int is read from the file"),
        (lambda _: Storage.in_folder(contract(), cast("Path", ""), "dev"), "is no path of a folder"),
        (lambda _: Storage.in_folder(contract(), cast("Path", None), "dev"), "is no path of a folder"),
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
        "a stream before the beginning",
        "a stream backwards",
        "a list after half a character",
        "a list of what a number begins",
        "a prefix to clear",
        "an ETag with a header",
        "an empty ETag",
        "a copy to a text",
        "a move to a prefix",
        "a type in place of what is said",
        "a number for a type",
        "a number for a file name",
        "a number in metadata",
        "a file that is closed",
        "a file that has nothing yet",
        "a file of text",
        "a file of numbers",
        "an empty path of a folder",
        "no path of a folder",
    ],
)
def test_it_is_refused(given: Callable[[Place], object], told: str) -> None:
    """It says what is wrong, and nothing is written."""
    drafts = place("files/drafts")
    drafts.put("there.txt", b"text")

    with pytest.raises((Refused, Misconfigured), match=told):
        given(drafts)
    assert [entry.name for entry in drafts.list()] == ["there.txt"]


def test_paths_of_any_kind_are_taken(tmp_path: Path) -> None:
    """A text is the path of a file where it can be nothing else."""
    drafts = place("files/drafts")
    drafts.put("there.txt", b"text")
    drafts.save("there.txt", str(tmp_path / "a.txt"))

    assert (tmp_path / "a.txt").read_bytes() == b"text"


@pytest.mark.parametrize(
    "piece",
    [bytearray(b"text"), memoryview(b"text"), memoryview(b"t_e_x_t")[::2]],
    ids=["bytearray", "memoryview", "with gaps"],
)
def test_bytes_of_any_kind_are_written(piece: bytes) -> None:
    """As `put` takes them."""
    drafts = place("files/drafts")
    with drafts.open("a.txt", "wb") as file:
        file.write(piece)
    drafts.put("b.txt", piece)

    assert drafts.get("a.txt") == drafts.get("b.txt") == b"text"


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
