"""Does the page on the commands of storage say what they print?"""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from bucketwright.storage.testing import in_memory
from tests.cli.running import run
from tests.storage.documented import blocks

CONTRACT = """
project: shelf
environments: {dev: {}}
buckets:
  files:
    prefixes:
      documents: {path: "{env}/cases/{case_id:int}/documents/", keep: forever}
      drafts: {path: "drafts/", write: overwrite}
"""
TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


def sessions() -> Iterator[tuple[str, str]]:
    """Each command of the page, and what it prints."""
    for block in blocks("store-commands.md", "console"):
        for one in block.removeprefix("$ ").split("\n$ "):
            command, _, printed = one.partition("\n")
            yield command.removeprefix("bucketwright "), printed.rstrip("\n")


def test_the_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command prints, on both streams, what the page shows below it."""
    (tmp_path / "contract.yaml").write_text(CONTRACT)
    (tmp_path / "brief.pdf").write_bytes(b"%PDF-1.7 ...")
    (tmp_path / "app").mkdir()
    monkeypatch.chdir(tmp_path)
    with in_memory():
        for command, printed in sessions():
            if command == "lint":
                (tmp_path / "contract.yaml").write_text(CONTRACT.replace("shelf", "shop"))
                (tmp_path / "brief.pdf").unlink()
                (tmp_path / "copy.pdf").unlink()
                (tmp_path / "app.py").write_text("import x\nBUCKET = 'shop-dev-files'\n")
            found = run(*shlex.split(command))

            said = (found.stdout + found.stderr).rstrip("\n")

            assert TIME.sub("", said) == TIME.sub("", printed), command
