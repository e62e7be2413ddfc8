"""An audit cannot change anything, because what it holds sends nothing that does."""

import re

import pytest
from botocore.session import Session

from bucketwright.calls import Answer, Call, Outcome
from bucketwright.s3.reading_only import WritingCallError, only_reads, reading_only

CHANGING = re.compile(
    "(Abort|Add|Associate|Attach|Cancel|Complete|Copy|Create|Deactivate|Delete|Deregister|Detach|Disable"
    "|Disassociate|Dissociate|Enable|Encrypt|Import|Initiate|Invoke|Modify|Put|Register|Remove|Rename|Replicate|Reset|Restore"
    "|Revoke|Rotate|Schedule|Send|Set|Start|Stop|Submit|Tag|Untag|Update|Upload|Write)"
)
SERVICES = (
    "s3",
    "s3control",
    "iam",
    "kms",
    "sts",
    "sns",
    "sqs",
    "lambda",
    "cloudtrail",
    "cloudfront",
    "events",
)


@pytest.mark.parametrize("service", SERVICES)
def test_no_operation_that_changes(service: str) -> None:
    """Of all operations that the SDK knows, none that is named as a change counts as reading."""
    names = Session().get_service_model(service).operation_names
    changing = [name for name in names if CHANGING.match(name)]

    assert [name for name in changing if only_reads(service, name)] == []
    assert len(changing) > len(names) / 4 or service == "sts"


@pytest.mark.parametrize(
    ("service", "operation"),
    [
        ("s3", "GetObject"),
        ("sts", "AssumeRole"),
        ("sts", "GetSessionToken"),
        ("s3", "SelectObjectContent"),
        ("s3", "Getaway"),
        ("s3", "getBucketAcl"),
        ("s3", "XGetBucketAcl"),
        ("iam", "LookupEvents"),
    ],
)
def test_refused(service: str, operation: str) -> None:
    """What gives credentials or contents, or only looks like a reading call, is refused before it is sent."""
    sent: list[Call] = []

    def send(call: Call) -> Outcome:
        sent.append(call)
        return Answer()

    with pytest.raises(WritingCallError, match=f"{service}:{operation}"):
        reading_only(send)(Call(service, operation))
    assert sent == []


@pytest.mark.parametrize(
    ("service", "operation"),
    [
        ("s3", "GetBucketVersioning"),
        ("s3", "ListBuckets"),
        ("s3", "HeadObject"),
        ("kms", "DescribeKey"),
        ("cloudtrail", "LookupEvents"),
        ("ecr", "BatchGetImage"),
    ],
)
def test_sent(service: str, operation: str) -> None:
    """What only reads is sent as it is."""
    assert reading_only(lambda call: Answer({"sent": call.operation}))(Call(service, operation)) == Answer(
        {"sent": operation}
    )
