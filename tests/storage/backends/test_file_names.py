"""Does every key lie under a file name of its own, on every file system?"""

import re
import unicodedata
from pathlib import PurePosixPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bucketwright.storage.backends.file_names import RECORD, folder_path, record_path

KEYS = st.text(min_size=1, max_size=40) | st.lists(
    st.sampled_from(
        ["a", "A", "b", ".", "..", "", "con", "CON.txt", "nul", "é", "e\u0301", "x" * 119, "x" * 125,
         "=.json", "%", "&", "^a", "C:\\", "~", "\x00", "*", "lpt1", " ", "a."]
    ),
    min_size=1,
    max_size=4,
).map("/".join)  # fmt: skip
SAFE = re.compile(r"[a-z0-9_%^&=.-]+")
DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")


@given(KEYS)
def test_names_are_safe_everywhere(key: str) -> None:
    """No name is one that some file system cannot hold, takes for a device, or leads elsewhere."""
    path = record_path(key)

    assert not path.is_absolute()
    assert path.name.endswith(RECORD)
    for part in path.parts:
        assert SAFE.fullmatch(part)
        assert len(part) <= 130
        assert part not in {".", ".."}
        assert not part.endswith(".")
        assert not part.startswith(".") or "&" in part or len(key) > 100
        assert not DEVICE.fullmatch(part)


@given(KEYS, KEYS)
@example("a", "A")
@example("é", "e\u0301")
@example("a/b", "a")
@example("x" * 119 + "/b", "x" * 119)
def test_no_two_keys_share_a_name(one: str, other: str) -> None:
    """Not even where case is folded and Unicode composed; and no record is where another has its folder."""

    def folded(path: PurePosixPath) -> str:
        return unicodedata.normalize("NFKC", str(path)).casefold()

    first, second = record_path(one), record_path(other)
    assert (folded(first) == folded(second)) == (one == other)
    assert second not in first.parents


@given(KEYS, st.integers(0, 60))
def test_a_prefix_has_a_folder(key: str, length: int) -> None:
    """Whatever a key begins with, its record lies below the folder of that beginning."""
    assert record_path(key).is_relative_to(folder_path(key[:length]))


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("cases/7/brief.pdf", "cases/7/brief.pdf=.json"),
        ("Brief.PDF", "^brief.^p^d^f=.json"),
        ("../x", "%2e%2e/x=.json"),
        ("/etc/passwd", "%/etc/passwd=.json"),
        ("con/nul.txt", "%63on/%6eul.txt=.json"),
    ],
)
def test_what_names_look_like(key: str, path: str) -> None:
    """Plain keys stay readable."""
    assert str(record_path(key)) == path
