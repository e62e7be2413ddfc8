"""The commands of storage on a server with S3's protocol, from the address on the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from sandbox.regions import located
from sandbox.server import Server
from tests.cli.running import run
from tests.storage.contracts import ACCOUNT, PDF, TEXT

REGION = "eu-west-1"
Command = Callable[..., Result]


@pytest.fixture
def command(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """A storage command, sent to an empty sandbox."""
    for name, text in {"AWS_ACCESS_KEY_ID": ACCOUNT, "AWS_SECRET_ACCESS_KEY": ACCOUNT}.items():
        monkeypatch.setenv(name, text)
    (tmp_path / "contract.yaml").write_text(TEXT)
    monkeypatch.chdir(tmp_path)

    def sent(*words: str) -> Result:
        return run(*words, "--env", "dev", "--endpoint-url", server.url, "--region", REGION)

    return sent


def test_there_and_back(server: Server, command: Command, tmp_path: Path) -> None:
    """Stored with its type and tags, listed, fetched and deleted."""
    client = server.clients(account=ACCOUNT, region=REGION).client("s3")
    client.create_bucket(Bucket="shelf-dev-files", **located(REGION))
    (tmp_path / "all.pdf").write_bytes(PDF)
    put = command("put", "all.pdf", "files/exports/7/")
    stored = client.get_object(Bucket="shelf-dev-files", Key="dev/cases/7/exports/all.pdf")
    tags = client.get_object_tagging(Bucket="shelf-dev-files", Key="dev/cases/7/exports/all.pdf")["TagSet"]

    assert put.exit_code == 0, put.stderr
    assert (stored["Body"].read(), stored["ContentType"]) == (PDF, "application/pdf")
    assert {one["Key"] for one in tags} == {"bucketwright:prefix", "kind"}
    assert command("ls", "files/exports").stdout.endswith("1 object, 17 B\n")
    assert command("cat", "files/exports/7/all.pdf").stdout_bytes == PDF
    assert command("get", "files/exports/7/all.pdf", "--to", "back.pdf").exit_code == 0
    assert (tmp_path / "back.pdf").read_bytes() == PDF
    assert command("rm", "-r", "files/exports/7/").stdout.endswith("deleted 1 object, 17 B\n")
    assert command("ls", "files/exports").stdout == "0 objects, 0 B\n"


@pytest.mark.requirement("AP-6")
def test_what_is_not_there_ends_with_three_and_a_sentence(command: Command) -> None:
    """A bucket that nobody made is no empty one."""
    result = command("ls", "sessions/incoming")

    assert (result.exit_code, result.stdout) == (3, "")
    assert "shelf-dev-sessions" in result.stderr


@pytest.mark.requirement("AP-6")
def test_a_server_that_is_down_is_said(command: Command) -> None:
    """And not waited for."""
    result = run("ls", "files/drafts", "--env", "dev", "--endpoint-url", "http://127.0.0.1:9")

    assert result.exit_code == 3
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
