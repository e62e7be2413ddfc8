"""A ledger that cannot be read or written costs no report: what it would have proven is asked anew."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final
from unittest.mock import patch

import pytest

from audits.ledger import BucketIdentity, LedgerError, open_ledger
from audits.ledger.stores import Folder
from audits.object_scan import Unlooked
from audits.objects.recalling import Recalling
from bucketwright.judging import Judgement
from bucketwright.s3.endpoints import named
from tests.audits.objects.stored import HOME, Stored, found, full_of, wanted

TYPES: Final = "object-content-type-mismatch"
FILES: Final = BucketIdentity("files")
WRONG: Final = "docs/00000.pdf"
MANY: Final = 40


@pytest.fixture
def stored() -> Stored:
    """Objects of which one says a wrong type."""
    there = full_of(MANY)
    there.changed(WRONG, content_type="text/html")
    return there


def recalled(
    stored: Stored, folder: Path, run: str, *, asks_all: bool = False
) -> tuple[list[Judgement], list[Unlooked]]:
    """A run with a ledger: what is to be said, and what of the ledger did not serve."""
    about, skipped = wanted(TYPES), list[Unlooked]()
    with open_ledger(str(folder)) as ledger:
        recalling = Recalling(ledger, run, named("sandbox"), "", asks_all)
        with recalling.of(HOME, about, skipped.append) as visits:
            return found(stored, about, visits), skipped


def junk_manifest(folder: Path) -> None:
    """No JSON any more."""
    [manifest] = folder.rglob("manifest.json")
    manifest.write_text("{nothing")


def newer_manifest(folder: Path) -> None:
    """Of a program that is not written yet."""
    [manifest] = folder.rglob("manifest.json")
    manifest.write_text(json.dumps({"format": 2}))


def junk_journal(folder: Path) -> None:
    """Of a run that was killed."""
    unfinished = folder / FILES.folder / "unfinished"
    unfinished.mkdir()
    (unfinished / "killed.json").write_text("")


def damaged_part(folder: Path) -> None:
    """As long as it was."""
    [part] = folder.rglob("*.parquet")
    part.write_bytes(b"PAR1" + b"x" * (part.stat().st_size - 8) + b"PAR1")


def lost_part(folder: Path) -> None:
    """Its name still stands in the manifest."""
    [part] = folder.rglob("*.parquet")
    part.unlink()


@pytest.mark.parametrize(
    ("harm", "file", "mended"),
    [
        pytest.param(junk_manifest, "manifest.json is no", "ledger forget", id="a manifest of junk"),
        pytest.param(newer_manifest, "manifest.json is of format 2", "newer bucketwright", id="a newer one"),
        pytest.param(junk_journal, "unfinished/killed.json", "ledger forget", id="a journal of junk"),
        pytest.param(damaged_part, ".parquet is damaged", "ledger forget", id="a damaged part"),
        pytest.param(lost_part, ".parquet is not there", "ledger forget", id="a lost part"),
    ],
)
def test_what_cannot_be_read_is_asked_anew(
    tmp_path: Path, stored: Stored, harm: Callable[[Path], None], file: str, mended: str
) -> None:
    """Every finding is there; the ledger, the file and what to do are named, once."""
    first, none = recalled(stored, tmp_path, "one")
    harm(tmp_path)
    second, skipped = recalled(stored, tmp_path, "two")

    assert not none
    assert [one.posture.name for one in second] == [one.posture.name for one in first] == [WRONG]
    assert stored.asked["head"] == MANY
    [one] = skipped
    assert (one.bucket, one.what) == (HOME.address, "ledger")
    assert f"{tmp_path} could not be used: " in one.reason
    assert file in one.reason
    assert mended in one.reason
    assert ("ledger forget" in one.reason) == (harm is not newer_manifest)


def test_a_full_look_replaces_a_damaged_part(tmp_path: Path, stored: Stored) -> None:
    """It needs nothing of what was known: the ledger is whole again, and nothing is said."""
    recalled(stored, tmp_path, "one")
    damaged_part(tmp_path)
    _, skipped = recalled(stored, tmp_path, "two", asks_all=True)
    _, later = recalled(stored, tmp_path, "three")

    assert (skipped, later) == ([], [])
    assert stored.asked["head"] < MANY


@pytest.mark.parametrize("names", ["manifest.json", ".parquet", "unfinished"])
def test_what_cannot_be_written_costs_no_finding(tmp_path: Path, stored: Stored, names: str) -> None:
    """Whichever file the disk has no room for; nothing wrong is believed by the next run."""
    put = Folder.publish

    def full(store: Folder, draft: Path, name: str) -> None:
        if names in name:
            raise LedgerError(f"{store.root / name}: No space left on device")
        put(store, draft, name)

    with patch.object(Folder, "publish", full):
        judgements, skipped = recalled(stored, tmp_path, "one")
    after, later = recalled(stored, tmp_path, "two")

    assert [one.posture.name for one in judgements] == [one.posture.name for one in after] == [WRONG]
    [one] = skipped
    assert names in one.reason
    assert "No space left on device" in one.reason
    assert "ledger forget" not in one.reason
    assert later == []


def test_a_disk_that_is_full_under_the_rows_is_said(tmp_path: Path, stored: Stored) -> None:
    """What Arrow says of it comes with the file, and leaves no draft behind."""

    def draft(store: Folder) -> Path:
        path = store.root / ".rows.draft"
        path.symlink_to("/dev/full")
        return path

    with patch.object(Folder, "draft", draft):
        judgements, skipped = recalled(stored, tmp_path, "one")

    assert [one.posture.name for one in judgements] == [WRONG]
    [one] = skipped
    assert f"{tmp_path / '.rows.draft'}: " in one.reason
    assert "No space left on device" in one.reason
    assert not (tmp_path / ".rows.draft").is_symlink()
