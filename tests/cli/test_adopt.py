"""`bucketwright adopt`: what it asks for, which files it leaves, and how it ends."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import Result

from bucketwright.contract.loading import load
from cli.exits import Exit
from sandbox.server import Server
from tests.cli.running import run
from tests.sandbox.drifts.deploying import sandbox

ACCOUNT = "111122223333"
BUCKET = "acme-prod-files"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A sandbox with one bucket that somebody made by hand."""
    with sandbox() as running:
        s3 = running.clients(account=ACCOUNT, region="us-east-1").client("s3")
        s3.create_bucket(Bucket=BUCKET)
        yield running


def adopt(server: Server, *words: str) -> Result:
    """The command, signed for the account of the tests."""
    clients = server.clients(account=ACCOUNT, region="us-east-1")
    kept = {name: value for name, value in os.environ.items() if name not in clients.unwanted}
    told = ("--endpoint-url", server.url, "--server", "moto")
    with patch.dict(os.environ, {**kept, **clients.environment}, clear=True):
        return run("adopt", *told, *words, environment={"BUCKETWRIGHT_TODAY": "2026-06-01"})


def test_it_leaves_a_contract_a_list_and_a_file_to_import(server: Server, tmp_path: Path) -> None:
    """What differs from what is live is told on the terminal and in the list, and in the exit code."""
    folder = tmp_path / "out"

    ended = adopt(server, "--bucket", BUCKET, "--out", str(folder))

    assert ended.exit_code == Exit.INCOMPLETE
    assert "1 bucket, 0 prefixes, 0 under access" in ended.output
    (environment,) = load(folder / "contract.yaml").environments.values()
    assert (environment.project, environment.name, set(environment.buckets)) == ("acme", "prod", {"files"})
    listed = [json.loads(line) for line in (folder / "not-expressed.jsonl").read_text().splitlines()]
    assert "policy" in {one["setting"] for one in listed}
    assert all(one["seen"] in ended.output for one in listed)
    taken = json.loads((folder / "import.json").read_text())
    assert {"type": "aws:s3/bucket:Bucket", "id": BUCKET, "parent": "files"}.items() <= next(
        one for one in taken["resources"] if one["type"].endswith(":Bucket") and "id" in one
    ).items()


def test_it_overwrites_nothing_without_being_told(server: Server, tmp_path: Path) -> None:
    """Nobody's work is lost; not even the account is asked."""
    (tmp_path / "contract.yaml").write_text("mine")

    refused = adopt(server, "--all-buckets", "--out", str(tmp_path))

    assert refused.exit_code == Exit.WRONG_USE
    assert "--force" in refused.output
    assert (tmp_path / "contract.yaml").read_text() == "mine"
    assert adopt(server, "--all-buckets", "--out", str(tmp_path), "--force").exit_code == Exit.INCOMPLETE
    assert set(load(tmp_path / "contract.yaml").environments) == {"prod"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "--all-buckets"),
        (["--bucket", BUCKET, "--all-buckets"], "--all-buckets"),
        (["--bucket", BUCKET, "--project", "A b"], "such as a-b"),
        (["--bucket", BUCKET, "--env", "1"], "beginning with a letter"),
        (["--bucket", "acme-nobody"], "there is no bucket"),
        (["--bucket", BUCKET, *["--assume-role", f"arn:aws:iam::{ACCOUNT}:role/a"] * 2], "one role"),
    ],
    ids=["no bucket", "some and all", "no id of a project", "no id", "a bucket nobody has", "two accounts"],
)
def test_wrong_use_is_one_sentence(words: list[str], told: str, server: Server, tmp_path: Path) -> None:
    """It says what to do instead, and leaves nothing behind."""
    ended = adopt(server, *words, "--out", str(tmp_path / "out"))

    assert ended.exit_code == Exit.WRONG_USE
    assert told in ended.output
    assert not (tmp_path / "out").exists()
