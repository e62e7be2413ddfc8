"""Do the pages on patterns say what happens?"""

from pathlib import Path

import pytest

from bucketwright.storage.patterns import queues
from bucketwright.storage.testing import in_memory
from tests.storage.documented import blocks, executed
from tests.storage.patterns.queueing import Waiting

PAGES = ("upload-sessions.md", "batches.md", "claim-check.md", "checkpoints.md", "sync.md")


def queue(_url: str) -> Waiting:
    """One in memory, in place of one of AWS."""
    return Waiting()


@pytest.mark.parametrize("page", PAGES)
def test_the_examples(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They run from the first to the last, and what stands behind an arrow is what comes out."""
    (tmp_path / "contract.yaml").write_text(blocks(page, "yaml")[0])
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(queues, "SqsQueue", queue)
    with in_memory():
        executed(page, {"folder": tmp_path})
