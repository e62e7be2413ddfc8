"""Does a folder keep what is in it, whoever else works there, and does nothing lead out of it?"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bucketwright.storage.backends.folder import Folder
from bucketwright.storage.errors import Damaged, Misconfigured, NotFound, StorageError
from bucketwright.storage.stored import At, Attributes, IfAbsent, IfMatch
from tests.storage.kept import BUCKET, content

ROOT = Path(__file__).parents[3]
ABOUT = Attributes("text/plain")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "kept")


def write(folder: Folder, key: str, data: bytes = b"data") -> None:
    with content(data) as body:
        folder.put(At(BUCKET, key), body, ABOUT)


def files(path: Path) -> list[str]:
    return sorted(str(one.relative_to(path)) for one in path.rglob("*") if one.is_file())


@pytest.mark.parametrize(
    "key",
    [
        "../../outside",
        "/etc/passwd",
        "a/../../../outside",
        "..",
        "C:\\outside",
        "a\x00b",
        "~/x",
        "\\\\server\\x",
    ],
)
def test_no_key_leads_out(folder: Folder, tmp_path: Path, key: str) -> None:
    """Whatever a key says, its files lie below the folder, and are found again."""
    write(folder, key)

    assert [name for name in files(tmp_path) if not name.startswith("kept/")] == []
    assert folder.head(At(BUCKET, key)).key == key
    folder.delete(At(BUCKET, key))
    assert [name for name in files(tmp_path) if "lock" not in name] == []


@pytest.mark.parametrize("place", ["keys/a", "keys", "contents", "uploads", ""], ids=str)
def test_links_are_not_followed(folder: Folder, tmp_path: Path, place: str) -> None:
    """Neither read nor written through: whoever can put one there reaches nothing else."""
    write(folder, "b/c")
    outside = tmp_path / "outside"
    outside.mkdir()
    link = tmp_path / "kept" / BUCKET / place if place else tmp_path / "kept" / "another-bucket"
    if link.exists():
        link.rename(tmp_path / "moved")
    link.symlink_to(outside)
    bucket = BUCKET if place else "another-bucket"

    def written() -> None:
        if place == "uploads":
            folder.begin(At(bucket, "a/b"), ABOUT)
        with content(b"data") as body:
            folder.put(At(bucket, "a/b"), body, ABOUT)

    with pytest.raises(Misconfigured, match="symbolic link"):
        written()
    assert list(outside.iterdir()) == []


def test_a_record_that_is_a_link(folder: Folder, tmp_path: Path) -> None:
    """It is no object, and what it leads to is not shown."""
    write(folder, "a")
    (tmp_path / "secret").write_text("{}")
    (tmp_path / "kept" / BUCKET / "keys" / "b=.json").symlink_to(tmp_path / "secret")

    with pytest.raises(Misconfigured, match="symbolic link"):
        folder.head(At(BUCKET, "b"))
    assert [row.key for row in folder.rows(BUCKET, "")] == ["a"]


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", "[" * 50_000, '{"key": "a"}', "\x00",
        json.dumps({"content": "../../../../etc/passwd"}),
    ],
    ids=["empty", "half", "list", "null", "deep", "poor", "binary", "path"],
)  # fmt: skip
def test_records_of_others(folder: Folder, tmp_path: Path, text: str) -> None:
    """What is no record of ours is an error that names the file, and never leads to another one."""
    write(folder, "a")
    record = tmp_path / "kept" / BUCKET / "keys" / "a=.json"
    said = json.loads(record.read_text())
    changed = json.loads(text) if text.startswith('{"content"') else None
    record.write_text(json.dumps(said | changed) if changed else text)

    with pytest.raises(Damaged, match="another program has been there"):
        folder.head(At(BUCKET, "a"))


def test_a_record_in_anothers_place(folder: Folder, tmp_path: Path) -> None:
    """What was copied by hand is no object under another key."""
    write(folder, "a")
    keys = tmp_path / "kept" / BUCKET / "keys"
    (keys / "b=.json").write_bytes((keys / "a=.json").read_bytes())

    with pytest.raises(Damaged, match="record of another key"):
        folder.head(At(BUCKET, "b"))


def test_content_that_is_cut_or_gone(folder: Folder, tmp_path: Path) -> None:
    """An object without its content is an error, and no empty object."""
    write(folder, "a")
    (path,) = [one for one in (tmp_path / "kept" / BUCKET / "contents").rglob("*") if one.is_file()]
    path.write_bytes(b"d")

    with pytest.raises(Damaged, match="not there as it was written"):
        folder.get(At(BUCKET, "a"))
    path.unlink()
    with pytest.raises(Damaged, match="not there as it was written"):
        folder.get(At(BUCKET, "a"))


def test_what_is_replaced_leaves_nothing(folder: Folder, tmp_path: Path) -> None:
    """One record and one content for each object, however often it was written, copied or refused."""
    for number in range(5):
        write(folder, "a/b", str(number).encode())
    with pytest.raises(StorageError), content(b"other") as body:
        folder.put(At(BUCKET, "a/b"), body, ABOUT, IfAbsent())
    folder.copy(At(BUCKET, "a/b"), At(BUCKET, "c"), ABOUT, folder.head(At(BUCKET, "a/b")).etag)

    names = [name.split("/")[2] for name in files(tmp_path) if "lock" not in name]
    assert sorted(names) == ["contents", "contents", "keys", "keys"]
    folder.delete_many(BUCKET, ["a/b", "c"])
    assert [name for name in files(tmp_path) if "lock" not in name] == []
    assert not (tmp_path / "kept" / BUCKET / "keys" / "a").exists()


def test_whoever_reads_goes_on_reading(folder: Folder) -> None:
    """What is replaced or deleted while it is read is read to its end."""
    write(folder, "a", b"first")
    opened = folder.get(At(BUCKET, "a"))
    write(folder, "a", b"other")
    assert opened.read(2) == b"fi"
    folder.delete(At(BUCKET, "a"))

    assert opened.read(10) == b"rst"
    opened.close()


def test_files_are_their_owners(folder: Folder, tmp_path: Path) -> None:
    """Nobody else on the machine reads records."""
    write(folder, "a")
    path = tmp_path / "kept" / BUCKET / "keys" / "a=.json"

    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    """The check says so, with the path."""
    blocked = tmp_path / "kept"
    folder = Folder(blocked)
    blocked.mkdir()
    (blocked / BUCKET).write_text("a file where a folder should be")

    with pytest.raises(Misconfigured, match="cannot be written to"):
        folder.check(BUCKET, "")


WRITER = """
import sys
from pathlib import Path
from bucketwright.storage.backends.folder import Folder
from bucketwright.storage.content import given
from bucketwright.storage.errors import AlreadyThere
from bucketwright.storage.stored import At, Attributes, IfAbsent

