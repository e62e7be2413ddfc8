"""How are servers asked that are not AWS, and with credentials that somebody names?"""

import pytest

from bucketwright.s3.addresses import is_amazon
from bucketwright.s3.clients import _transport
from bucketwright.s3.sessions import Access, Keys, Sessions


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", True),
        ("https://s3.eu-west-1.amazonaws.com", True),
        ("https://bucket.vpce-1.s3.cn-north-1.vpce.amazonaws.com.cn", True),
        ("https://S3.AMAZONAWS.COM:443", True),
        ("https://amazonaws.com.example.org", False),
        ("https://notamazonaws.com", False),
        ("http://localhost:9000", False),
        ("https://abc.r2.cloudflarestorage.com", False),
    ],
)
def test_whether_amazon_answers(url: str, expected: bool) -> None:
    """Told by the end of the host, and not by what stands before it."""
    assert is_amazon(url) == expected


@pytest.mark.parametrize(
    ("url", "expected"), [("", "when_supported"), ("http://localhost:9000", "when_required")]
)
def test_checksums_that_nobody_asked_for(url: str, expected: str) -> None:
    """They are sent to AWS, and asked for, and to nobody else."""
    config = Sessions(Access(endpoint_url=url, region="eu-west-1")).client("s3").meta.config

    assert config.request_checksum_calculation == config.response_checksum_validation == expected
    assert config.signature_version == "s3v4"


def test_credentials_that_are_named() -> None:
    """They sign, whatever the environment says, and are shown to nobody."""
    access = Access(keys=Keys("its-key", "its-secret"), region="eu-west-1")
    credentials = Sessions(access)._own.get_credentials()

    assert (credentials.access_key, credentials.secret_key) == ("its-key", "its-secret")
    assert "its-" not in repr(access)


@pytest.mark.parametrize("verify", [True, False])
def test_certificates_hold_unless_somebody_says_otherwise(verify: bool) -> None:
    """Only where it is said in so many words nobody looks at them."""
    sessions = Sessions(Access(endpoint_url="https://localhost:9000", verify=verify))

    assert _transport(sessions._own, sessions.endpoint_url, sessions._manner)._verify is verify
