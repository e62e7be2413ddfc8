"""django-storages, told by the contract, writes and links as the contract says, or is not told at all."""

from collections.abc import Iterator
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.base import ContentFile
from storages.backends.s3 import S3Storage

from bucketwright.storage import Misconfigured, Settings, Storage
from bucketwright.storage.frameworks.django_options import django_options
from sandbox.regions import located
from sandbox.server import Server
from tests.sandbox.drifts.deploying import sandbox
from tests.storage.contracts import ACCOUNT, contract

REGION = "eu-west-1"


class Files(Protocol):
    """What is used of an S3Storage, which carries no types."""

    def save(self, name: str, content: "ContentFile[bytes]") -> str:
        """Write it."""

    def url(self, name: str) -> str:
        """A link."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A sandbox with the contract's bucket."""
    with sandbox() as running:
        client = running.clients(account=ACCOUNT, region=REGION).client("s3")
        client.create_bucket(Bucket="shelf-dev-files", **located(REGION))
        yield running


def files(settings: Settings, address: str, **values: int) -> Files:
    """As Django makes it of its settings."""
    made: Files = S3Storage(**django_options(address, contract(), "dev", settings=settings, values=values))
    return made


@pytest.mark.requirement("AP-5")
def test_what_it_writes_is_where_and_what_the_contract_says(server: Server) -> None:
    """Bucket, path, tags and type; nothing is replaced, and the storage client reads it."""
    settings = Settings(endpoint_url=server.url, access_key=ACCOUNT, secret_key=ACCOUNT)
    exports = files(settings, "files/exports", case_id=7)
    names = [exports.save("all.txt", ContentFile(text)) for text in (b"first", b"second")]
    place = Storage.open(contract(), "dev", settings).prefix("files/exports").at(case_id=7)

    assert names[0] == "all.txt"
    assert [place.get(name) for name in names] == [b"first", b"second"]
    assert place.info("all.txt").type.startswith("text/plain")
    assert place.tags("all.txt") == {"bucketwright:prefix": "exports", "kind": "export"}


@pytest.mark.requirement("AP-9")
def test_credentials_that_end_come_with_their_token() -> None:
    """Without it nobody would believe their signature."""
    settings = Settings(access_key="ASIAEXAMPLE", secret_key="s" * 40, session_token="its-token")  # noqa: S106
    link = urlsplit(files(settings, "files/pages").url("a.html"))

    assert parse_qs(link.query)["X-Amz-Security-Token"] == ["its-token"]


@pytest.mark.requirement("AP-7")
def test_links_are_signed_by_version_4_for_the_host_of_the_region() -> None:
    """And live as long as the contract says."""
    settings = Settings(access_key="AKIAIOSFODNN7EXAMPLE", secret_key="s" * 40)
    link = urlsplit(files(settings, "files/pages").url("a.html"))
    said = parse_qs(link.query)

    assert link.netloc == f"shelf-dev-files.s3.{REGION}.amazonaws.com"
    assert link.path == "/pages/a.html"
    assert said["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    assert said["X-Amz-Expires"] == ["3600"]


def test_the_terms_of_transfers_are_the_contracts() -> None:
    """Threshold, part size and concurrency; retries are those of every client."""
    options = django_options("files/drafts", contract(), "dev", settings=Settings())
    transfer, config = options["transfer_config"], options["client_config"]

    assert vars(transfer)["multipart_threshold"] == 6_000_000
    assert vars(transfer)["multipart_chunksize"] == 5 * 2**20
    assert vars(config)["retries"] == {"mode": "adaptive", "total_max_attempts": 3}
    assert options["file_overwrite"] is True
    assert options["default_acl"] is None
    assert "access_key" not in options


@pytest.mark.parametrize(
    ("address", "why"),
    [
        pytest.param("files/pointers", "write: if-unchanged", id="only what was read"),
        pytest.param("files/site", "deliver by cloudfront", id="through CloudFront"),
        pytest.param("files/blobs", "deliver by content-addressed", id="named by hashes"),
        pytest.param("logs/delivered", "what AWS delivers", id="where AWS writes"),
    ],
)
def test_what_it_cannot_do_it_is_not_told(address: str, why: str) -> None:
    """The error names what can."""
    values = {"head": "ab"} if address == "files/blobs" else {}
    with pytest.raises(Misconfigured, match=why) as error:
        django_options(address, contract(), "dev", settings=Settings(), values=values)

    assert "ContractStorage" in str(error.value)
