"""Which files are read as a contract: regular ones of a bounded size; all else is refused plainly."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from bucketwright.contract.loading import LARGEST_FILE, file_bytes, load, read
from bucketwright.contract.problems import ContractError
from tests.contract.test_loading import LAYERED


def test_a_file_loads_like_its_text(tmp_path: Path) -> None:
    """Loading a file is reading its text under its name."""
    file = tmp_path / "contract.yaml"
    file.write_text(LAYERED)
    assert load(file).environments == read(LAYERED, "other").environments
    assert load(file).source == str(file)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfep\x00", "the file is UTF-16"),
        (b"\xff\xfe\x00\x00p\x00\x00\x00", "the file is UTF-32"),
        (b"project: d\xe9mo\n", "the byte 0xE9 is not UTF-8"),
        (b"", "the file is empty"),
        (b"a: \x00", "the character U+0000 must not stand here"),
        (b"#" * (LARGEST_FILE + 1), "a contract has at most 8 MiB"),
    ],
    ids=["utf-16", "utf-32", "latin-1", "empty", "nul", "too large"],
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    """Bytes that are not a contract's are named, without a traceback."""
    file = tmp_path / "contract.yaml"
    file.write_bytes(content)
    with pytest.raises(ContractError) as refused:
        load(file)
    assert [problem.message for problem in refused.value.problems] == [message]


def test_a_wrong_byte_is_found_in_its_line(tmp_path: Path) -> None:
    """The place of a byte that is not UTF-8 is counted in characters."""
    file = tmp_path / "contract.yaml"
    file.write_bytes("é: 1\r\nüü: ".encode() + b"\xe9")
    with pytest.raises(ContractError) as refused:
        load(file)
    (problem,) = refused.value.problems
    assert (problem.line, problem.column) == (2, 5)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("missing.yaml", "there is no such file"),
        (".", "this is a folder, not a file"),
        ("nul\0.yaml", "this is no file name"),
        ("x" * 5000, "the file cannot be read: File name too long"),
    ],
    ids=["missing", "folder", "nul in the name", "long name"],
)
def test_a_path_that_cannot_be_read_is_a_plain_problem(tmp_path: Path, path: str, message: str) -> None:
    """What the system refuses is said in a sentence, at no line."""
    with pytest.raises(ContractError) as refused:
        load(tmp_path / path)
    (problem,) = refused.value.problems
    assert (problem.message, problem.line) == (message, 0)
    assert str(refused.value).endswith(f": {message}")


class Locked(type(Path())):  # type: ignore[misc]
    """A path whose file this user may not read."""

    def open(self, *_: object, **__: object) -> NoReturn:
        """Refuse, as the system would."""
        raise PermissionError


def test_a_file_that_may_not_be_read_is_a_plain_problem(tmp_path: Path) -> None:
    """A refused permission is said in a sentence."""
    (tmp_path / "contract.yaml").touch()
    with pytest.raises(ContractError, match="the file may not be read"):
        load(Locked(tmp_path / "contract.yaml"))


def pipe_below(folder: Path) -> Path:
    """A pipe that nobody writes to."""
    os.mkfifo(folder / "contract.yaml")
    return folder / "contract.yaml"


@pytest.mark.parametrize(
    "place",
    [
        pytest.param(pipe_below, id="a pipe nobody writes to"),
        pytest.param(lambda _: Path("/dev/zero"), id="a device without end"),
        pytest.param(lambda _: Path("/dev/null"), id="a device without content"),
    ],
)
def test_only_regular_files_are_opened(tmp_path: Path, place: Callable[[Path], Path]) -> None:
    """What could keep its reader waiting, or never end, is refused before it is opened."""
    with pytest.raises(ContractError) as refused:
        load(place(tmp_path))
    (problem,) = refused.value.problems
    assert problem.message == "this is a pipe or a device, not a file"
    assert "stdin" in problem.help


def test_a_link_to_a_file_is_the_file(tmp_path: Path) -> None:
    """Links are followed, wherever they lead to a regular file."""
    (tmp_path / "real.yaml").write_text(LAYERED)
    (tmp_path / "contract.yaml").symlink_to("real.yaml")
    assert load(tmp_path / "contract.yaml").project == load(tmp_path / "real.yaml").project


def test_no_more_of_a_file_is_read_than_needed(tmp_path: Path) -> None:
    """One byte more than the bound tells that a file is too large."""
    (tmp_path / "long").write_bytes(b"x" * 100)
    assert [len(file_bytes(tmp_path / "long", most)) for most in (9, 99, 100, 101)] == [10, 100, 100, 100]


def test_a_text_too_large_is_refused_before_it_is_read() -> None:
    """The bound holds for texts as for files."""
    with pytest.raises(ContractError, match="at most 8 MiB"):
        read("#" * (LARGEST_FILE + 1), "contract.yaml")
