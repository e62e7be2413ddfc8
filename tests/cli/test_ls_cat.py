"""What lies in a storage is listed and printed, and nothing in it can steer a terminal."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.storage.backends.interface import Reading
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.opened import swapped
from bucketwright.storage.stored import At, Attributes, Span
from cli.cat import harmless
from tests.cli.shelf import SHELF, Shelf
from tests.storage.kept import content


def test_the_prefixes_are_listed_without_asking_anybody(shelf: Shelf) -> None:
    """With the variables that a place of theirs needs."""
    lines = shelf("ls").stdout.splitlines()

    assert "files/documents/{case_id:int}/  in shelf-dev-files" in lines
    assert "files/drafts/  in shelf-dev-files" in lines


@pytest.mark.parametrize(
    ("where", "listed"),
    [
        pytest.param("files/drafts", ["a.txt", "sub.txt", "sub/b.txt"], id="a whole prefix"),
        pytest.param("files/drafts/sub", ["sub/b.txt"], id="a name is a folder or an object, no beginning"),
        pytest.param("files/drafts/sub/", ["sub/b.txt"], id="a folder"),
        pytest.param("files/drafts/a.txt", ["a.txt"], id="an object"),
        pytest.param("s3://shelf-dev-files/drafts/sub/", ["sub/b.txt"], id="as S3 spells it"),
    ],
)
def test_objects_are_listed_by_the_words_that_name_them(shelf: Shelf, where: str, listed: list[str]) -> None:
    """So that a line of the list is an argument of the next command."""
    for name in ("a.txt", "sub/b.txt", "sub.txt"):
        shelf.add(f"drafts/{name}", b"12345")
    result = shelf("ls", where)
    *lines, total = result.stdout.splitlines()

    assert [line.split()[-1] for line in lines] == [f"files/drafts/{name}" for name in listed]
    assert total == f"{len(listed)} object{'s' * (len(listed) != 1)}, {5 * len(listed)} B"
    assert all(shelf("cat", line.split()[-1]).stdout == "12345" for line in lines)


def test_a_prefix_alone_lists_the_objects_of_all_values(shelf: Shelf) -> None:
    """And not those of other prefixes that begin alike."""
    for key in ("dev/cases/1/documents/a", "dev/cases/22/documents/b", "dev/cases/1/exports/c"):
        shelf.add(key)
    rows = [
        json.loads(line) for line in shelf("ls", "files/documents", "--format", "jsonl").stdout.splitlines()
    ]

    assert [row["object"] for row in rows] == ["files/documents/1/a", "files/documents/22/b"]
    assert {"key", "size", "etag", "modified"} < rows[0].keys()


def test_an_object_that_is_not_there_is_told(shelf: Shelf) -> None:
    """By 1; an empty place is no error."""
    assert shelf("ls", "files/drafts/none").exit_code == 1
    assert shelf("ls", "files/drafts/").stdout == "0 objects, 0 B\n"


def test_keys_of_others_are_escaped(shelf: Shelf) -> None:
    """Neither the terminal nor a reader of lines is fooled."""
    shelf.add("drafts/\x1b[31mred\n1 objects")
    lines = shelf("ls", "files/drafts").stdout.splitlines()

    assert lines[0].endswith("files/drafts/\\x1b[31mred\\n1 objects")
    assert len(lines) == 2


def test_content_comes_out_byte_for_byte(shelf: Shelf) -> None:
    """Whatever it is, one after the other, or only some bytes of it."""
    data = bytes(range(256)) * 20
    shelf.add("drafts/a", data)
    shelf.add("drafts/b", b"\x1b[2J")

    assert shelf("cat", "files/drafts/a", "files/drafts/b").stdout_bytes == data + b"\x1b[2J"
    assert shelf("cat", "files/drafts/a", "--bytes", "254-257").stdout_bytes == b"\xfe\xff\x00\x01"
    assert shelf("cat", "files/drafts/a", "--bytes", "5110-").stdout_bytes == data[5110:]


class Replaced(Memory):
    """An object is replaced after its first bytes were asked for."""

    def get(self, at: At, span: Span | None = None, etag: str = "") -> Reading:
        opened = super().get(at, span, etag)
        with content(b"new" * 10**6) as body:
            self.put(at, body, Attributes())
        return opened


def test_some_bytes_are_of_one_object(tmp_path: Path) -> None:
    """However many, they are asked for once, so that nothing of a newer one is among them."""
    with swapped(backend := Replaced()):
        (tmp_path / "contract.yaml").write_text(SHELF)
        shelf = Shelf(tmp_path / "contract.yaml", backend)
        shelf.add("drafts/a", b"old" * 10**6)

        found = shelf("cat", "files/drafts/a", "--bytes", "3-2999999")
    assert (found.exit_code, found.stdout_bytes) == (0, (b"old" * 10**6)[3:])


def test_bytes_beyond_the_end(shelf: Shelf) -> None:
    """They are said to be none; more than there are end with the object."""
    shelf.add("drafts/a", b"text")
    found = shelf("cat", "files/drafts/a", "--bytes", "4-9")

    assert (found.exit_code, "it ends before them" in found.stderr) == (2, True)
    assert shelf("cat", "files/drafts/a", "--bytes", "3-9").stdout_bytes == b"t"


@pytest.mark.parametrize("span", ["9-1", "-5", "a-b", "1", "", "1-" + "9" * 16])
def test_no_bytes_are_wrong_use(shelf: Shelf, span: str) -> None:
    """With the form that they have."""
    result = shelf("cat", "files/drafts/a", "--bytes", span)

    assert (result.exit_code, "bytes are named 0-99" in result.stderr) == (2, True)


def test_nothing_is_printed_of_what_is_not_there(shelf: Shelf) -> None:
    """And the code says so."""
    result = shelf("cat", "files/drafts/none")

    assert (result.exit_code, result.stdout_bytes) == (1, b"")


@given(
    st.lists(
        st.binary(max_size=12) | st.sampled_from([b"\xc3", b"\xa9", b"\x1b]0;x\x07", b"\n\t"]), max_size=8
    )
)
def test_a_terminal_gets_nothing_that_steers_it(pieces: Sequence[bytes]) -> None:
    """However the bytes are cut, the same text comes out, of printable characters, lines and tabs alone."""
    text = b"".join(harmless(pieces)).decode()

    assert all(char.isprintable() or char in "\n\t" for char in text)
    assert text == b"".join(harmless([b"".join(pieces)])).decode()


def test_text_stays_as_it_is_on_a_terminal() -> None:
    """Letters of any script, lines and tabs."""
    assert b"".join(harmless(["één\tzwei\n三".encode()])).decode() == "één\tzwei\n三"
