"""Whenever a program is killed that saves checkpoints or synchronises: nothing is lost, and nothing is half.

`make kills` kills more often than these few times.
"""

import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

import pytest

from bucketwright.storage import Storage
from bucketwright.storage.backends.folder import Folder
from bucketwright.storage.patterns.sweeping import Terms, abandoned, sweep
from bucketwright.storage.stored import At
from tests.faults.proxy import Proxy
from tests.storage.patterns.lives import NEW, OLD, STEPS, killed, live, opened, run_of, state
from tests.storage.patterns.runs import BUCKETS, contents, place
from tests.storage.patterns.sides import files, fill, put

KILLS: Final = int(os.environ.get("BUCKETWRIGHT_KILLS", "3"))
LATER: Final = Terms(datetime.now(UTC) + timedelta(days=30))
MOST_LIVES: Final = 2
WORKS: Final = ("save", "up", "down", "across")
_CALLS: dict[str, int] = {}


def begun(work: str, where: str, folder: Path) -> Storage:
    """What there is before the work begins, and nothing else."""
    folder.mkdir()
    storage = opened(where)
    backend = storage.opened.backend
    for bucket in BUCKETS:
        for upload in list(backend.uploads(bucket, "")):
            backend.drop(At(bucket, upload.key), upload.upload_id)
        backend.delete_many(bucket, [row.key for row in backend.rows(bucket, "")])
    mirror, second = place(storage, "files/mirror"), place(storage, "files/second")
    match work:
        case "up":
            fill(folder / "files", NEW)
            put(mirror, OLD)
        case "down":
            put(mirror, NEW)
            fill(folder / "files", OLD)
        case "across":
            put(mirror, NEW)
            put(second, OLD)
    return storage


def sides(work: str, storage: Storage, folder: Path) -> tuple[Mapping[str, bytes], Mapping[str, bytes]]:
    """What is at the source, and what at the target."""
    mirror, second = (contents(place(storage, f"files/{name}")) for name in ("mirror", "second"))
    match work:
        case "up":
            return files(folder / "files"), mirror
        case "down":
            return mirror, {name: text for name, text in files(folder / "files").items() if name[0] != "."}
    return mirror, second


def keep_sides(work: str, storage: Storage, folder: Path) -> None:
    """The source is untouched, and each at the target is as it was, or as it shall be."""
    source, target = sides(work, storage, folder)
    assert source == NEW
    assert OLD.keys() & NEW.keys() <= target.keys()
    assert all(text in (OLD.get(name), NEW.get(name)) for name, text in target.items())


def keep_run(storage: Storage, folder: Path) -> None:
    """Each checkpoint is whole, pointers lead to some that are there, and none is lost that was saved."""
    run, stored = run_of(storage), contents(place(storage, "files/checkpoints", run_id="r1"))
    assert stored == {f"step_{step}.ckpt": state(step) for step in run.steps()}
    assert {one.step for one in (run.latest(), run.best()) if one is not None} <= set(run.steps())
    note = folder / "saved"
    saved = [int(line) for line in note.read_text().split()] if note.exists() else []
    latest = run.latest()
    assert (0 if latest is None else latest.step) >= max(saved, default=0)


def keep_swept(storage: Storage) -> None:
    """Nothing unfinished is left after a sweep, and no file that belongs to no object."""
    for what in list(abandoned(storage, LATER)):
        sweep(storage, what, LATER)
    backend = storage.opened.backend
    assert [upload for bucket in BUCKETS for upload in backend.uploads(bucket, "")] == []
    if isinstance(backend, Folder):
        there = [row for bucket in BUCKETS for row in backend.rows(bucket, "")]
        kept = [path for path in backend.root.rglob("*") if path.is_file() and path.name != "lock"]
        assert len(kept) == 2 * len(there)


def calls_of(work: str, folder: Path) -> int:
    """About how many calls a life has that nobody ends; a little more where it asks a server."""
    if work not in _CALLS:
        kept = str(folder / "counted")
        begun(work, kept, folder / "whole")
        _CALLS[work] = live(work, kept, folder / "whole", 0)
    return _CALLS[work]


def kill_and_go_on(work: str, where: str, folder: Path, number: int) -> None:
    """Some lives that are killed, each taken up by the next; the last one ends by itself."""
    storage = begun(work, where, folder / "killed")
    chance = Random(f"{work} {number}")  # noqa: S311 - the same points each time
    for _ in range(chance.randint(1, MOST_LIVES)):
        killed(work, where, folder / "killed", chance.randint(1, calls_of(work, folder)))
        if work == "save":
            keep_run(storage, folder / "killed")
        else:
            keep_sides(work, storage, folder / "killed")
    live(work, where, folder / "killed", 0)
    if work == "save":
        keep_run(storage, folder / "killed")
        assert run_of(storage).steps() == [2, STEPS - 1, STEPS]
    else:
        assert sides(work, storage, folder / "killed") == (NEW, NEW)
        assert not list((folder / "killed").rglob(".bucketwright-sync"))
    keep_swept(storage)


@pytest.mark.requirement("TC-4")
@pytest.mark.requirement("TC-1")
@pytest.mark.parametrize("work", WORKS)
@pytest.mark.parametrize("number", range(KILLS), ids="kill {}".format)
def test_killed_beside_a_folder(work: str, number: int, tmp_path: Path) -> None:
    """After each kill all is whole, the next life ends the work, and a sweep leaves nothing behind."""
    kill_and_go_on(work, str(tmp_path / "kept"), tmp_path, number)


@pytest.mark.requirement("TC-4")
@pytest.mark.requirement("TC-1")
@pytest.mark.parametrize("work", WORKS if KILLS > 3 else ("save",))
@pytest.mark.parametrize("number", range(max(1, KILLS // 10)), ids="kill {}".format)
def test_killed_beside_a_server(work: str, number: int, proxy: Proxy, tmp_path: Path) -> None:
    """The same, where the storage is a server that lives on."""
    kill_and_go_on(work, proxy.upstream, tmp_path, number + 1_000)
