"""`bucketwright presign` prints a link and says when it ends."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result

from tests.cli.running import run
from tests.storage.contracts import TEXT

KEYS = {"S3_ACCESS_KEY": "AKIDEXAMPLE", "S3_SECRET_KEY": "a-secret-of-nobody"}
HOST = "https://shelf-dev-files.s3.eu-west-1.amazonaws.com"


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    path = tmp_path / "contract.yaml"
    path.write_text(TEXT)
    return path


def presign(contract: Path, *words: str, keys: dict[str, str] | None = None) -> Result:
    return run("presign", *words, "--contract", str(contract), "--env", "dev", environment=keys or KEYS)


@pytest.mark.requirement("CS-8")
def test_a_link_to_read(contract: Path) -> None:
    """It alone is on stdout, so that it can be handed on; its end is told beside."""
    done = presign(contract, "files/pages/a b.txt", "--download-name", "Ü.txt", "--lasts", "2 hours")

    assert done.exit_code == 0
    assert done.stdout.startswith(f"{HOST}/pages/a%20b.txt?response-content-disposition=attachment%3B")
    assert "&X-Amz-Expires=7200&" in done.stdout
    assert done.stdout.count("\n") == 1
    assert done.stderr.startswith("good until 20")
    assert done.stderr.endswith(" UTC, for pages/a b.txt\n")
    assert "X-Amz" not in done.stderr


@pytest.mark.requirement("FP-3")
@pytest.mark.requirement("FP-15")
def test_a_link_to_write(contract: Path) -> None:
    """With its headers; what may be too short is warned of."""
    done = presign(
        contract, "files/documents/7/a.pdf", "--method", "put", "--size", "900 KB", "--lasts", "2 seconds"
    )
    url, *headers = done.stdout.splitlines()

    assert url.startswith(f"{HOST}/dev/cases/7/documents/a.pdf?X-Amz-Algorithm=AWS4-HMAC-SHA256&")
    assert headers == ["Content-Type: application/pdf", "If-None-Match: *", "Content-Length: 900000"]
    assert (
        "warning: it is good for 2 seconds, and 900 KB may take 8 seconds on a line of 1 Mbit/s"
        in done.stderr
    )


@pytest.mark.requirement("FP-4")
def test_a_form_as_json(contract: Path) -> None:
    """All that a page needs, and the key that was chosen."""
    done = presign(contract, "files/papers/a.pdf", "--method", "post", "--size", "1 MB", "--json")
    told = json.loads(done.stdout)

    assert told.keys() == {"url", "fields", "most", "until", "key", "warnings"}
    assert (told["url"], told["most"], told["fields"]["key"]) == (f"{HOST}/", 1_000_000, told["key"])
    assert datetime.fromisoformat(told["until"]) > datetime.now(UTC)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["files/documents/7/a.pdf"], 2, "its delivery is none; with delivery: presigned there are links"),
        (["files/pages/a.txt", "--type", "text/plain"], 2, "--type is for what is written"),
        (["files/pages/a.txt", "--sha256", "ab"], 2, "--sha256 is for a PUT"),
        (["files/raw/a", "--method", "put", "--sha256", "ab"], 2, "'ab' is no SHA-256"),
        (["files/pages/a.txt", "--lasts", "soon"], 2, "Invalid value for '--lasts'"),
        (["files/pages/a.txt", "--lasts", "2 weeks"], 2, "a link there is good for 1 week at most"),
        (["files/documents/7/a.pdf", "--method", "put"], 2, "say the size, or sign a form"),
        (["files/pages/a.txt", "--origin", "https://a.example"], 2, "its cors allows none"),
        (["files/pages/"], 2, "is a place: name an object in it"),
        (["files/site/a.css"], 3, "links to files/site are CloudFront's: set BUCKETWRIGHT_DELIVERIES"),
        (["files/pages/a.txt", "--folder", "."], 3, "are kept on this machine, and no link leads to them"),
    ],
    ids=[
        "nobody outside reads", "a type to read", "a hash to read", "no hash", "no span", "too long",
        "no size", "a page that may not", "a place", "CloudFront without keys", "in a folder",
    ],
)  # fmt: skip
def test_what_is_not_signed(contract: Path, words: list[str], code: int, told: str) -> None:
    """One plain sentence, and nothing on stdout."""
    done = presign(contract, *words)

    assert (done.exit_code, done.stdout) == (code, "")
    assert told in done.stderr


def test_without_credentials(contract: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said so."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    nothing = {"AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null"}
    done = presign(contract, "files/pages/a.txt", keys={**nothing, "AWS_EC2_METADATA_DISABLED": "true"})

    assert (done.exit_code, done.stdout) == (3, "")
    assert "the credentials do not work" in done.stderr
