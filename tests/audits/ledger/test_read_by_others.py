"""The parts of a ledger are plain Parquet: DuckDB reads them as the documentation says."""

from pathlib import Path

import duckdb

from audits.ledger import Span
from tests.audits.ledger.rows import BUCKET, columns_of, day, keep, opened, row
from tests.cli.running import ROOT


def documented() -> str:
    """The query of the documentation, on whatever folder."""
    text = (ROOT / "docs" / "ledger.md").read_text("utf-8")
    return text.split("```sql\n")[1].split("```")[0]


def test_the_documented_query_counts_what_is_there(tmp_path: Path) -> None:
    """Of each row what was listed last, and nothing that is gone."""
    keys = [f"k{number}" for number in range(20)]
    with opened(tmp_path) as ledger:
        keep(ledger, "first", [row(key, encryption="AES256", size=1) for key in keys])
        with ledger.writing(BUCKET, "second") as writer:
            changed = [row("k1", encryption="aws:kms", size=7), row("new", encryption="aws:kms", size=9)]
            writer.add(Span("", None, day(1)), columns_of(changed), [("k2", "")])
        assert len(ledger.manifest(BUCKET).parts) == 2
    query = documented().replace("ledger/shop-prod-files-5d1f0c9be2a4", f"{tmp_path}/{BUCKET.folder}")
    with duckdb.connect() as connection:
        found = connection.execute(query).fetchall()

    assert sorted(found) == [("AES256", 18, 18), ("aws:kms", 2, 16)]
