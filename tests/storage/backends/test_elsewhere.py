"""What is said where the bucket is in another region than the one that was asked?"""

from collections.abc import Mapping

import pytest
from botocore.exceptions import ClientError

from bucketwright.storage.backends.s3_errors import Request, meant
from bucketwright.storage.errors import Misconfigured
from bucketwright.storage.stored import At

BEGIN = "the bucket 'files' is not in the region 'eu-west-1'"


@pytest.mark.requirement("AP-6")
@pytest.mark.parametrize(
    ("headers", "message", "expected"),
    [
        ({"x-amz-bucket-region": "us-west-2"}, "", f"{BEGIN}: it is in 'us-west-2'"),
        ({"x-amz-bucket-region": "us-west-2"}, "Moved", f"{BEGIN}: it is in 'us-west-2'"),
        ({}, "The bucket is elsewhere", f"{BEGIN}: The bucket is elsewhere"),
        ({"x-amz-bucket-region": "\x1b[31m"}, "", BEGIN),
        ({}, "", BEGIN),
    ],
    ids=["a HEAD", "an answer with both", "a message alone", "no region", "nothing"],
)
def test_a_bucket_elsewhere(headers: Mapping[str, str], message: str, expected: str) -> None:
    """The region that the answer names, else what it says; no sentence ends in a colon."""
    metadata = {"HTTPStatusCode": 301, "HTTPHeaders": dict(headers)}
    response = {"Error": {"Code": "PermanentRedirect", "Message": message}, "ResponseMetadata": metadata}
    error = ClientError(response, "HeadObject")

    found = meant(error, Request("HeadObject", At("files", "a"), region="eu-west-1"))

    assert isinstance(found, Misconfigured)
    assert found.message == expected
