"""Which buckets do a role's documents name, and which may they reach besides?"""

import json

import pytest

from bucketwright.facets.bucket.policy import policy_of
from bucketwright.iam.documents import Statement
from bucketwright.rules.named_buckets import may_reach, named_buckets

READ = frozenset({"s3:getobject"})


def _statements(**elements: object) -> tuple[Statement, ...]:
    usual = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::files/*"}
    written = {name: value for name, value in {**usual, **elements}.items() if value is not None}
    return policy_of(json.dumps({"Version": "2012-10-17", "Statement": written})).document.statements


@pytest.mark.parametrize(
    ("elements", "names"),
    [
        pytest.param({}, {"files"}, id="all objects"),
        pytest.param({"Action": "s3:Get*"}, {"files"}, id="actions by a pattern"),
        pytest.param(
            {"Resource": ["arn:aws:s3:::files/a/*", "arn:aws-cn:s3:::more/x"]},
            {"files", "more"},
            id="two buckets",
        ),
        pytest.param({"Effect": "Deny"}, set(), id="a Deny"),
        pytest.param({"Action": "s3:PutObject"}, set(), id="another action"),
        pytest.param({"Resource": "arn:aws:s3:::files"}, set(), id="the bucket itself"),
        pytest.param({"Resource": "arn:aws:s3:::file?/*"}, set(), id="a bucket by a pattern"),
        pytest.param({"Resource": "arn:aws:s3:::${aws:username}/*"}, set(), id="a bucket by a variable"),
        pytest.param({"Resource": "*"}, set(), id="everything"),
        pytest.param({"Resource": "arn:aws:sqs:eu-west-1:111122223333:q/*"}, set(), id="another service"),
        pytest.param(
            {"Resource": "arn:aws:s3:eu-west-1:111122223333:accesspoint/door/object/*"},
            set(),
            id="an access point",
        ),
        pytest.param({"Resource": None, "NotResource": "arn:aws:s3:::files/*"}, set(), id="all but a bucket"),
        pytest.param({"Resource": None}, set(), id="nothing"),
    ],
)
def test_a_bucket_is_named_where_its_objects_are_granted(
    elements: dict[str, object], names: set[str]
) -> None:
    """Only Allows of the action count, and only names that are spelled out."""
    assert named_buckets(_statements(**elements), READ) == names


@pytest.mark.parametrize(
    ("elements", "reached"),
    [
        pytest.param({}, True, id="by name"),
        pytest.param({"Resource": ["arn:aws:s3:::more/*", "arn:aws:s3:::f*"]}, True, id="by a pattern"),
        pytest.param({"Resource": None, "NotResource": "arn:aws:s3:::more/*"}, True, id="as one of the rest"),
        pytest.param({"Resource": "arn:aws:s3:::more/*"}, False, id="another bucket"),
        pytest.param({"Resource": "arn:aws:s3:::files"}, False, id="the bucket itself"),
        pytest.param({"Effect": "Deny"}, False, id="a Deny"),
        pytest.param({"Action": "s3:PutObject"}, False, id="another action"),
        pytest.param({"Resource": None}, False, id="nothing"),
    ],
)
def test_a_bucket_may_be_reached_without_its_name(elements: dict[str, object], *, reached: bool) -> None:
    """Whatever pattern meets its objects."""
    assert may_reach(_statements(**elements), "arn:aws:s3:::files", READ) == reached
