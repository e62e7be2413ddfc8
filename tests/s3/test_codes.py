"""A code means one thing, and what it does not surely mean it does not mean."""

from collections import Counter

import pytest

from bucketwright.calls import FailureKind
from bucketwright.s3.codes import KINDS, advice, kind_of, kind_of_status


def test_one_meaning() -> None:
    """No code stands in the table twice."""
    counted = Counter(code for codes in KINDS.values() for code in codes)

    assert [code for code, count in counted.items() if count > 1] == []


@pytest.mark.parametrize(
    ("code", "service", "operation", "kind"),
    [
        ("NoSuchEntity", "iam", "GetRole", "gone"),
        ("NoSuchEntity", "iam", "GetAccountPasswordPolicy", "refused"),
        ("ResourceNotFoundException", "lambda", "GetFunction", "gone"),
        ("ResourceNotFoundException", "lambda", "GetPolicy", "refused"),
        ("NoSuchBucketPolicy", "s3", "GetBucketPolicy", "refused"),
        ("NoSuchPublicAccessBlockConfiguration", "s3control", "GetPublicAccessBlock", "refused"),
        ("AccessDenied", "s3", "GetBucketPolicy", "denied"),
        ("accessdenied", "s3", "GetBucketPolicy", "refused"),
        ("SlowDown", "s3", "ListObjectsV2", "throttled"),
        ("ExpiredToken", "s3", "ListObjectsV2", "credentials"),
        ("", "s3", "ListObjectsV2", "refused"),
    ],
)
def test_codes(code: str, service: str, operation: str, kind: FailureKind) -> None:
    """A code that says that something is not configured is no failure of a known kind, and others are."""
    assert kind_of(code, service, operation) == kind


@pytest.mark.parametrize(
    ("status", "kind"),
    [(403, "denied"), (404, "gone"), (400, "refused"), (503, "throttled"), (500, "refused")],
)
def test_statuses(status: int, kind: FailureKind) -> None:
    """Where there is only a status it means what it surely means."""
    assert kind_of_status(status) == kind


CLOCK = "this machine's clock is wrong by more than fifteen minutes: set it right"
WRONG_KEYS = "the secret does not belong to the access key: check the profile"


@pytest.mark.parametrize(
    ("code", "message", "said"),
    [
        pytest.param("RequestTimeTooSkewed", "The difference is too large.", CLOCK, id="late to S3"),
        pytest.param(
            "SignatureDoesNotMatch",
            "Signature expired: 20261121T100000Z is now earlier than 20261121T101500Z",
            CLOCK,
            id="late to STS",
        ),
        pytest.param(
            "InvalidSignatureException",
            "Signature not yet current: 20261121T110000Z is still later than 20261121T101500Z",
            CLOCK,
            id="early to a service that speaks JSON",
        ),
        pytest.param(
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match",
            WRONG_KEYS,
            id="secret",
        ),
        pytest.param(
            "AccessDenied", "Signature expired: so it is", "Signature expired: so it is", id="denied"
        ),
        pytest.param(
            "AuthorizationHeaderMalformed",
            "The header is malformed; the region 'us-west-2' is wrong; expecting 'eu-central-1'",
            "the region is wrong: the server is of eu-central-1; name that by --region, or in the contract",
            id="another region",
        ),
        pytest.param(
            "AuthorizationHeaderMalformed",
            "the region us-west-2 is wrong; expecting eu-central-1",
            "the region is wrong: the server is of eu-central-1; name that by --region, or in the contract",
            id="another region without quotes",
        ),
        pytest.param(
            "AuthorizationHeaderMalformed", "the key is empty", "the key is empty", id="no word of a region"
        ),
    ],
)
def test_what_to_do(code: str, message: str, said: str) -> None:
    """By the code, or by what the message says where a code means several things."""
    assert advice(code, message) == said
