"""Does the page on signed access say what happens? Its scripts for pages are run by the browser's tests."""

import json
from pathlib import Path
from urllib.request import urlopen

import pytest

from bucketwright.storage.signing.signed import SignedUrl
from tests.servers.running import known_alone, versitygw
from tests.storage.documented import blocks, executed
from tests.storage.signing.sending import answered, sent
from tests.storage.signing.signed import elliptic, private, public

PAGE = "signed-access.md"


def fetched(url: str) -> bytes:
    with urlopen(url) as answer:  # noqa: S310 - our own server's
        return bytes(answer.read())


def sent_so(link: SignedUrl, content: bytes) -> int:
    return sent(link, content, content_length=str(len(content)))


def sent_part(part: SignedUrl, content: bytes) -> str:
    return answered("PUT", part.url, content, part.headers)[2]


def test_the_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They run from the first to the last on a server that checks signatures."""
    said, [told] = blocks(PAGE, "yaml")[0], blocks(PAGE, "json")
    known = "\n".join(
        line.strip() for line in said.splitlines() if "-----" in line or "MFkw" in line or "/pz" in line
    )
    for own, ours in zip(known.splitlines(), public(elliptic()).splitlines(), strict=True):
        said = said.replace(own, ours)
    (tmp_path / "contract.yaml").write_text(said)
    monkeypatch.chdir(tmp_path)
    with versitygw() as server, known_alone(server):
        server.client().create_bucket(Bucket="shelf-dev-files")
        monkeypatch.setenv("BUCKETWRIGHT_DELIVERIES", json.dumps(json.loads(told)))
        monkeypatch.setenv("BUCKETWRIGHT_SIGNING_KEY", private(elliptic()))
        executed(PAGE, {"fetched": fetched, "sent": sent_so, "sent_part": sent_part})
