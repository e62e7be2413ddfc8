"""Do the patterns do the same on a server that others made, which checks what it is told?"""

from pathlib import Path

import pytest

from bucketwright.storage import Settings, Storage
from bucketwright.storage.patterns.batches import Cleared, clear
from bucketwright.storage.patterns.checkpoints import Checkpoints
from bucketwright.storage.patterns.sessions import UploadSessions
from bucketwright.storage.patterns.sync import Synced, sync
from tests.servers.running import KEY, SECRET, versitygw
from tests.storage.patterns.runs import BUCKETS, contents, contract, place
from tests.storage.patterns.sides import did, files, fill


@pytest.mark.requirement("TC-1")
@pytest.mark.requirement("TC-4")
@pytest.mark.requirement("TU-2")
@pytest.mark.requirement("CS-9")
def test_on_versitygw(tmp_path: Path) -> None:
    """Sync in all directions, checkpoints with their pointers, a session, and a batch that is cleared."""
    with versitygw() as server:
        for bucket in BUCKETS:
            server.client().create_bucket(Bucket=bucket)
        settings = Settings(endpoint_url=server.url, access_key=KEY, secret_key=SECRET, region="us-east-1")
        storage = Storage.open(contract(), "dev", settings)
        mirror, second = place(storage, "files/mirror"), place(storage, "files/second")

        fill(tmp_path / "files", {"a": b"1", "b/\u00e9": b"2", " g h+%2F": b"3"})
        assert len(did(sync(tmp_path / "files", mirror))) == 3
        fill(tmp_path / "files", {"a": b"22"})
        (tmp_path / "files" / " g h+%2F").unlink()
        assert did(sync(tmp_path / "files", mirror, delete=True)) == [
            ("replace", "a"),
            ("delete", " g h+%2F"),
        ]
        assert sync(mirror, second).is_whole
        assert sync(second, tmp_path / "back").is_whole
        assert files(tmp_path / "back") == files(tmp_path / "files") == contents(second)
        assert sync(mirror, second) == Synced((), (), 2)

        places = [place(storage, f"files/{name}", run_id="r1") for name in ("checkpoints", "pointers")]
        run = Checkpoints(*places, keep_last=1, best="lowest")
        for step in (1, 2, 3):
            run.save(step, b"%d" % step, float(step))
        latest = run.resume()
        assert (latest.step if latest else None, run.steps()) == (3, [1, 3])

        with UploadSessions(storage).begin() as session:
            session.place("incoming").put("a.txt", b"text")
        assert session.cleared == Cleared(1)
        assert clear(mirror) == Cleared(2)
