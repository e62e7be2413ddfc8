"""A fix that is killed at any moment is taken up again by its journal, harms nothing twice, and is put back.

`make kills` kills more often than these few times.
"""

import os
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
from click.testing import Result

from sandbox.regions import located
from sandbox.server import Clients, Server
from tests.cli.running import PATIENCE, PLAIN, ROOT, run

ACCOUNT: Final = "210987654321"
REGION: Final = "us-west-2"
KILLS: Final = int(os.environ.get("BUCKETWRIGHT_KILLS", "3"))
KEYS: Final = ("../a.png", "b c+%2F.png", "\u00e9.png", "d.png")
MOMENTS: Final = 60
"""About how many calls and lines a run has, before each of which and after each of which it may end."""
KILLED: Final = """
import os, signal, sys
from threading import Lock
from audits.fixing_journal import Journal
from audits.fixing_lanes import Lanes
from bucketwright.calls import Call
from cli.main import main
from cli import fix_run

left, turn = int(os.environ["KILL_AFTER"]), Lock()
Lanes.__init__.__defaults__ = (1,)

def moment():
    global left
    with turn:
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

def around(function):
    def called(*words, **named):
        moment()
        result = function(*words, **named)
        moment()
        return result
    return called

patient = fix_run.patient
fix_run.patient = lambda send, *rest: patient(around(send), *rest)
Journal.keep = around(Journal.keep)
main()
"""
"""The program, which ends by SIGKILL after so many moments; it makes one change at a time."""


@dataclass(frozen=True)
class Shop:
    """A bucket that keeps versions, whose objects say nothing of their types."""

    name: str
    clients: Clients
    runs: Path

    @property
    def s3(self) -> BaseClient:
        return self.clients.client("s3")

    @property
    def words(self) -> tuple[str, ...]:
        told = ("--rule", "object-content-type-default", "--rule", "stale-multipart-upload")
        return ("fix", "--bucket", self.name, "--objects", "full", *told, "--apply", "--risky", *self.where)

    @property
    def where(self) -> tuple[str, ...]:
        return ("--runs", str(self.runs))

    @property
    def environment(self) -> dict[str, str]:
        names = {**dict.fromkeys(self.clients.unwanted, ""), **self.clients.environment}
        return {**names, "BUCKETWRIGHT_TODAY": "2031-01-01"}

    @property
    def journals(self) -> list[Path]:
        folder = self.runs / "fixes"
        return sorted(folder.iterdir()) if folder.exists() else []

    def again(self, *words: str) -> Result:
        return run(*words, *self.where, environment=self.environment)

    def types(self) -> list[tuple[str, str]]:
        heads = (self.s3.head_object(Bucket=self.name, Key=key) for key in KEYS)
        return [(one["ContentType"], one["Metadata"]["who"]) for one in heads]

    def versions(self) -> list[int]:
        found = [one["Key"] for one in self.s3.list_object_versions(Bucket=self.name)["Versions"]]
        return [found.count(key) for key in KEYS]


def made(server: Server, folder: Path) -> Shop:
    """The bucket, and what is wrong in it."""
    shop = Shop(f"shop-{uuid4().hex[:12]}", server.clients(account=ACCOUNT, region=REGION), folder / "runs")
    shop.s3.create_bucket(Bucket=shop.name, **located(REGION))
    shop.s3.put_bucket_versioning(Bucket=shop.name, VersioningConfiguration={"Status": "Enabled"})
    for key in KEYS:
        told = {"ContentType": "binary/octet-stream", "Metadata": {"who": "me"}}
        shop.s3.put_object(Bucket=shop.name, Key=key, Body=key.encode(), **told)
    shop.s3.create_multipart_upload(Bucket=shop.name, Key="stale.bin")
    return shop


def killed(shop: Shop, moments: int) -> int:
    """How the run ended that is killed after so many moments."""
    environment = {
        **os.environ,
        **PLAIN,
        **shop.environment,
        "PYTHONPATH": str(ROOT),
        "KILL_AFTER": str(moments),
    }
    ended = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", KILLED, *shop.words],
        env=environment,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert ended.returncode in {-signal.SIGKILL, 0}, ended.stderr.decode()
    return ended.returncode


@pytest.mark.parametrize("seed", range(KILLS))
def test_killed_and_taken_up_again(seed: int, server: Server, tmp_path: Path) -> None:
    """Each object is as wanted and copied once, nothing else of it is another, and no upload lies about; then
    all of it is put back."""
    shop = made(server, tmp_path)
    killed(shop, Random(seed).randrange(MOMENTS))  # noqa: S311 - a moment, and no secret

    for journal in shop.journals:
        resumed = shop.again("fix", "--resume", str(journal), "--apply")
        assert "not " not in resumed.stdout.replace("not known", ""), resumed.output
    if any(kind != "image/png" for kind, _ in shop.types()):  # killed before the plan was whole
        assert "judged again" in shop.again(*shop.words[:-2]).stdout

    assert shop.types() == [("image/png", "me")] * len(KEYS)
    assert shop.versions() == [2] * len(KEYS)
    assert "Uploads" not in shop.s3.list_multipart_uploads(Bucket=shop.name)
    back = [shop.again("fix", "--undo", str(journal), "--apply").exit_code for journal in shop.journals]
    assert (set(back), shop.types()) == ({0}, [("binary/octet-stream", "me")] * len(KEYS))
