"""Files go up and come down by the contract, and nothing is replaced that nobody meant to."""

from pathlib import Path
from threading import Semaphore

import pytest

from bucketwright.storage import Unreachable
from bucketwright.storage.backends.interface import Content, Reading
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.opened import swapped
from bucketwright.storage.stored import At, Part, Span
from tests.cli.shelf import SHELF, Shelf
from tests.storage.contracts import PDF


@pytest.fixture
def pdf(tmp_path: Path) -> str:
    """A file of this machine."""
    (tmp_path / "brief.pdf").write_bytes(PDF)
    return str(tmp_path / "brief.pdf")


def test_what_goes_up_comes_down(shelf: Shelf, pdf: str, tmp_path: Path) -> None:
    """Byte for byte, and both times it is told as what and how much."""
    put = shelf("put", pdf, "files/documents/7/")
    got = shelf("get", "files/documents/7/brief.pdf", "--to", str(tmp_path / "back.pdf"))

    assert (put.exit_code, put.stdout) == (0, f"put {pdf} as files/documents/7/brief.pdf (17 B)\n")
    assert (got.exit_code, got.stdout) == (
        0,
        f"get files/documents/7/brief.pdf as {tmp_path / 'back.pdf'} (17 B)\n",
    )
    assert (tmp_path / "back.pdf").read_bytes() == PDF
    assert shelf.keys == ["dev/cases/7/documents/brief.pdf"]


