"""What is to be known of a contract that loads: settings that need a hand, or do less than they sound."""

import pytest

from bucketwright.contract.remarks import bucket_remarks, remarks
from tests.contract.loading_cases import assert_refused, case, contract, environment, with_bucket

KEY = """|
          -----BEGIN PUBLIC KEY-----
          MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEW3sa8FwfqhGQtRAsWlEFw4jF6egi
          /pzBxqTuv6T1EVZKhmQqGvgTY0sB7uOrSXu5PgQLusXJ2qcxFgAeqP8EPA==
          -----END PUBLIC KEY-----
"""
CERTIFICATE = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"
OWN = f"      domains: [media.example.com]\n      certificate: {CERTIFICATE}\n"


def media(setting: str = "", more: str = "") -> str:
    """A bucket behind a distribution, with a setting of its own and more of the distribution."""
    prefixes = "    prefixes: {pictures: {path: p/, delivery: cloudfront}}\n"
    keys = f"    cloudfront:\n      signing_keys:\n        first: {KEY}"
    return f"buckets:\n  media:\n{prefixes}{setting}{keys}{more}"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        pytest.param(with_bucket(""), [], id="nothing"),
        pytest.param(
            with_bucket("versioning: enabled, mfa_delete: true"),
            ["buckets.files.mfa_delete"],
            id="MFA delete",
        ),
        pytest.param(media(), ["buckets.media.cloudfront"], id="CloudFront's certificate"),
        pytest.param(media(more=OWN), [], id="a certificate of one's own"),
    ],
)
def test_what_is_to_be_known(body: str, found: list[str]) -> None:
    """Each remark names the setting it is about."""
    subject = environment(body)

    assert [str(one).partition(": ")[0] for one in remarks(subject)] == found
    assert len(found) == sum(len(bucket_remarks(subject, one)) for one in subject.buckets)


def test_what_the_distribution_does_not_hand_out_is_shown() -> None:
    """A key that looks like another prefix's is lost to the Deny that keeps the distribution out of it."""
    crossing = media().replace(
        "pictures: {path: p/", "docs: {path: 'c/{id}/docs/'}, pictures: {path: 'c/{id}/p/'"
    )

    lost = [str(one) for one in remarks(environment(crossing)) if one.path[2] == "prefixes"]

    assert len(lost) == 1
    assert lost[0].startswith("buckets.media.prefixes.pictures.delivery: keys that look like those of docs")


def test_a_remark_says_who_does_it() -> None:
    """Root, by hand."""
    (remark,) = remarks(contract(with_bucket("versioning: enabled, mfa_delete: true")).environments["dev"])

    assert "root" in str(remark)
    assert "by hand" in str(remark)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        case("1.3 and no certificate", media('    tls_minimum: "1.3"\n'), "media.tls_minimum", "TLS 1.0"),
        case("1.3 and a certificate", media('    tls_minimum: "1.3"\n', OWN)),
        case("1.2 and no certificate", media('    tls_minimum: "1.2"\n')),
        case("1.3 and no distribution", with_bucket("tls_minimum: '1.3'")),
    ],
)
def test_a_newest_tls_that_is_not_kept_is_refused(body: str, words: tuple[str, ...]) -> None:
    """Whoever asks for TLS 1.3 is not given 1.0 by CloudFront's own certificate."""
    assert_refused(body, words)
