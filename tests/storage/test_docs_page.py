"""Does the page on storage say what happens?"""

import re
from pathlib import Path
from typing import Final

import pytest

from bucketwright.storage import errors
from bucketwright.storage.settings import settings_of
from bucketwright.storage.testing import in_memory

PAGE: Final = (Path(__file__).parents[2] / "docs" / "storage.md").read_text(encoding="utf-8")
_BLOCK: Final = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SAYS: Final = re.compile(r"^( *)(.+?)  # -> (.+)$", re.MULTILINE)


def blocks(language: str) -> list[str]:
    return [text for kind, text in _BLOCK.findall(PAGE) if kind == language]


def test_the_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They run from the first to the last, and what stands behind an arrow is what comes out."""
    (tmp_path / "contract.yaml").write_text(blocks("yaml")[0])
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"folder": tmp_path}
    with in_memory():
        for block in blocks("python"):
            checked = _SAYS.sub(r"\1_found = \2; assert repr(_found) == repr(\3), _found", block)
            exec(compile(checked, "docs/storage.md", "exec"), names)  # noqa: S102 - the page's own


def test_the_tree_of_errors() -> None:
    """It is the one that stands atop of the errors themselves."""
    drawn = blocks("")[0].strip()

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
    table = "".join(line for line in PAGE.splitlines() if line.startswith("| `"))
    said = set(re.findall(r"`((?:AWS|S3|BUCKETWRIGHT)_[A-Z0-9_]+)`", table))

    assert said == asked - {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"}