def test_two_of_one_name_do_not_replace_each_other(shelf: Shelf, tmp_path: Path) -> None:
    """Neither as objects nor as files, whatever --overwrite says; the first is there, the second is told."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text(folder)
        shelf.add(f"drafts/{folder}/x.txt", folder.encode())
    files = (str(tmp_path / "a/x.txt"), str(tmp_path / "b/x.txt"))
    put = shelf("put", *files, "files/pages/", "--overwrite")
    got = shelf("get", "files/drafts/a/x.txt", "files/drafts/b/x.txt", "--to", str(tmp_path), "--overwrite")

    assert [(one.exit_code, "by this run just before" in one.stderr) for one in (put, got)] == [(1, True)] * 2
    assert shelf.storage.prefix("files/pages").at().get("x.txt") == b"a"
    assert (tmp_path / "x.txt").read_text() == "a"


@pytest.mark.parametrize("to", ["none/", "none/x.pdf"], ids=["a folder", "a file in one"])
def test_there_is_no_folder_to_get_into(shelf: Shelf, tmp_path: Path, to: str) -> None:
    """A slash at the end means a folder, as everywhere: none is made, and no file of that name."""
    shelf.add("cases/7/documents/brief.pdf", PDF)
    result = shelf("get", "files/documents/7/brief.pdf", "--to", f"{tmp_path}/{to}")

    assert (result.exit_code, "there is no folder" in result.stderr) == (2, True)
    assert list(tmp_path.glob("none*")) == []


def test_metadata_without_a_text_is_wrong_use(shelf: Shelf, pdf: str) -> None:
    """It is told how it is said."""
    result = shelf("put", pdf, "files/documents/7/", "--metadata", "by")

    assert (result.exit_code, "is no NAME=TEXT" in result.stderr) == (2, True)


def test_stdin_needs_a_name(shelf: Shelf) -> None:
    """And then it is content as any other."""
    nameless = shelf("put", "-", "files/drafts/", stdin=b"text")
    named = shelf("put", "-", "files/drafts/a.txt", stdin=b"text")

    assert (nameless.exit_code, "say the whole name" in nameless.stderr) == (2, True)
    assert named.stdout == "put stdin as files/drafts/a.txt (4 B)\n"


def test_what_is_said_beside_it_is_stored(shelf: Shelf, pdf: str) -> None:
    """Type, metadata, caches and the name for browsers."""
    words = ("--metadata", "by=me", "--cache-control", "no-store", "--download-name", "Brief.pdf")
    shelf("put", pdf, "files/documents/7/", "--type", "application/pdf", *words)
    info = shelf.storage.prefix("files/documents").at(case_id=7).info("brief.pdf")

    assert info.type == "application/pdf"
    assert info.metadata["by"] == "me"
    assert info.cache_control == "no-store"
    assert "Brief.pdf" in info.content_disposition


@pytest.mark.parametrize(
    ("where", "words", "code", "said"),
    [
        pytest.param("files/documents/7/", [], 1, "already", id="create: refused"),
        pytest.param("files/documents/7/", ["--overwrite"], 2, "only creates", id="create: cannot be told"),
        pytest.param("files/papers/", [], 0, "brief-", id="create: a suffix, which is told"),
        pytest.param("files/drafts/", [], 1, "; --overwrite replaces it", id="overwrite: not unless told"),
        pytest.param("files/drafts/", ["--overwrite"], 0, "as files/drafts/brief.pdf", id="overwrite"),
        pytest.param("files/pointers/", [], 1, "already", id="if unchanged: not unless told"),
        pytest.param("files/pointers/", ["--overwrite"], 0, "as files/pointers/brief.pdf", id="if unchanged"),
    ],
)
@pytest.mark.requirement("AP-4")
def test_a_taken_name(shelf: Shelf, pdf: str, where: str, words: list[str], code: int, said: str) -> None:
    """The contract decides, and where it would let it be replaced somebody has to say so."""
    shelf("put", pdf, where)
    again = shelf("put", pdf, where, *words)

    assert (again.exit_code, said in again.output) == (code, True), again.output


@pytest.mark.parametrize(
    ("file", "content", "where", "code", "said"),
    [
        pytest.param("a.exe", b"MZ\x90\0", "files/documents/7/", 2, "", id="a type that is not allowed"),
        pytest.param("a.pdf", b"no pdf", "files/documents/7/", 2, "", id="content of another type"),
        pytest.param("id_rsa", b"key", "files/drafts/", 2, "no secrets are kept", id="a secret"),
        pytest.param("a.txt", b"x" * 1_000_001, "files/documents/7/", 2, "1,000,000", id="too large"),
        pytest.param("taken.txt", b"x", "files/drafts/", 1, "--overwrite replaces it", id="a taken name"),
        pytest.param("a.txt", b"x", "logs/delivered/", 2, "what AWS delivers", id="where AWS writes"),
    ],
)
def test_a_dry_run_is_refused_what_the_run_would_be(  # noqa: PLR0917 - a table
    shelf: Shelf, tmp_path: Path, file: str, content: bytes, where: str, code: int, said: str
) -> None:
    """With the same words and the same code, and neither writes anything."""
    shelf.holds("files/drafts", taken=b"before")
    (tmp_path / file).write_bytes(content)
    dry = shelf("put", str(tmp_path / file), where, "--dry-run")
    real = shelf("put", str(tmp_path / file), where)

    assert (dry.exit_code, dry.stderr) == (real.exit_code, real.stderr)
    assert (dry.exit_code, said in dry.stderr) == (code, True), dry.stderr
    assert shelf.keys == ["drafts/taken.txt"]


def test_a_dry_run_says_what_the_run_does(shelf: Shelf, pdf: str) -> None:
    """The same line, as what would be; nothing is written."""
    dry = shelf("put", pdf, "files/documents/7/", "--dry-run")
    before = shelf.keys
    real = shelf("put", pdf, "files/documents/7/")

    assert (before, dry.stdout) == ([], f"would {real.stdout}")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["{folder}", "files/drafts/"], "a folder: sync takes those", id="a folder"),
        pytest.param(["{folder}/none", "files/drafts/"], "is no file", id="no file"),
        pytest.param(["{pdf}", "{pdf}", "files/drafts/a"], "is one object, and 2 files", id="two as one"),
    ],
)
def test_what_cannot_be_put(shelf: Shelf, pdf: str, tmp_path: Path, words: list[str], said: str) -> None:
    """Wrong use, told before anything is written."""
    result = shelf("put", *(one.format(folder=tmp_path, pdf=pdf) for one in words))

    assert (result.exit_code, said in result.stderr, shelf.keys) == (2, True, [])


def test_files_that_fail_do_not_keep_others_back(shelf: Shelf, tmp_path: Path) -> None:
    """Each is told, and the gravest decides how the run ends."""
    for name in ("a.txt", "id_rsa", "z.txt"):
        (tmp_path / name).write_bytes(b"text")
    result = shelf("put", *(str(tmp_path / one) for one in ("a.txt", "id_rsa", "z.txt")), "files/drafts/")

    assert shelf.keys == ["drafts/a.txt", "drafts/z.txt"]
    assert (result.exit_code, "1 step of 3 failed" in result.stderr) == (2, True)


def test_a_file_of_this_machine_is_not_replaced_unsaid(shelf: Shelf, tmp_path: Path) -> None:
    """It stays as it was, unless --overwrite says otherwise; a dry run knows it, too."""
    shelf.holds("files/drafts", a=b"new")
    file = tmp_path / "a.txt"
    file.write_bytes(b"old")
    for words in ([], ["--dry-run"]):
        refused = shelf("get", "files/drafts/a.txt", "--to", str(tmp_path), *words)

        assert (refused.exit_code, file.read_bytes()) == (1, b"old")

    assert shelf("get", "files/drafts/a.txt", "--to", str(tmp_path), "--overwrite").exit_code == 0
    assert file.read_bytes() == b"new"


def test_what_is_not_there_is_told(shelf: Shelf, tmp_path: Path) -> None:
    """By its own code, and no file is left."""
    result = shelf("get", "files/drafts/none.txt", "--to", str(tmp_path))

    assert (result.exit_code, result.stderr.startswith("error: nothing is there")) == (1, True)
    assert [*tmp_path.iterdir()] == []


@pytest.mark.requirement("TU-5")
def test_an_upload_that_broke_off_goes_on(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was sent is not sent again, and the note beside the file is gone in the end."""
    file, note = tmp_path / "big.bin", tmp_path / ".big.bin.upload"
    file.write_bytes(bytes(range(256)) * 48_000)
    send, sent, others = Memory.send, list[int](), Semaphore(0)

    def counted(memory: Memory, at: At, upload_id: str, number: int, content: Content) -> Part:
        sent.append(number)
        if sent.count(3) == 1 and number == 3:
            assert others.acquire()
            assert others.acquire()
            raise Unreachable("nobody answers", at.key)
        part = send(memory, at, upload_id, number, content)
        others.release()
        return part

    monkeypatch.setattr(Memory, "send", counted)
    broken = shelf("put", str(file), "files/raw/", "--resume")
    noted, before = note.exists(), shelf.keys
    again = shelf("put", str(file), "files/raw/", "--resume")

    assert (broken.exit_code, "nobody answers" in broken.stderr, noted, before) == (3, True, True, [])
    assert (again.exit_code, note.exists(), shelf.keys) == (0, False, ["raw/big.bin"])
    assert sorted(sent) == [1, 2, 3, 3]


