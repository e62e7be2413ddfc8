"""What does the distribution of a bucket read, and who else does by the same right?"""

from collections.abc import Mapping
from typing import Any, Final

import pytest

from bucketwright.contract.access.bucket_policy import bucket_policy
from bucketwright.contract.access.cloudfront import distribution_arn
from bucketwright.contract.model import Environment
from bucketwright.iam.documents import parse
from bucketwright.iam.public import is_public
from tests.contract.access.environments import ACCOUNT, environment
from tests.contract.access.oracle import allows

ARN: Final = "arn:aws:s3:::shop-prod-media"
KEY: Final = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"
SERVICE: Final = {"Service": "cloudfront.amazonaws.com"}


def media(**settings: object) -> Environment:
    """A bucket of which one prefix is handed out by a distribution."""
    prefixes = {"pictures": {"path": "p/", "delivery": "cloudfront"}, "originals": {"path": "o/"}}
    bucket = {"cloudfront": {"signing_keys": {"first": KEY}}, "require_tls": False, "prefixes": prefixes}
    return environment(buckets={"media": bucket}, **settings)


@pytest.mark.parametrize(
    ("action", "key", "source", "expected"),
    [
        pytest.param("s3:GetObject", "p/1.webp", "{media}", True, id="what is delivered"),
        pytest.param("s3:GetObject", "o/1.jpg", "{media}", False, id="no other prefix"),
        pytest.param("s3:PutObject", "p/1.webp", "{media}", False, id="no writing"),
        pytest.param("s3:GetObject", "p/1.webp", "E1ABCDEF", False, id="no other distribution"),
    ],
)
def test_the_distribution_reads_what_it_delivers(action: str, key: str, source: str, expected: bool) -> None:
    """The one distribution gets the delivered prefixes, and nothing else."""
    source_arn = f"arn:aws:cloudfront::{ACCOUNT}:distribution/{source}"
    request = {"action": action, "resource": f"{ARN}/{key}", "aws:SourceArn": source_arn}

    assert allows([bucket_policy(media(), "media")], request) is expected


def test_the_distribution_is_named_and_not_public() -> None:
    """The statement is for the service alone, and S3 would not call the policy public."""
    policy: Mapping[str, Any] = bucket_policy(media(), "media")
    [principal] = [one["Principal"] for one in policy["Statement"] if one["Effect"] == "Allow"]

    assert principal == SERVICE
    assert is_public(parse(policy)).holds is False


def test_the_placeholder_is_no_id_of_a_distribution() -> None:
    """Nobody can take it for a real ARN, with a known account or without."""
    assert distribution_arn(media(), "media").endswith(":distribution/{media}")
    assert distribution_arn(media(account=None), "media").split(":")[4] == "000000000000"


CROSSING: Final = {
    "pics": {"path": "cases/{id}/pics/", "delivery": "cloudfront"},
    "docs": {"path": "cases/{id}/docs/"},
    "plain": {"path": "other/"},
}


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        pytest.param("cases/1/pics/a", True, id="a picture"),
        pytest.param("cases/1/docs/pics/x", False, id="a document whose name looks like a picture's"),
        pytest.param("cases/1/docs/a", False, id="a document"),
        pytest.param("cases/1/pics/docs/x", False, id="a picture whose name looks like a document's"),
        pytest.param("other/a", False, id="elsewhere"),
    ],
)
def test_the_distribution_is_kept_out_of_what_its_patterns_cross(key: str, expected: bool) -> None:
    """A star crosses slashes for a service as for a role."""
    files = {"cloudfront": {"signing_keys": {"first": KEY}}, "require_tls": False, "prefixes": CROSSING}
    policy = bucket_policy(environment(buckets={"media": files}), "media")
    source = f"arn:aws:cloudfront::{ACCOUNT}:distribution/{{media}}"
    request = {"action": "s3:GetObject", "resource": f"{ARN}/{key}", "aws:SourceArn": source}

    assert allows([policy], request) is expected


def test_no_refusal_where_no_pattern_crosses() -> None:
    """A path of its own needs none."""
    policy: Mapping[str, Any] = bucket_policy(media(), "media")

    assert "CloudFrontKeepOut" not in {one["Sid"] for one in policy["Statement"]}
