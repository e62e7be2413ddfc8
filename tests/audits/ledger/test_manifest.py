"""Manifests and journals: read back as written, and nothing else is taken for one."""

import json
from collections.abc import Callable
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.ledger import BucketIdentity, LedgerError, NewerFormatError
from audits.ledger.manifest import (
    MOST_RUNS,
    Journal,
    Manifest,
    Part,
    Retired,
    Run,
    UploadsSeen,
    journal_text,
    manifest_text,
    read_journal,
    read_manifest,
)
from tests.audits.ledger.rows import BUCKET, day

TEXTS = st.text(max_size=9)
"""Half a surrogate pair, too: what a bucket is called and where a range ends is said by others."""
TIMES = st.datetimes(timezones=st.just(UTC))
NUMBERS = st.integers(0, 2**62)
SPANS = st.lists(st.tuples(TEXTS, st.none() | TEXTS), max_size=2).map(tuple)
PARTS = st.builds(
    Part,
    name=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9-]{0,9}\.parquet", fullmatch=True),
    rows=NUMBERS,
    gone=NUMBERS,
    size=NUMBERS,
    digest=TEXTS,
    first=TEXTS,
    last=TEXTS,
    oldest=TIMES,
    newest=TIMES,
    whole=SPANS,
)
SEVERAL = st.lists(PARTS, max_size=3).map(tuple)
RUNS = st.builds(Run, TEXTS, TIMES, TIMES, NUMBERS, NUMBERS, st.booleans())
RETIRED = st.builds(Retired, TEXTS, TIMES)
MANIFESTS = st.builds(
    Manifest,
    st.builds(BucketIdentity, TEXTS, TEXTS),
    SEVERAL,
    st.lists(RUNS, max_size=2).map(tuple),
    st.lists(RETIRED, max_size=2).map(tuple),
    st.none() | st.builds(UploadsSeen, TIMES, NUMBERS, NUMBERS, NUMBERS),
)
JOURNALS = st.builds(Journal, st.builds(BucketIdentity, TEXTS, TEXTS), TEXTS, TIMES, SEVERAL, SPANS)
ONE = Part("a.parquet", 1, 0, 9, "d", "a", "b", day(0), day(0), (("", None),))


@given(MANIFESTS)
def test_a_manifest_reads_as_written(manifest: Manifest) -> None:
    """Every name, number and time of it."""
    assert read_manifest(manifest_text(manifest)) == manifest


@given(JOURNALS)
def test_a_journal_reads_as_written(journal: Journal) -> None:
    """Every part and range of it."""
    assert read_journal(journal_text(journal)) == journal


@given(MANIFESTS, st.data())
def test_a_changed_byte_is_noticed(manifest: Manifest, data: st.DataObject) -> None:
    """It is said, or what is read is what was written: white space counts for nothing."""
    text = bytearray(manifest_text(manifest))
    text[data.draw(st.integers(0, len(text) - 1))] = data.draw(st.integers(0, 255))

    try:
        found = read_manifest(bytes(text))
    except LedgerError:
        return

    assert found == manifest


@pytest.mark.parametrize("read", [read_manifest, read_journal], ids=["manifest", "journal"])
@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"format": 1}',
        b'{"format": "1"}',
        b"\xff",
        b"[" * 9_999,
        b'{"format": 0}',
    ],
    ids=["empty", "half", "list", "null", "no digest", "text", "no UTF-8", "deep", "older than any"],
)
def test_what_is_none_is_said(read: Callable[[bytes], object], text: bytes) -> None:
    """In a sentence, and never by a traceback."""
    with pytest.raises(LedgerError):
        read(text)


def test_a_newer_format_is_refused() -> None:
    """By what has to be done."""
    newer = json.dumps({"format": 2, "parts": "whatever comes then"}).encode()

    with pytest.raises(NewerFormatError, match=r"is of format 2, .* up to 1: use a newer bucketwright"):
        read_manifest(newer)


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.parquet", "/etc/a.parquet", "a/b.parquet", "a.json", ".parquet"],
    ids=["above", "from the root", "below", "another ending", "hidden"],
)
def test_a_part_lies_with_its_bucket(name: str) -> None:
    """However it is called: a name that leads elsewhere is none."""
    text = manifest_text(Manifest(BUCKET, (Part(name, 1, 0, 9, "d", "a", "b", day(0), day(0)),)))

    with pytest.raises(LedgerError, match="no part"):
        read_manifest(text)


def test_only_so_many_runs_are_named() -> None:
    """The latest."""
    manifest = Manifest(BUCKET)
    for number in range(MOST_RUNS + 5):
        run = Run(f"r{number}", day(0), day(0), 1, 0, looked_at_all=True)
        manifest = manifest.with_run(run, ())

    assert [run.name for run in manifest.runs] == [f"r{number}" for number in range(5, MOST_RUNS + 5)]


def test_a_run_that_is_told_twice_counts_once() -> None:
    """An answer that was lost makes it be told again."""
    run = Run("r", day(0), day(0), 1, 0, looked_at_all=True)
    once = Manifest(BUCKET).with_run(run, (ONE,))

    assert once.with_run(run, (ONE,)) == once


@pytest.mark.parametrize(
    ("name", "folder"),
    [("files", "files-"), ("..", ""), ("a/b", "a-b-"), ("b" * 300, "b" * 63 + "-"), ("\ud800", "")],
    ids=["plain", "above", "with a slash", "long", "half a pair"],
)
def test_the_folder_of_a_bucket_is_one_name(name: str, folder: str) -> None:
    """Readable as far as can be, and never a way out."""
    found = BucketIdentity(name).folder

    assert found.startswith(folder)
    assert found.replace("-", "").isalnum()
    assert found != BucketIdentity(name, "https://other").folder