@pytest.mark.parametrize("words", [(), ("--overwrite",)], ids=["not told", "told to overwrite"])
@pytest.mark.parametrize("target", ["far.txt", "nowhere"], ids=["a link", "a dangling link"])
def test_a_link_is_left_alone(shelf: Shelf, tmp_path: Path, target: str, words: tuple[str, ...]) -> None:
    """It is not replaced, and what it leads to is not written; a dry run says the same."""
    shelf.holds("files/drafts", a=b"text")
    (tmp_path / "far.txt").write_bytes(b"before")
    (tmp_path / "link").symlink_to(target)
    told = ("get", "files/drafts/a.txt", "--to", str(tmp_path / "link"), *words)
    real, dry = shelf(*told), shelf(*told, "--dry-run")

    assert (real.exit_code, real.stderr) == (dry.exit_code, dry.stderr)
    assert ("is no plain file" if words else "is there already; --overwrite") in real.stderr
    assert (real.exit_code, (tmp_path / "link").is_symlink()) == (2 if words else 1, True)
    assert sorted(one.name for one in tmp_path.iterdir() if one.suffix != ".yaml") == ["far.txt", "link"]
    assert (tmp_path / "far.txt").read_bytes() == b"before"


def test_a_file_that_appears_meanwhile(tmp_path: Path) -> None:
    """Without --overwrite it stays, though nothing was there when the command looked."""

    class Slow(Memory):
        def get(self, at: At, span: Span | None = None, etag: str = "") -> Reading:
            (tmp_path / "a.txt").write_bytes(b"of somebody else")
            return super().get(at, span, etag)

    with swapped(backend := Slow()):
        (tmp_path / "contract.yaml").write_text(SHELF)
        shelf = Shelf(tmp_path / "contract.yaml", backend)
        shelf.holds("files/drafts", a=b"text")
        got = shelf("get", "files/drafts/a.txt", "--to", str(tmp_path / "a.txt"))

    assert (got.exit_code, "is there already; --overwrite replaces it" in got.stderr) == (1, True)
    assert (tmp_path / "a.txt").read_bytes() == b"of somebody else"
