"""Does `bucketwright scan` let out what is clean, and say what is not?"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.opened import swapped
from bucketwright.storage.scanning.trials import eicar
from tests.cli.running import run
from tests.storage.patterns.waiting_room import BUCKET, SMALL, upload
from tests.storage.scanning.daemon import FOUND, daemon


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Of a real daemon."""
    with daemon() as running:
        yield running.address


@contextmanager
def room(folder: Path, **uploads: bytes) -> Iterator[Memory]:
    """A storage with uploads of case 7 in it."""
    (folder / "contract.yaml").write_text(SMALL)
    backend = Memory()
    for name, data in uploads.items():
        upload(backend, data, f"waiting/7/{name}.txt")
    with swapped(backend):
        yield backend


def scan(folder: Path, address: str, *words: str) -> tuple[int, list[str], str]:
    where = ("--contract", str(folder / "contract.yaml"), "--clamd", address, "--largest", "4 MB")
    done = run("scan", *where, *words)
    return done.exit_code, done.stdout.splitlines(), done.stderr


@pytest.mark.requirement("FP-13")
def test_shown_and_then_done(tmp_path: Path, address: str) -> None:
    """A dry run scans and changes nothing; the real one does what it said."""
    with room(tmp_path, a=b"text", b=eicar(), c=b"\0\1") as backend:
        code, lines, said = scan(tmp_path, address, "--dry-run")
        refused = lines.pop(2)

        assert code == 1
        assert lines == [
            "would be released waiting/7/a.txt to clean/7/a.txt",
            f"would be deleted waiting/7/b.txt: {FOUND}",
            "scanned: 3 objects",
        ]
        assert refused.startswith("waiting waiting/7/c.txt: it is clean, and not released: ")
        assert "files up to 4 MB are scanned" in said
        assert len([*backend.rows(BUCKET, "waiting/")]) == 3

        code, lines, _ = scan(tmp_path, address, "uploads/waiting")
        assert code == 1
        assert lines[0] == "released waiting/7/a.txt to clean/7/a.txt"
        assert lines[1] == f"deleted waiting/7/b.txt: {FOUND}"
        assert lines[2] == refused
        assert [row.key for row in backend.rows(BUCKET, "")] == ["clean/7/a.txt", "waiting/7/c.txt"]
        assert scan(tmp_path, address)[0] == 3


@pytest.mark.parametrize("word", ["uploads/waiting/7/a.txt", f"s3://{BUCKET}/waiting/7/a.txt"])
def test_one_object(tmp_path: Path, address: str, word: str) -> None:
    """The others wait on."""
    with room(tmp_path, a=b"text", b=b"text"):
        code, lines, _ = scan(tmp_path, address, word)

    assert (code, lines) == (0, ["released waiting/7/a.txt to clean/7/a.txt", "scanned: 1 object"])


def test_nothing_waits(tmp_path: Path, address: str) -> None:
    """Then that is said."""
    with room(tmp_path):
        assert scan(tmp_path, address)[:2] == (0, ["nothing waits"])


@pytest.mark.requirement("FP-13")
def test_without_a_scanner(tmp_path: Path) -> None:
    """Nothing moves, and the run is incomplete."""
    with room(tmp_path, a=b"text") as backend:
        code, lines, said = scan(tmp_path, f"unix:{tmp_path}/nobody")

        assert (code, lines) == (3, [])
        assert "does not answer" in said
        assert [row.key for row in backend.rows(BUCKET, "")] == ["waiting/7/a.txt"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("uploads/clean",), "uploads/clean is no quarantine"),
        (("uploads/waitin",), "did you mean"),
        (("--queue", "https://sqs.eu-west-1.amazonaws.com/1/q"), "tells of one quarantine"),
        (("uploads/waiting", "--queue", "https://x/1/q", "--dry-run"), "leave out --queue or --dry-run"),
        (("uploads/waiting", "--follow"), "name it with --queue"),
        (("--largest", "9 bananas"), "bananas"),
    ],
)
def test_wrong_use(tmp_path: Path, address: str, words: tuple[str, ...], says: str) -> None:
    """It is said what to do."""
    with room(tmp_path, a=b"text"):
        code, lines, said = scan(tmp_path, address, *words)

    assert code in {2, 3}
    assert lines == []
    assert says in said
