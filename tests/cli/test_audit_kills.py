"""A whole audit with a ledger is killed anywhere: the run after it finds what an undisturbed one does.

`make kills` kills more often than these few times.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final
from uuid import uuid4

import pytest
from botocore.client import BaseClient

from audits.ledger.stores import Folder
from audits.ledger.verifying import verified
from sandbox.regions import located
from sandbox.server import Clients, Server
from tests.cli.running import PATIENCE, PLAIN, ROOT, run

ACCOUNT: Final = "210987654321"
REGION: Final = "us-west-2"
KILLS: Final = int(os.environ.get("BUCKETWRIGHT_KILLS", "3"))
OBJECTS: Final = 24
LIVES: Final = (1, 1, 2)
"""So many times in a row a run is killed."""
MODES: Final = ("full", "changed")
HURT: Final = """
import os, signal, sys
from dataclasses import replace
from audits.ledger import compacting, parts, writing
from bucketwright.s3.wire import lists
from cli.main import main

last, calls = int(os.environ["KILL_AFTER"]), 0
parts.GROUP_ROWS = compacting.GROUP_ROWS = 4
writing.PART_ROWS, writing.MOST_SMALL = 8, 3
for one in (lists.KEYS, lists.VERSIONS):
    one.query["max-keys"] = "7"

def counting(frame, event, _):
    global calls
    if event == "call" and f"{os.sep}audits{os.sep}" in frame.f_code.co_filename:
        calls += 1
        if calls == last:
            os.kill(os.getpid(), signal.SIGKILL)

sys.setprofile(counting)
try:
    main()
finally:
    sys.setprofile(None)
    print(calls, file=sys.stderr)
"""
"""The program with small pages and parts, which ends by SIGKILL at one of the calls inside of an audit."""


@dataclass(frozen=True)
class Yard:
    """A bucket that keeps versions, whose objects are right and wrong in many ways."""

    name: str
    clients: Clients
    folder: Path

    @property
    def s3(self) -> BaseClient:
        return self.clients.client("s3")

    @property
    def environment(self) -> dict[str, str]:
        return {**dict.fromkeys(self.clients.unwanted, ""), **self.clients.environment}

    def words(self, *more: str) -> list[str]:
        """The command, of this bucket alone."""
        where = ("--runs", str(self.folder / "runs"), "--no-keep", "--format", "jsonl")
        return ["audit", "--bucket", self.name, "--profile", "all", *where, *more]

    def found(self, *more: str) -> list[str]:
        """What an audit says that runs to its end."""
        result = run(*self.words(*more), environment=self.environment)
        assert result.exit_code in {0, 1, 3}, result.output
        rows = [json.loads(line) for line in result.stdout.splitlines()]
        return sorted(json.dumps({**one, "first_seen": ""}, sort_keys=True) for one in rows)

    def killed(self, last: int, mode: str, ledger: Path) -> tuple[int, int]:
        """How one ended that is killed at that call, and how many it had; 0: it is not killed."""
        environment = {**os.environ, **PLAIN, **self.environment, "PYTHONPATH": str(ROOT)}
        ended = subprocess.run(  # noqa: S603 - our own interpreter and program
            [sys.executable, "-c", HURT, *self.words("--objects", mode, "--ledger", str(ledger))],
            env={**environment, "KILL_AFTER": str(last)},
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        code = ended.returncode
        assert code in {0, 1, 3, -signal.SIGKILL}, ended.stderr.decode()
        return code, 0 if code == -signal.SIGKILL else int(ended.stderr.split()[-1])

    def put(self, number: int, chance: Random) -> None:
        """An object of some sort, long ago or now; some become older versions, some are deleted."""
        suffix = chance.choice(["a.pdf", "b.png", ".env", "c d+\u00e9.txt", "e.tar.gz"])
        key = f"{chance.choice(['one', 'two', 'three'])}/{number:03}/{suffix}"
        kind = chance.choice(["application/pdf", "image/png", "text/html", "binary/octet-stream"])
        self.s3.put_object(Bucket=self.name, Key=key, Body=b"x", ContentType=kind, Tagging="a=b")
        if chance.random() < 0.2:
            self.s3.put_object(Bucket=self.name, Key=key, Body=b"y", ContentType="text/plain")
        if chance.random() < 0.2:
            self.s3.delete_object(Bucket=self.name, Key=key)


@dataclass(frozen=True)
class Begun:
    """What there is before a run is killed."""

    yard: Yard
    ledger: Path
    """What an earlier audit knew."""
    calls: int
    """About how many a run has that nobody ends."""
    undisturbed: list[str]
    """What one says that uses no ledger."""


@pytest.fixture(scope="module")
def begun(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Begun:
    """A bucket that was audited once, and in which much has happened since."""
    folder, chance = tmp_path_factory.mktemp("yard"), Random(7)  # noqa: S311 - the same objects each time
    yard = Yard(f"yard-{uuid4().hex[:12]}", server.clients(account=ACCOUNT, region=REGION), folder)
    yard.s3.create_bucket(Bucket=yard.name, **located(REGION))
    yard.s3.put_bucket_versioning(Bucket=yard.name, VersioningConfiguration={"Status": "Enabled"})
    for number in range(OBJECTS):
        yard.put(number, chance)
    _, calls = yard.killed(0, "full", folder / "ledger")
    for number in range(OBJECTS // 2, OBJECTS * 3 // 2):
        yard.put(number, chance)
    return Begun(yard, folder / "ledger", calls * 3 // 2, yard.found("--objects", "full"))


@pytest.mark.parametrize("number", range(KILLS), ids="kill {}".format)
def test_the_run_after_a_killed_one_finds_all(begun: Begun, tmp_path: Path, number: int) -> None:
    """After each kill the ledger is whole; the run that goes on finds what an undisturbed one does, and so
    does the next."""
    chance = Random(number)  # noqa: S311 - the same points each time
    ledger = shutil.copytree(begun.ledger, tmp_path / "ledger")
    for _ in range(LIVES[number % len(LIVES)]):
        begun.yard.killed(chance.randint(1, begun.calls), chance.choice(MODES), ledger)

        assert [one for one in verified(Folder(ledger)) if one.trouble] == []
    resumed, after = (begun.yard.found("--objects", "changed", "--ledger", str(ledger)) for _ in range(2))

    assert resumed == begun.undisturbed
    assert after == begun.undisturbed
    assert len(begun.undisturbed) > OBJECTS
