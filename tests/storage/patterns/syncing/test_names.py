"""Does no name lead out of a folder, or become another file than it says?"""

import os
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.storage.patterns.syncing.names import OWN_FOLDER, name_fault, parents

_PIECES = st.sampled_from(
    [".", "..", "/", "\\", "a", "B", ":", "c:", "con", "\x00", "\n", "é", "e\u0301", " ", "*"]
)


@pytest.mark.requirement("TC-1")
@given(st.one_of(st.text(max_size=30), st.lists(_PIECES, max_size=8).map("".join)))
def test_names_that_are_taken_stay_inside(name: str) -> None:
    """Whatever name is taken, its path is that very name, below the folder, on both kinds of machine."""
    if not name_fault(name, windows=True):
        windows, posix = PureWindowsPath(name), PurePosixPath(name)
        assert not windows.drive
        assert not windows.root
        assert windows.as_posix() == str(posix) == name == os.path.normpath(name)
        assert not {"..", ".", ""} & set(windows.parts)
    elif not name_fault(name, windows=False):
        assert not PurePosixPath(name).is_absolute()
        assert str(PurePosixPath(name)) == name


@pytest.mark.requirement("TC-1")
@pytest.mark.parametrize(
    "name",
    [
        "", "/", "a/", "/a", "//a", "a//b", ".", "..", "../a", "a/..", "a/../b", "./a", "a/.", "..\\a",
        "a\\b", "C:\\a", "\\\\host\\a", "a\x00b", "a\nb", "a\x1b[2Jb", "a\u2028b", "\ud800", "e\u0301",
        "x" * 256, "a/" * 600 + "a", f"{OWN_FOLDER}/a", OWN_FOLDER.upper(), f"a/{OWN_FOLDER}",
    ],
    ids=ascii,
)  # fmt: skip
def test_names_that_are_none(name: str) -> None:
    """They are refused everywhere, with a reason."""
    assert name_fault(name, windows=False)
    assert name_fault(name, windows=True)


@pytest.mark.parametrize(
    "name",
    [
        "con",
        "a/NUL",
        "aux.txt",
        "com1.log",
        "c:a",
        "a:b",
        "a.",
        "a ",
        "a/b. /c",
        "a?",
        "a*",
        "<a",
        "lpt¹.x",
        "CONIN$",
    ],
)
def test_what_windows_takes_for_something_else(name: str) -> None:
    """It is refused there, and a file like any other elsewhere."""
    assert name_fault(name, windows=True)
    assert not name_fault(name, windows=False)


@pytest.mark.parametrize(
    "name",
    [
        "a",
        "a/b.txt",
        "...",
        "..a",
        "a..",
        ".hidden",
        "a b",
        " a",
        "é",
        "日本",
        "%2e%2e",
        "-rf",
        "~",
        "$HOME",
        "consul",
        "x" * 255,
    ],
)
def test_names_that_look_strange_and_are_not(name: str) -> None:
    """They are files."""
    assert not name_fault(name, windows=False)


def test_parents() -> None:
    """The folders that a file lies in, the innermost first."""
    assert parents("a/b/c") == ["a/b", "a"]
    assert parents("a") == []
