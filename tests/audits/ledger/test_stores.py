"""Files that are replaced whole, and only by whoever saw what they hold."""

import stat
import threading
from pathlib import Path

import pytest

from audits.ledger import LedgerError, open_ledger
from audits.ledger.stores import Folder

NAME = "files-0123456789ab/manifest.json"


def test_only_who_saw_the_last_content_replaces_it(tmp_path: Path) -> None:
    """Nobody else, and nobody twice."""
    store = Folder(tmp_path)

    first = store.replace(NAME, b"1", None)

    assert first is not None
    assert store.replace(NAME, b"2", None) is None
    second = store.replace(NAME, b"2", first)
    assert store.replace(NAME, b"3", first) is None
    assert store.read(NAME) == (b"2", second)


def test_of_many_at_once_each_counts(tmp_path: Path) -> None:
    """Whoever was overtaken looks again; no turn is lost."""

    def add() -> None:
        store = Folder(tmp_path)
        for _ in range(10):
            while True:
                there = store.read(NAME)
                number = int(there.content) if there else 0
                if store.replace(NAME, b"%d" % (number + 1), there.token if there else None):
                    break

    threads = [threading.Thread(target=add) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert Folder(tmp_path).read(NAME) is not None
    assert int((Folder(tmp_path).read(NAME) or (b"", ""))[0]) == 40


def test_what_is_kept_is_for_its_owner_alone(tmp_path: Path) -> None:
    """Names of objects tell a lot."""
    store = Folder(tmp_path / "ledger")
    store.replace(NAME, b"1", None)
    draft = store.draft()
    draft.write_bytes(b"rows")
    store.publish(draft, "files-0123456789ab/parts/a.parquet")

    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "ledger").rglob("*")}

    assert modes <= {0o700, 0o600}
    assert stat.S_IMODE((tmp_path / "ledger").stat().st_mode) == 0o700


def test_a_draft_is_no_file_yet(tmp_path: Path) -> None:
    """It is listed apart, until it is published."""
    store = Folder(tmp_path)
    draft = store.draft()
    draft.write_bytes(b"half")

    assert list(store.entries()) == []
    assert [one.name for one in store.drafts()] == [draft.name]
    store.publish(draft, NAME)
    assert [(one.name, one.size) for one in store.entries()] == [(NAME, 4)]
    assert list(store.drafts()) == []


def test_a_part_that_was_cut_is_never_read(tmp_path: Path) -> None:
    """Its length says so, before anything is read into it."""
    store = Folder(tmp_path)
    store.replace(NAME, b"12345", None)

    with pytest.raises(LedgerError, match="has 5 bytes, and 9 were written"):
        store.local(NAME, 9)
    with pytest.raises(LedgerError, match="is not there"):
        store.local("files-0123456789ab/parts/b.parquet", 9)


def test_what_else_lies_in_the_folder_is_left_alone(tmp_path: Path) -> None:
    """Only files of buckets are listed."""
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "manifest.json").write_text("mine")
    (tmp_path / "notes.txt").write_text("mine")

    assert list(Folder(tmp_path).entries()) == []


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "is no ledger"),
        ("ftp://host/ledger", "is no ledger: name a folder, or s3://BUCKET/PREFIX"),
        ("s3://", "names no bucket"),
        ("s3:///prefix", "names no bucket"),
    ],
    ids=["nothing", "another way", "no bucket", "no bucket but a prefix"],
)
def test_what_can_be_no_ledger_is_said(url: str, said: str) -> None:
    """With what it could be."""
    with pytest.raises(LedgerError, match=said):
        open_ledger(url)


def test_a_file_is_no_ledger(tmp_path: Path) -> None:
    """A ledger is a folder."""
    (tmp_path / "file").write_text("")

    with pytest.raises(LedgerError, match="is a file"):
        open_ledger(str(tmp_path / "file"))
