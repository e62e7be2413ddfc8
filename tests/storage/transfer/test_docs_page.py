"""Does the page on transfer say what happens?"""

from pathlib import Path

import pytest

from bucketwright.contract.buckets import Transfer
from bucketwright.contract.quantities import spell_size
from bucketwright.storage.testing import in_memory
from tests.storage.documented import DOCS, blocks, executed

PAGE = "transfer.md"


def test_the_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They run from the first to the last, and what stands behind an arrow is what comes out."""
    (tmp_path / "contract.yaml").write_text(blocks(PAGE, "yaml")[0])
    monkeypatch.chdir(tmp_path)
    with in_memory():
        executed(PAGE, {"folder": tmp_path})


def test_the_defaults() -> None:
    """The table has those of the contract."""
    rows = [line.split("|")[1:3] for line in (DOCS / PAGE).read_text().splitlines() if line.startswith("| `")]
    said = {name.strip(" `"): value.strip() for name, value in rows}
    defaults = Transfer()

    assert said == {
        "threshold": spell_size(defaults.threshold),
        "part_size": spell_size(defaults.part_size),
        "concurrency": str(defaults.concurrency),
    }
