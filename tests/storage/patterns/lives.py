"""Programs that save checkpoints or synchronise, and kill themselves where they are told to.

python -m tests.storage.patterns.lives WORK WHERE FOLDER CALL
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock
from types import FrameType
from typing import Final

from bucketwright.storage import Storage
from bucketwright.storage.patterns.checkpoints import Checkpoints
from bucketwright.storage.patterns.sync import sync
from tests.cli.running import ROOT
from tests.storage.patterns.runs import asking, in_folder, place

STEPS: Final = 4
LARGE: Final = 5 * 1024 * 1024 + 7
"""More than one part, where the contract of these tests sends parts from 6 MB on: see `state`."""
OLD: Final[Mapping[str, bytes]] = {"a": b"old a", "b/c": b"old c", "gone": b"old", "same": b"same"}
NEW: Final[Mapping[str, bytes]] = {
    "a": b"new a",
    "b/c": b"",
    "large": b"n" * (LARGE + 1_500_000),
    "same": b"same",
}


def state(step: int) -> bytes:
    """The content of a checkpoint, in two parts."""
    return bytes([step]) * (LARGE + 1_000_000)


def run_of(storage: Storage) -> Checkpoints:
    """The run whose checkpoints are saved."""
    places = [place(storage, f"files/{name}", run_id="r1") for name in ("checkpoints", "pointers")]
    return Checkpoints(*places, keep_last=2, best="lowest")


def save(storage: Storage, folder: Path) -> None:
    """Go on from the newest checkpoint to the last step; each that is saved is noted."""
    run = run_of(storage)
    begun = run.resume()
    for step in range(1 if begun is None else begun.step + 1, STEPS + 1):
        run.save(step, state(step), abs(step - 2.0))
        with (folder / "saved").open("a") as note:
            note.write(f"{step}\n")


def up(storage: Storage, folder: Path) -> None:
    """A folder to a place."""
    sync(folder / "files", place(storage, "files/mirror"), delete=True, notes=folder / "notes")


def down(storage: Storage, folder: Path) -> None:
    """A place to a folder."""
    sync(place(storage, "files/mirror"), folder / "files", delete=True, notes=folder / "notes")


def across(storage: Storage, folder: Path) -> None:
    """A place to another."""
    sync(place(storage, "files/mirror"), place(storage, "files/second"), delete=True, notes=folder / "notes")


WORKS: Final[Mapping[str, Callable[[Storage, Path], None]]] = {
    "save": save,
    "up": up,
    "down": down,
    "across": across,
}


class _Counting:
    """Counts the calls of functions of the storage, and of those that act on files and connections."""

    def __init__(self, last: int) -> None:
        self.calls = 0
        self._last, self._turn = last, Lock()

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        if event not in {"call", "c_call"} or f"bucketwright{os.sep}storage" not in frame.f_code.co_filename:
            return
        with self._turn:
            self.calls += 1
            if self.calls == self._last:
                os.kill(os.getpid(), signal.SIGKILL)


def opened(where: str) -> Storage:
    """The storage on a server, or in a folder."""
    return asking(where) if where.startswith("http") else in_folder(Path(where))


def live(work: str, where: str, folder: Path, last: int) -> int:
    """Work until that call; how many there were."""
    storage, counting = opened(where), _Counting(last)
    threading.setprofile(counting)
    sys.setprofile(counting)
    try:
        WORKS[work](storage, folder)
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    return counting.calls


def killed(work: str, where: str, folder: Path, last: int) -> bool:
    """Let a program of its own live until that call; whether it was killed there."""
    if where.startswith("http"):
        return _spawned(work, where, folder, last)
    child = os.fork()
    if child == 0:
        try:
            live(work, where, folder, last)
        except BaseException:  # noqa: BLE001 - whatever it is, this process must not go on as a test run
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return _was_killed(os.waitstatus_to_exitcode(status), b"")


def _spawned(work: str, where: str, folder: Path, last: int) -> bool:
    words = [sys.executable, "-m", __name__, work, where, str(folder), str(last)]
    ended = subprocess.run(  # noqa: S603 - our own interpreter and program
        words, cwd=ROOT, capture_output=True, check=False, timeout=600
    )
    return _was_killed(ended.returncode, ended.stderr)


def _was_killed(code: int, told: bytes) -> bool:
    assert code in {0, -signal.SIGKILL}, told.decode()
    return code != 0


if __name__ == "__main__":
    live(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
