"""Do the pages on what becomes of content say what happens?"""

from pathlib import Path

import pytest

from bucketwright.storage import scanning
from bucketwright.storage.patterns import queues
from bucketwright.storage.scanning import Clamd
from bucketwright.storage.scanning.daemon import clamd
from bucketwright.storage.testing import in_memory
from tests.storage.documented import blocks, executed
from tests.storage.patterns.waiting_room import Line, event
from tests.storage.scanning.daemon import LARGEST, daemon


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the reader's."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", ["content-addressed.md", "hashed-names.md", "images.md"])
def test_the_examples(page: str, here: Path) -> None:
    """They run from the first to the last, and what stands behind an arrow is what comes out."""
    (here / "contract.yaml").write_text(blocks(page, "yaml")[0])
    with in_memory():
        executed(page, {"folder": here})


def test_the_examples_of_quarantines(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same with a real daemon, and a queue that tells of the last upload."""
    page = "quarantine.md"
    (here / "contract.yaml").write_text(blocks(page, "yaml")[0])
    arrived = event("quarantine/7/third.txt", "intake-dev-uploads")
    with daemon() as running, in_memory():

        def tried(_where: str, largest: int) -> Clamd:
            return clamd(running.address, largest)

        monkeypatch.setattr(scanning, "clamd", tried)
        monkeypatch.setattr(queues, "SqsQueue", lambda _url: Line([arrived]))
        executed(page, {})


def test_the_settings_of_the_daemon() -> None:
    """Those on the page make one that is used."""
    (lines,) = [one for one in blocks("quarantine.md", "") if "AlertExceedsMax" in one]
    said = dict(line.split() for line in lines.splitlines())
    small: dict[str, object] = {name: text.replace("100M", "10M") for name, text in said.items()}

    assert len({text for name, text in said.items() if name.startswith("Max")}) == 1
    with daemon(None, **small) as running:
        assert clamd(running.address, LARGEST).largest == LARGEST
