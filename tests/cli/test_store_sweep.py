"""Does `bucketwright sweep` show first, and then delete just that?"""

import json
from pathlib import Path

import pytest

from bucketwright.storage import Storage
from bucketwright.storage.patterns.sessions import UploadSessions
from bucketwright.storage.stored import At, Attributes
from tests.cli.running import run

CONTRACT = """
project: shelf
region: eu-west-1
environments: {dev: {}}
buckets:
  files: {prefixes: {drafts: {path: "drafts/", write: overwrite}}}
  sessions:
    temp: {session_ttl: 24 hours}
    prefixes: {incoming: {path: "sessions/{session_id:uuid}/"}}
"""


def aged(path: Path) -> None:
    """Everything in a folder of objects was written long ago."""
    for file in path.rglob("*.json"):
        values = json.loads(file.read_bytes())
        for name in ("modified", "begun"):
            if name in values:
                values[name] = "2025-01-01T00:00:00+00:00"
        file.write_text(json.dumps(values))


@pytest.mark.requirement("TU-2")
def test_shown_and_then_swept(tmp_path: Path) -> None:
    """Without --apply nothing goes; with it the old session and the old upload, and nothing that is alive."""
    contract, kept = tmp_path / "contract.yaml", tmp_path / "kept"
    contract.write_text(CONTRACT)
    storage = Storage.in_folder(contract, kept)
    sessions, drafts = UploadSessions(storage), storage.prefix("files/drafts").at()
    old = sessions.begin()
    old.place().put("a.txt", b"12345")
    drafts.put("stays.txt", b"text")
    storage.opened.backend.begin(At(drafts.there.bucket, "drafts/big.bin"), Attributes())
    aged(kept)
    young = sessions.begin()
    young.place().put("b.txt", b"text")
    where = ("sweep", "--contract", str(contract), "--folder", str(kept))

    shown = run(*where)
    assert shown.exit_code == 0
    assert [line.partition(":")[0] for line in shown.stdout.splitlines()] == [
        f"would sweep session {old.id} of sessions",
        "would sweep unfinished upload to drafts/big.bin in files, begun 2025-01-01 00",
        "would be swept",
    ]
    assert "1 object, 5 B" in shown.stdout
    assert old.place().exists("a.txt")
    swept = run(*where, "--apply")
    assert swept.exit_code == 0
    assert swept.stdout.count("swept ") == 2
    assert not old.place().exists("a.txt")
    assert young.place().exists("b.txt")
    assert drafts.exists("stays.txt")
    assert run(*where, "--apply").stdout == "nothing to sweep\n"


@pytest.mark.parametrize("words", [("--idle", "soon"), ("--uploads-older-than", "7"), ("--idle", "-1 hours")])
def test_times_that_are_none(tmp_path: Path, words: tuple[str, str]) -> None:
    """They are wrong use, and nothing goes."""
    (tmp_path / "contract.yaml").write_text(CONTRACT)
    where = ("--contract", str(tmp_path / "contract.yaml"), "--folder", str(tmp_path / "kept"))

    found = run("sweep", "--apply", *words, *where)
    assert found.exit_code == 2
    assert "such as 24 hours" in found.stderr
