"""A bucket is asked where the SDK would ask it, and signed for the same region."""

from urllib.parse import urlsplit

import pytest
from botocore.awsrequest import AWSRequest

from bucketwright.s3.sessions import Access, Sessions
from bucketwright.s3.wire.standing import Atlas, NotOnWireError
from tests.s3.asking import sessions

BUCKETS = ("files", "with.dots.in", "UPPER_case", "a" * 63)


def by_sdk(own: Sessions, bucket: str, region: str) -> tuple[str, str, str]:
    """Where a client of the SDK asks for the versioning of a bucket."""
    sent: list[tuple[str, str]] = []

    def note(request: AWSRequest, signing_name: str, region_name: str, **_event: object) -> None:
        sent.append((request.url, region_name))
        raise ZeroDivisionError

    client = own.session().create_client("s3", region_name=region)
    client.meta.events.register_first("before-sign.s3", note)
    with pytest.raises(ZeroDivisionError):
        client.get_bucket_versioning(Bucket=bucket)
    parts = urlsplit(sent[0][0])
    return parts.netloc, parts.path.rstrip("/"), sent[0][1]


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"AWS_USE_DUALSTACK_ENDPOINT": "true"},
        {"AWS_S3_US_EAST_1_REGIONAL_ENDPOINT": "regional"},
    ],
    ids=["plain", "dual-stack", "regional"],
)
@pytest.mark.parametrize("region", ["eu-west-1", "us-east-1", "cn-north-1", "us-gov-west-1"])
def test_as_the_sdk(monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], region: str) -> None:
    """Host, path and region are the SDK's for every kind of name."""
    for name, text in settings.items():
        monkeypatch.setenv(name, text)
    own = Sessions(Access(region=region))

    for bucket in BUCKETS:
        found = Atlas(own).of(bucket, region)

        assert (found.host.authority, found.prefix, found.region) == by_sdk(own, bucket, region)
        assert found.host.is_secure


def test_fips(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only validated cryptography is allowed, its hosts are asked."""
    test_as_the_sdk(monkeypatch, {"AWS_USE_FIPS_ENDPOINT": "true"}, "us-gov-west-1")


def test_an_endpoint_of_ones_own() -> None:
    """One address serves all buckets, each under a path."""
    found = Atlas(sessions("http://127.0.0.1:9000")).of("with.dots", "eu-west-1")

    assert (found.host.authority, found.host.is_secure) == ("127.0.0.1:9000", False)
    assert (found.prefix, found.region) == ("/with.dots", "eu-west-1")


def test_usual_ports_are_not_named() -> None:
    """The port that everybody knows is in no header, and numbers of IPv6 stand in brackets."""
    assert Atlas(sessions("https://files.example.com:443")).of("b", "x").host.authority == "files.example.com"
    assert Atlas(sessions("http://[::1]:80")).of("b", "x").host.authority == "[::1]"


def test_signed_in_a_way_of_their_own() -> None:
    """A bucket for which other signatures are wanted is none for the wire."""
    with pytest.raises(NotOnWireError, match="way of their own"):
        Atlas(Sessions(Access(region="eu-west-1"))).of("files--euw1-az1--x-s3", "eu-west-1")
