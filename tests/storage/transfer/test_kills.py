"""Killed at any moment, no original is lost, nothing half is visible, and what lies about is swept.

`make kills` kills more often than these few times.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final

import pytest

from bucketwright.storage import NotFound, Storage
from bucketwright.storage.patterns.sweeping import Terms, abandoned, sweep
from bucketwright.storage.place import Place
from tests.storage.contracts import ACCOUNT, TEXT, asking, contract
from tests.storage.transfer.flaky import DATA, PART

ROOT: Final = Path(__file__).parents[3]
KILLS: Final = int(os.environ.get("BUCKETWRIGHT_KILLS", "2"))
NEW: Final = DATA[: 2 * PART + 100]
OLD: Final = NEW[::-1]
PROGRAM: Final = """
import json, os, signal, sys
from pathlib import Path
from bucketwright.storage import Settings, Storage
import bucketwright.storage.backends.s3_opening, bucketwright.storage.opening  # once for all
from tests.storage.transfer.flaky import DATA, PART

EVENTS = {"http.client.send", "open", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate"}
moments = 0

def opened(where, account):
    if not where.startswith("http"):
        return Storage.in_folder("contract.yaml", Path(where), "dev")
    told = Settings(endpoint_url=where, access_key=account, secret_key=account)
    return Storage.open("contract.yaml", "dev", told)

def act(what, where, account, after):
    def moment(event, _):
        global moments
        if event in EVENTS:
            moments += 1
            if moments == after:
                os.kill(os.getpid(), signal.SIGKILL)

    storage = opened(where, account)
    drafts = storage.prefix("files/drafts").at()
    drafts.exists("a.bin")
    drafts.put("warm.bin", b"")
    sys.addaudithook(moment)
    if what == "upload":
        drafts.put("a.bin", DATA[: 2 * PART + 100], resume=Path("upload.json"))
    elif what == "move":
        drafts.move("a.bin", to=storage.prefix("files/raw").at(), as_name="b.bin")
    else:
        drafts.save("a.bin", Path("a.out"), resume=True)
    Path("moments").write_text(str(moments))

for line in sys.stdin:
    folder, *rest = json.loads(line)
    child = os.fork()
    if not child:
        try:
            os.chdir(folder)
            act(*rest)
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""A program that does for each line what it says, and is killed just before so many requests and changes of
files; each time it is another process."""


@pytest.fixture(scope="module")
def program() -> Iterator[subprocess.Popen[str]]:
    """The program, which has loaded all that it needs."""
    with subprocess.Popen(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        yield running


@dataclass(frozen=True, slots=True)
class Killing:
    """What is killed, and where its objects and its files lie."""

    program: subprocess.Popen[str]
    where: str
    folder: Path

    @property
    def storage(self) -> Storage:
        """The storage that the program has."""
        if self.where.startswith("http"):
            return asking(self.where)
        return Storage.in_folder(contract(), Path(self.where), "dev")

    def place(self, address: str) -> Place:
        """A place of that."""
        return self.storage.prefix(address).at()

    def run(self, what: str, after: int) -> bool:
        """Let it do that, and be killed after so many moments, or never; whether it was killed."""
        assert self.program.stdin is not None
        assert self.program.stdout is not None
        self.program.stdin.write(json.dumps([str(self.folder), what, self.where, ACCOUNT, after]) + "\n")
        self.program.stdin.flush()
        ended = int(self.program.stdout.readline())
        assert ended in {-signal.SIGKILL, 0}
        return ended != 0

    def kills(self, what: str) -> Iterator[int]:
        """After each of so many kills, spread over all moments of a run; the number of each."""
        self.begin()
        self.run(what, 0)
        moments, chosen = int((self.folder / "moments").read_text()), Random(0)  # noqa: S311 - no secret
        killed = 0
        for number in range(KILLS):
            self.begin()
            first, last = 1 + number * moments // KILLS, 1 + (number + 1) * moments // KILLS
            killed += self.run(what, chosen.randrange(first, max(first + 1, last)))
            yield number
        assert killed

    def begin(self) -> None:
        """As it is before."""
        self.place("files/drafts").put("a.bin", OLD)
        self.place("files/raw").delete("b.bin")
        (self.folder / "a.out").unlink(missing_ok=True)

    def sweep(self) -> None:
        """Sweep all that nobody finished, and see that nothing is left of it."""
        terms = Terms(uploads=timedelta(seconds=-5))
        for one in abandoned(self.storage, terms):
            sweep(self.storage, one, terms)
        assert list(abandoned(self.storage, terms)) == []


@pytest.fixture(params=["folder", "server"])
def killing(request: pytest.FixtureRequest, tmp_path: Path, program: subprocess.Popen[str]) -> Killing:
    """With a storage in a folder, or in a sandbox."""
    (tmp_path / "contract.yaml").write_text(TEXT)
    server = request.param == "server"
    where = request.getfixturevalue("proxy").upstream if server else str(tmp_path / "kept")
    return Killing(program, where, tmp_path)


def found(place: Place, name: str) -> bytes | None:
    """The whole content; None where nothing is there."""
    try:
        return b"".join(place.stream(name))
    except NotFound:
        return None


@pytest.mark.requirement("TU-5")
def test_killed_in_mid_upload(killing: Killing) -> None:
    """The old object is there whole or the new one is; the same put again goes on, and leaves nothing."""
    drafts, note = killing.place("files/drafts"), killing.folder / "upload.json"

    for number in killing.kills("upload"):
        assert found(drafts, "a.bin") in (OLD, NEW)
        if number % 3 == 2:  # nobody goes on with it
            killing.sweep()
        drafts.put("a.bin", NEW, resume=note)
        assert found(drafts, "a.bin") == NEW
        assert not note.exists()
        killing.sweep()


@pytest.mark.requirement("TU-5")
def test_killed_in_mid_move(killing: Killing) -> None:
    """It is at its old place, at its new one or at both, each time whole; the same move again ends it."""
    drafts, raw = killing.place("files/drafts"), killing.place("files/raw")

    for _ in killing.kills("move"):
        there = {found(drafts, "a.bin"), found(raw, "b.bin")}
        assert OLD in there
        assert there <= {OLD, None}
        if drafts.exists("a.bin"):
            drafts.move("a.bin", to=raw, as_name="b.bin")
        assert (found(drafts, "a.bin"), found(raw, "b.bin")) == (None, OLD)
        killing.sweep()


@pytest.mark.requirement("CS-6")
def test_killed_in_mid_save(killing: Killing) -> None:
    """The file is whole or not there; the same save again goes on, and leaves nothing beside it."""
    drafts, path = killing.place("files/drafts"), killing.folder / "a.out"

    for _ in killing.kills("save"):
        assert not path.exists() or path.read_bytes() == OLD
        drafts.save("a.bin", path, resume=True)
        assert path.read_bytes() == OLD
        assert list(killing.folder.glob(".*")) == []
