"""Which deliveries need a bucket's KMS key: CloudFront's, S3's inventories, and no others?"""

from collections.abc import Mapping

import pytest

from bucketwright.contract.model import Environment
from tests.contract.access.encrypted import (
    ABOUT,
    ARN,
    CLOUDFRONT,
    DECRYPT,
    NEW_KEY,
    WITHOUT_BUCKET_KEYS,
    encrypted,
    lent,
    may,
)
from tests.contract.access.environments import ACCOUNT, PARTNER, environment


def delivered(encryption: object, **settings: object) -> Environment:
    """A bucket whose images go out through CloudFront."""
    images = {"path": "images/", "delivery": "cloudfront"}
    files = {
        "encryption": encryption,
        "prefixes": {"images": images, "a": {"path": "a/", "delivery": "presigned"}},
    }
    return environment(buckets={"files": files}, **settings)


DISTRIBUTION = f"arn:aws:cloudfront::{ACCOUNT}:distribution/E1"


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param({"aws:SourceAccount": ACCOUNT, "aws:SourceArn": DISTRIBUTION}, True, id="ours"),
        pytest.param(
            {"aws:SourceAccount": ACCOUNT, "aws:SourceArn": f"arn:aws:cloudfront::{PARTNER}:distribution/E1"},
            False,
            id="another account's distribution",
        ),
        pytest.param({"aws:SourceAccount": ACCOUNT}, False, id="no distribution"),
        pytest.param({"aws:SourceArn": DISTRIBUTION}, False, id="no account"),
    ],
)
def test_cloudfront_decrypts_what_it_delivers(known: Mapping[str, str], expected: bool) -> None:
    """For distributions of this account, whose ids nobody knows yet; and it writes nothing."""
    written = lent(delivered("kms"))

    assert may(written, CLOUDFRONT, DECRYPT, {**known, ABOUT: ARN}) == expected
    assert not may(written, CLOUDFRONT, NEW_KEY, {**known, ABOUT: ARN})


def test_cloudfront_decrypts_the_delivered_prefixes() -> None:
    """Where S3 names objects to KMS, those alone; where nothing is delivered so, nothing."""
    known = {"aws:SourceAccount": ACCOUNT, "aws:SourceArn": DISTRIBUTION}
    written = lent(delivered(WITHOUT_BUCKET_KEYS))

    assert may(written, CLOUDFRONT, DECRYPT, {**known, ABOUT: f"{ARN}/images/x"})
    assert not may(written, CLOUDFRONT, DECRYPT, {**known, ABOUT: f"{ARN}/a/x"})
    assert lent(encrypted()) == []


@pytest.mark.parametrize("encryption", ["kms", WITHOUT_BUCKET_KEYS], ids=["bucket keys", "none"])
def test_s3_encrypts_the_inventories_it_delivers(encryption: object) -> None:
    """For the buckets that send them, on behalf of this account, and it decrypts none."""
    written = lent(encrypted(encryption, more={"inventory": {"to": "files"}}))
    known = {"aws:SourceAccount": ACCOUNT, "aws:SourceArn": "arn:aws:s3:::shop-prod-more"}
    about = {ABOUT: ARN if encryption == "kms" else f"{ARN}/shop-prod-more/all/x"}

    assert may(written, "s3.amazonaws.com", NEW_KEY, {**known, **about})
    assert not may(written, "s3.amazonaws.com", DECRYPT, {**known, **about})
    assert not may(written, "s3.amazonaws.com", NEW_KEY, {**known, **about, "aws:SourceAccount": PARTNER})
    assert not may(
        written, "s3.amazonaws.com", NEW_KEY, {**known, **about, "aws:SourceArn": "arn:aws:s3:::other"}
    )


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"access_logs": "logs"}, id="access logs go to keys of S3"),
        pytest.param(
            {
                "notifications": {
                    "targets": {
                        "arn": "arn:aws:sqs:us-west-2:111122223333:uploads",
                        "events": "s3:ObjectCreated:*",
                    }
                }
            },
            id="notifications carry no object",
        ),
    ],
)
def test_what_else_s3_sends_needs_no_key(settings: Mapping[str, object]) -> None:
    """Neither has a part in the bucket's key."""
    buckets = {"files": {"encryption": "kms", **settings}, "logs": {"purpose": "access-logs"}}

    assert lent(environment(buckets=buckets)) == []
