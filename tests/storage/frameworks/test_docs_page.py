"""Does the page on frameworks say what happens?"""

from pathlib import Path

import pytest
from django.test import override_settings

from bucketwright.storage import Storage
from bucketwright.storage.testing import in_memory
from tests.storage.documented import blocks, executed

PAGE = "frameworks.md"


def test_the_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They run from the first to the last, and what stands behind an arrow is what comes out."""
    (tmp_path / "contract.yaml").write_text(blocks(PAGE, "yaml")[0])
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BUCKETWRIGHT_CONTRACT", "contract.yaml")
    monkeypatch.setenv("BUCKETWRIGHT_ENVIRONMENT", "dev")
    said: dict[str, object] = {}
    exec(blocks(PAGE, "python")[0], said)  # noqa: S102 - the page's own
    with override_settings(STORAGES=said["STORAGES"]), in_memory():
        executed(PAGE, {"Storage": Storage})
