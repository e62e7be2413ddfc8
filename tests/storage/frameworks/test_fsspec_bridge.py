"""Whatever reads by fsspec reads what the contract declares, and writes nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import fsspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.storage import Denied, Refused, Storage
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.frameworks.fsspec_bridge import ContractFileSystem
from bucketwright.storage.stored import At, Stored
from bucketwright.storage.testing import in_memory
from tests.storage.contracts import PDF, TEXT, contract

DATA = bytes(range(200))


@pytest.fixture
def files(contract_file: Path) -> ContractFileSystem:
    """Some files of two prefixes."""
    storage = Storage.open(contract(), "dev")
    storage.prefix("files/drafts").at().put("sub/a.bin", DATA)
    storage.prefix("files/drafts").at().put("b.txt", b"text")
    for case in (7, 12):
        storage.prefix("files/documents").at(case_id=case).put("brief.pdf", PDF)
    found: ContractFileSystem = fsspec.filesystem(
        "bucketwright", contract=str(contract_file), environment="dev", skip_instance_cache=True
    )
    return found


def test_it_is_found_by_its_protocol(files: ContractFileSystem, contract_file: Path) -> None:
    """An address is opened as any other of fsspec's."""
    options = {"contract": str(contract_file), "environment": "dev"}
    with fsspec.open("bucketwright://files/drafts/b.txt", "rt", **options) as file:
        assert file.read() == "text"


@pytest.mark.parametrize(
    ("path", "names"),
    [
        pytest.param("", ["files", "sessions", "logs"], id="the buckets"),
        pytest.param("sessions", ["sessions/incoming"], id="the prefixes of one"),
        pytest.param("files/documents", ["files/documents/12", "files/documents/7"], id="values"),
        pytest.param("files/documents/7", ["files/documents/7/brief.pdf"], id="a place"),
        pytest.param("files/drafts/", ["files/drafts/b.txt", "files/drafts/sub"], id="folders of names"),
        pytest.param("files/drafts/b.txt", ["files/drafts/b.txt"], id="a file"),
        pytest.param("files/papers", [], id="an empty prefix"),
        pytest.param("bucketwright://files/drafts/sub", ["files/drafts/sub/a.bin"], id="with the protocol"),
    ],
)
def test_folders_are_what_the_contract_declares(
    files: ContractFileSystem, path: str, names: list[str]
) -> None:
    """Buckets, prefixes, values of variables, and then names."""
    assert files.ls(path, detail=False) == names
    assert all(files.exists(one) for one in (path, *names))


def test_what_is_known_of_a_file_is_told(files: ContractFileSystem) -> None:
    """Size, type, key and hash; a folder is one."""
    info = files.info("files/documents/7/brief.pdf")

    assert (info["type"], info["size"], info["content_type"]) == ("file", len(PDF), "application/pdf")
    assert info["key"] == "dev/cases/7/documents/brief.pdf"
    assert files.modified("files/drafts/b.txt") is not None
    assert [files.isfile(one) for one in ("files/drafts/b.txt", "files/drafts/sub", "files/none/x")] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "path", ["none", "files/none", "files/none/x", "files/drafts/none", "files/drafts/su"]
)
def test_what_is_not_there_is_no_file(files: ContractFileSystem, path: str) -> None:
    """As fsspec's callers expect it."""
    assert not files.exists(path)
    for look in (files.info, files.ls, files.cat_file, files.open):
        with pytest.raises(FileNotFoundError):
            look(path)


def test_all_files_below_are_found(files: ContractFileSystem) -> None:
    """Also by patterns."""
    assert files.find("files/documents") == ["files/documents/12/brief.pdf", "files/documents/7/brief.pdf"]
    assert files.glob("files/*/*/brief.pdf") == files.find("files/documents")
    assert files.du("files/drafts") == 204
    assert [one for *_, one in files.walk("files/drafts")] == [["b.txt"], ["a.bin"]]


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ContractFileSystem]:
    """One for many examples."""
    file = tmp_path_factory.mktemp("shelf") / "contract.yaml"
    file.write_text(TEXT)
    with in_memory():
        Storage.open(contract(), "dev").prefix("files/drafts").at().put("a.bin", DATA)
        yield ContractFileSystem(str(file), "dev", skip_instance_cache=True)


BOUND = st.none() | st.integers(-250, 250)


@pytest.mark.requirement("TU-3")
@given(BOUND, BOUND)
def test_bytes_are_counted_as_python_counts_them(
    lasting: ContractFileSystem, start: int | None, end: int | None
) -> None:
    """Whatever is asked for, as a slice of the content."""
    assert lasting.cat_file("files/drafts/a.bin", start, end) == DATA[start:end]


def test_a_file_is_read_anywhere(files: ContractFileSystem) -> None:
    """Without all of it."""
    with files.open("files/drafts/sub/a.bin") as file:
        file.seek(100)

        assert file.read(3) == DATA[100:103]
    assert files.cat_ranges(["files/drafts/sub/a.bin"] * 2, [0, 50], [2, 52]) == [DATA[:2], DATA[50:52]]


def test_nothing_is_written(files: ContractFileSystem, tmp_path: Path) -> None:
    """Whatever way it is tried."""
    (tmp_path / "x").write_bytes(b"x")
    ways: tuple[Callable[[], object], ...] = (
        lambda: files.open("files/drafts/c.txt", "wb"),
        lambda: files.pipe_file("files/drafts/c.txt", b"x"),
        lambda: files.put_file(str(tmp_path / "x"), "files/drafts/c.txt"),
        lambda: files.rm("files/drafts/b.txt"),
        lambda: files.rm_file("files/drafts/b.txt"),
        lambda: files.mv("files/drafts/b.txt", "files/drafts/c.txt"),
        lambda: files.cp_file("files/drafts/b.txt", "files/drafts/c.txt"),
        lambda: files.mkdir("files/drafts/new"),
        lambda: files.makedirs("files/drafts/new"),
        lambda: files.rmdir("files/drafts/sub"),
    )
    for way in ways:
        with pytest.raises(Refused, match="only read by fsspec"):
            way()

    assert files.find("files/drafts") == ["files/drafts/b.txt", "files/drafts/sub/a.bin"]


@pytest.mark.requirement("CS-12")
def test_a_look_that_is_denied_is_no_absence(
    files: ContractFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither `exists` nor `isfile` says False of what it may not see."""

    def denied(_memory: Memory, at: At) -> Stored:
        raise Denied("not allowed", at.key)

    monkeypatch.setattr(Memory, "head", denied)
    for look in (files.exists, files.isfile):
        with pytest.raises(Denied):
            look("files/drafts/b.txt")