folder, name, count = Folder(Path(sys.argv[1])), sys.argv[2], int(sys.argv[3])
sys.stdin.readline()
for number in range(count):
    with given(name.encode()) as body:
        try:
            folder.put(At("rivals", f"key-{number}"), body, Attributes(), IfAbsent())
        except AlreadyThere:
            continue
        print(number, flush=True)
"""


def writer(path: Path, name: str, count: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(  # noqa: S603 - this very Python
        [sys.executable, "-c", WRITER, str(path), name, str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


@pytest.mark.requirement("AP-4")
def test_one_winner_among_programs(tmp_path: Path) -> None:
    """Of two programs that create the same keys, exactly one succeeds for each, and its content is there."""
    rivals = {name: writer(tmp_path / "kept", name, 200) for name in ("one", "two")}
    for process in rivals.values():
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    won = {name: [int(line) for line in process.communicate()[0].split()] for name, process in rivals.items()}

    assert sorted(won["one"] + won["two"]) == list(range(200))
    folder = Folder(tmp_path / "kept")
    for name, numbers in won.items():
        for number in numbers:
            opened = folder.get(At("rivals", f"key-{number}"))
            assert opened.read(10) == name.encode()
            opened.close()


def test_a_program_that_is_killed(tmp_path: Path) -> None:
    """What it had written is whole, what it had not is not there, and others go on."""
    process = writer(tmp_path / "kept", "killed", 5_000)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("\n")
    process.stdin.flush()
    seen = [process.stdout.readline() for _ in range(30)]
    process.kill()
    done = {*map(int, seen), *map(int, process.communicate()[0].split())}

    folder = Folder(tmp_path / "kept")
    there = [row.key for row in folder.rows("rivals", "")]
    assert {f"key-{number}" for number in done} <= set(there)
    assert len(there) <= len(done) + 1
    for key in there:
        opened = folder.get(At("rivals", key))
        assert opened.read(10) == b"killed"
        opened.close()
    with content(b"next") as body:
        folder.put(At("rivals", "next"), body, ABOUT)


def test_what_is_not_there(folder: Folder) -> None:
    """A bucket that nobody wrote to has nothing in it; reading it, and deleting there, make no folders."""
    with pytest.raises(NotFound):
        folder.head(At("never", "a/b"))
    assert list(folder.rows("never", "a/")) == []
    assert list(folder.uploads("never", "")) == []
    folder.delete_many("also-never", ["a/b"])
    with pytest.raises(StorageError):
        folder.delete(At("never", "a/b"), IfMatch("0123"))
    assert not folder.root.exists()
