"""Which columns there are, and that they give back whatever was put into them."""

from collections.abc import Mapping
from pathlib import Path
from unittest.mock import patch

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.ledger import LedgerError, Span, parts
from audits.ledger.columns import LISTED, READ_AT, SCHEMA, table_of
from audits.ledger.pending import Pending
from bucketwright.objects.postures import DeleteMarkerPosture, ObjectPosture
from bucketwright.objects.sources import SOURCES
from bucketwright.s3.wire.rows import Row
from tests.audits.ledger.rows import BUCKET, HOSTILE, columns_of, day, keep, opened, row, scanned

OF_THE_LEDGER = {"kind", "judged_by", "clean_until", "lock_read_at", "tag_count", *READ_AT.values()}
OF_THE_RUN = {"bucket", "on_aws"}
"""What the same for all rows of a bucket: it is known without a ledger."""
OF_A_KEY = {"is_newest"}
"""What all rows of a key tell together."""
TEXTS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def test_each_fact_has_its_column() -> None:
    """By its own name, and there is no column for which there is no fact."""
    facts = {*ObjectPosture.fields(), *DeleteMarkerPosture.fields()} - OF_THE_RUN - OF_A_KEY

    assert set(SCHEMA.names) - OF_THE_LEDGER == facts


def test_each_source_that_is_asked_has_its_time() -> None:
    """All but what is known without asking, what is no object, and the ledger itself."""
    sources = {source for several in SOURCES[ObjectPosture.kind].values() for source in several}

    assert set(READ_AT) == sources - {"endpoint", "earlier-audits"}


def test_a_listed_row_has_the_columns_in_the_order_of_the_wire() -> None:
    """Only the names differ for two of them."""
    other = {"checksums": "checksum_algorithms", "version": "version_id"}

    assert tuple(other.get(name, name) for name in Row._fields) == LISTED


def test_hostile_keys_come_back_as_they_went_in(tmp_path: Path) -> None:
    """In the order of their bytes; both spellings of an accent are two keys."""
    with opened(tmp_path) as ledger:
        keep(ledger, "one", [row(key, etag=key) for key in HOSTILE])

        assert scanned(ledger, ("key", "etag")) == [(key, key) for key in sorted(HOSTILE, key=str.encode)]
        for before, key in zip(["", *sorted(HOSTILE)], sorted(HOSTILE), strict=False):
            assert ledger.known(BUCKET, before, key, ["key"])["key"].to_pylist() == [key]


def test_the_longest_keys_are_found(tmp_path: Path) -> None:
    """Four times as long as any of S3, and behind each other."""
    keys = [letter * size for letter in "abc" for size in (1_024, 1_025, 4_096)]
    with patch.object(parts, "GROUP_ROWS", 1), opened(tmp_path) as ledger:
        keep(ledger, "one", map(row, keys))

        assert scanned(ledger, ("key",)) == [(key,) for key in keys]
        assert ledger.known(BUCKET, keys[3], keys[4], ["key"])["key"].to_pylist() == [keys[4]]


@pytest.mark.parametrize("size", [4_095, 4_096, 4_097, 70_000])
@pytest.mark.parametrize("rows", [["x", "x"], ["x", None], [None, None], ["", ""], ["x", "y"]], ids=str)
def test_long_texts_and_none_are_told_apart(tmp_path: Path, size: int, rows: list[str | None]) -> None:
    """Whether a part has statistics of them or not."""
    texts = [one if one is None else one * size for one in rows]
    with opened(tmp_path) as ledger:
        keep(
            ledger,
            "one",
            [row(key, etag=text or "", owner=text) for key, text in zip("ab", texts, strict=True)],
        )

        assert scanned(ledger, ("owner", "etag")) == [(text, text or "") for text in texts]


@given(st.lists(st.tuples(TEXTS, TEXTS, st.none() | st.booleans()), max_size=5))
def test_columns_hold_any_text(rows: list[tuple[str | None, str | None, bool | None]]) -> None:
    """Whatever characters and lengths, and nothing where there is nothing."""
    told = {
        "key": [f"k{number}" for number in range(len(rows))],
        "content_type": [one[0] for one in rows],
        "tags": [one[1] for one in rows],
        "bucket_key": [one[2] for one in rows],
    }

    found = table_of(told, list_read_at=day(0)).select(list(told))

    assert found.to_pydict() == told


@pytest.mark.parametrize(
    "broken",
    [
        {"key": "a\ud800"},
        {"key": "b", "content_type": "\udcff"},
        {"key": ""},
        {"key": "zz"},
        {"key": "b" * 4_097},
        {"key": "b" + "\u20ac" * 1_366},
    ],
    ids=[
        "half a pair in a key",
        "half a pair elsewhere",
        "no key at all",
        "outside of the range",
        "long",
        "in bytes",
    ],
)
def test_a_row_that_cannot_be_kept_is_left_out_and_counted(
    tmp_path: Path, broken: Mapping[str, object]
) -> None:
    """The rows around it are kept."""
    sound = [row("a"), row("c")]
    with opened(tmp_path) as ledger, ledger.writing(BUCKET, "one") as writer:
        writer.replace(Span("", "z", day(0)), columns_of([sound[0], {**row("b"), **broken}, sound[1]]))
        writer.flush()

        assert writer.left_out == 1
    with opened(tmp_path) as ledger:
        assert scanned(ledger, ("key",)) == [("a",), ("c",)]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"key": ["a"], "colour": ["red"]}, "no column colour"),
        ({"key": ["a"], "etag": ["1", "2"]}, "etag has 2 values, and there are 1 keys"),
        ({"key": ["a"], "size": ["many"]}, "size cannot hold that"),
        ({"key": ["a"], "size": [2**70]}, "size cannot hold that"),
        ({"key": ["a", None]}, "key has no value"),
    ],
    ids=["an unknown column", "too many values", "another type", "too large a number", "no value"],
)
def test_what_is_no_column_is_said(columns: Mapping[str, list[object]], said: str) -> None:
    """By its name, and what is wrong with it."""
    with pytest.raises(LedgerError, match=said):
        table_of(columns, list_read_at=day(0))


def test_tables_are_taken_as_they_are() -> None:
    """Columns may come from another ledger, too."""
    pending = Pending()
    table = pa.table({"key": ["a", "b"], "size": pa.array([1, 2], pa.int32())})

    pending.take(Span("", None, day(0)), table, ())

    assert pending.table().select(["key", "size"]).to_pydict() == {"key": ["a", "b"], "size": [1, 2]}
