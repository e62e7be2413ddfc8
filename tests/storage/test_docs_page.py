"""Does the page on storage say what happens?"""

import re
from pathlib import Path
from typing import Final

import pytest

from bucketwright.storage import errors
from bucketwright.storage.settings import settings_of
from bucketwright.storage.testing import in_memory
from tests.storage.documented import DOCS, blocks, executed

PAGE: Final = "storage.md"


def test_the_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They run from the first to the last, and what stands behind an arrow is what comes out."""
    (tmp_path / "contract.yaml").write_text(blocks(PAGE, "yaml")[0])
    monkeypatch.chdir(tmp_path)
    with in_memory():
        executed(PAGE, {"folder": tmp_path})


def test_the_tree_of_errors() -> None:
    """It is the one that stands atop of the errors themselves."""
    drawn = blocks(PAGE, "")[0].strip()

    assert drawn in str(errors.__doc__)
    assert set(re.findall(r"[├└]── (\w+)", drawn)) == {
        one.__name__ for one in errors.StorageError.__subclasses__()
    }


def test_the_variables() -> None:
    """Every variable in the table is read, and every one that is read is in the table."""
    asked: set[str] = set()

    class Watching(dict[str, str]):
        def get(self, name: str, default: object = None) -> str:
            asked.add(name)
            return str(default or "")

    settings_of(Watching())
    table = "".join(line for line in (DOCS / PAGE).read_text().splitlines() if line.startswith("| `"))
    said = set(re.findall(r"`((?:AWS|S3|BUCKETWRIGHT)_[A-Z0-9_]+)`", table))

    assert said == asked - {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"}
