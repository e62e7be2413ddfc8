"""A code means one thing, and what it does not surely mean it does not mean."""

from collections import Counter

import pytest

from bucketwright.calls import FailureKind
from bucketwright.s3.codes import KINDS, kind_of, kind_of_status


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
