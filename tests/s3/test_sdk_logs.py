"""What the SDK logs opens no door, at whatever level, and still says what was asked."""

import logging
import re

import pytest

from bucketwright.s3.sessions import Access, Keys, Sessions
from tests.faults.proxy import Proxy
from tests.s3.asking import BUCKET, PATIENT, REGION

TOKEN = "CANARY//token+with/signs=="  # noqa: S105 - nobody's
SECRET = "SECRETCANARY"  # noqa: S105 - nobody's
ROLE = "arn:aws:iam::210987654321:role/reader"


def test_debugging(proxy: Proxy, caplog: pytest.LogCaptureFixture) -> None:
    """No token, signature or secret stands in the log of requests, nor what STS answered."""
    keys = Keys("AKIDEXAMPLE", SECRET, TOKEN)
    sessions = Sessions(Access(endpoint_url=proxy.url, region=REGION, keys=keys), limits=PATIENT)

    with caplog.at_level(logging.DEBUG, "botocore"):
        sessions.client("s3").head_bucket(Bucket=BUCKET)
        lent = sessions.client("sts").assume_role(RoleArn=ROLE, RoleSessionName="tests")["Credentials"]

    signatures = [re.findall("Signature=([0-9a-f]+)", one.headers["authorization"])[0] for one in proxy.seen]
    secrets = [TOKEN, SECRET, *signatures, lent["SecretAccessKey"], lent["SessionToken"], lent["AccessKeyId"]]
    assert len(signatures) == 2
    assert [one for one in secrets if one in caplog.text] == []
    assert "x-amz-security-token:[redacted]" in caplog.text
    assert "Sending http request: <AWSPreparedRequest stream_output=False, method=HEAD" in caplog.text
