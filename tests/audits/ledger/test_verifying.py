"""What was damaged is found, wherever it is; and what is whole is not complained of."""

import json
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audits.ledger import BucketIdentity, LedgerError, NewerFormatError, Span
from audits.ledger.columns import table_of
from audits.ledger.manifest import Manifest, Part, manifest_text
from audits.ledger.shelf import Shelf
from audits.ledger.stores import Folder
from audits.ledger.verifying import verified
from tests.audits.ledger.rows import BUCKET, HOSTILE, columns_of, day, keep, opened, row, scanned


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A ledger with a finished run, and one that was killed."""
    with opened(tmp_path) as ledger:
        keep(ledger, "first", [row(key) for key in HOSTILE])
        killed = ledger.writing(BUCKET, "killed")
        killed.add(Span("", None, day(1)), columns_of([row("new")]))
        killed.flush()
    return tmp_path


def troubles(folder: Path) -> dict[str, str]:
    """What is wrong, by file."""
    return {one.name: one.trouble for one in verified(Folder(folder)) if one.trouble}


def test_what_is_whole_is_not_complained_of(kept: Path) -> None:
    """The manifest, the journal, and both parts are looked at."""
    looked = list(verified(Folder(kept)))

    assert [one.trouble for one in looked] == [""] * 4


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_changed_byte_is_found(kept: Path, data: st.DataObject) -> None:
    """In whichever file, at whichever place; and to read it never ends in a traceback."""
    path = data.draw(
        st.sampled_from(sorted(one for one in kept.rglob("*.*") if one.suffix in {".json", ".parquet"}))
    )
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    path.write_bytes(whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :])
    try:
        if path.suffix == ".parquet":
            assert list(troubles(kept)) == [path.relative_to(kept).as_posix()]
        with opened(kept) as ledger:
            ledger.known(BUCKET)
            scanned(ledger)
    except LedgerError:
        pass
    finally:
        path.write_bytes(whole)


@pytest.mark.parametrize("name", ["manifest.json", "killed.json"], ids=["manifest", "journal"])
def test_a_damaged_file_does_not_hide_the_others(kept: Path, name: str) -> None:
    """Each is looked at by itself."""
    [path] = kept.rglob(name)
    path.write_bytes(path.read_bytes().replace(b'"bucket"', b'"bukket"'))

    assert list(troubles(kept)) == [path.relative_to(kept).as_posix()]


def test_a_part_that_is_missing_or_cut_is_found(kept: Path) -> None:
    """Each by its name."""
    one, other = sorted(kept.rglob("*.parquet"))
    one.unlink()
    other.write_bytes(other.read_bytes()[:-1])

    assert {name.rpartition("/")[2] for name in troubles(kept)} == {one.name, other.name}


def test_a_manifest_of_another_bucket_is_found(kept: Path) -> None:
    """It is not taken for this one's, neither here nor there."""
    [path] = kept.rglob("manifest.json")
    path.write_bytes(manifest_text(Manifest(BucketIdentity("other"))))

    assert [trouble for trouble in troubles(kept).values() if "lies with another bucket" in trouble]
    with pytest.raises(LedgerError, match="is of other, and not of files"):
        Shelf(Folder(kept), BUCKET).manifest()


def test_a_newer_format_is_found(kept: Path) -> None:
    """It is said so, not called damaged."""
    [path] = kept.rglob("manifest.json")
    path.write_text(json.dumps({"format": 7}))

    assert "use a newer bucketwright" in next(iter(troubles(kept).values()))


def test_a_newer_format_is_never_written_to(kept: Path) -> None:
    """Neither by a new run, nor by one that had begun before."""
    [path] = kept.rglob("manifest.json")
    with opened(kept) as ledger:
        begun = ledger.writing(BUCKET, "begun")
        begun.add(Span("", None, day(2)), columns_of([row("late")]))
        path.write_text('{"format": 2}')

        for work in (begun.close, lambda: ledger.writing(BUCKET, "another")):
            with pytest.raises(NewerFormatError, match="use a newer bucketwright"):
                work()

    assert path.read_text() == '{"format": 2}'


@pytest.mark.parametrize(
    ("keys", "rows", "said"),
    [
        (["b", "a"], 2, "row 1 is not in order"),
        (["a", "a"], 2, "row 1 is not in order"),
        (["a", "z"], 2, "row 1 is not in order"),
        (["a", "b"], 3, "holds 2 rows, and 3 were written"),
    ],
    ids=["unsorted", "one row twice", "beyond the last key", "too few"],
)
def test_rows_are_looked_at_too(kept: Path, keys: list[str], rows: int, said: str) -> None:
    """A part whose digest fits may still be none: its program may have been wrong."""
    shelf = Shelf(Folder(kept), BUCKET)
    part = written(kept, table_of({"key": keys}, list_read_at=day(0)), rows)
    shelf.change(lambda one: one.with_parts([part]))

    assert list(troubles(kept).values()) == [said]


def test_strange_columns_are_found(kept: Path) -> None:
    """They are no part of a ledger."""
    part = written(kept, pa.table({"key": ["a"], "colour": ["red"]}), 1)
    Shelf(Folder(kept), BUCKET).change(lambda one: one.with_parts([part]))

    assert list(troubles(kept).values()) == ["has columns that the ledger does not know"]


def written(folder: Path, table: pa.Table, rows: int) -> Part:
    """A part with any table in it."""
    path = folder / BUCKET.folder / "parts" / "strange.parquet"
    pq.write_table(table, path)
    content = path.read_bytes()
    return Part(path.name, rows, 0, len(content), sha256(content).hexdigest(), "a", "b", day(0), day(0))
