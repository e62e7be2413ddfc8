"""Do two statements say the same of one bucket?"""

import pytest

from bucketwright.iam.documents import Statement, parse
from bucketwright.rules.same_statement import says_the_same

ARN = "arn:aws:s3:::example"
BOTH = [ARN, f"{ARN}/*"]


def _statement(**elements: object) -> Statement:
    usual = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}
    written = {name: value for name, value in {**usual, **elements}.items() if value is not None}
    return parse({"Version": "2012-10-17", "Statement": written}).statements[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({}, {"Sid": "Another"}, id="another Sid"),
        pytest.param({}, {"Resource": BOTH}, id="the bucket and its objects for everything"),
        pytest.param({}, {"Resource": "arn:aws:s3:::*"}, id="all buckets"),
        pytest.param({"Resource": BOTH}, {"Resource": f"{ARN}*"}, id="what begins like the bucket"),
        pytest.param(
            {"Resource": f"{ARN}/a/*"}, {"Resource": "arn:aws:s3:::?xample/a/*"}, id="a prefix of several"
        ),
        pytest.param(
            {"Action": "s3:PutObject"}, {"Action": "S3:putobject", "Resource": f"{ARN}/*"}, id="objects only"
        ),
        pytest.param(
            {"Action": "s3:ListBucket"}, {"Action": ["s3:ListBucket"], "Resource": ARN}, id="itself only"
        ),
        pytest.param({}, {"Resource": None}, id="no resource at all"),
        pytest.param({"Action": "sns:*"}, {"Action": "sns:*", "Resource": BOTH}, id="no action of S3"),
        pytest.param(
            {"Resource": None, "NotResource": "arn:aws:s3:::other"}, {}, id="all but another bucket"
        ),
        pytest.param(
            {"Resource": [ARN, "arn:aws:s3:::other"]}, {"Resource": ARN}, id="another bucket beside it"
        ),
    ],
)
def test_spelling_does_not_matter(one: dict[str, object], other: dict[str, object]) -> None:
    """Two statements are the same where they say the same of this bucket, whichever is asked first."""
    assert says_the_same(_statement(**one), _statement(**other), ARN)
    assert says_the_same(_statement(**other), _statement(**one), ARN)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"Effect": "Allow"}, id="effect"),
        pytest.param({"Principal": {"AWS": "111122223333"}}, id="principal"),
        pytest.param({"Action": ["s3:Get*", "s3:Put*"]}, id="actions"),
        pytest.param({"Condition": {"Bool": {"aws:SecureTransport": "false"}}}, id="condition"),
        pytest.param({"Action": ["s3:*", "s3:New"]}, id="an action more"),
        pytest.param({"Resource": None, "NotResource": "*"}, id="nothing at all"),
        pytest.param({"Resource": None, "NotResource": BOTH}, id="all but the bucket"),
        pytest.param({"Resource": f"{ARN}/*"}, id="not the bucket itself"),
        pytest.param({"Resource": ARN}, id="not the objects"),
        pytest.param({"Resource": [ARN, f"{ARN}/?*/*"]}, id="not all objects"),
        pytest.param({"Resource": "arn:aws:s3:::exampl?/*"}, id="objects by a pattern"),
        pytest.param({"Resource": "arn:aws:s3:::other*"}, id="another bucket"),
    ],
)
def test_meaning_matters(other: dict[str, object]) -> None:
    """They differ where they mean different requests, whichever is asked first."""
    assert not says_the_same(_statement(), _statement(**other), ARN)
    assert not says_the_same(_statement(**other), _statement(), ARN)


@pytest.mark.parametrize(
    "action", ["sns:*", ["s3:GetObject", "s3:NewAction"], ["s3:ListBucket", "s3:NewAction"]]
)
@pytest.mark.parametrize("resource", [ARN, f"{ARN}/*"])
def test_what_an_action_is_about_is_not_guessed(action: object, resource: str) -> None:
    """Where one of the actions may be about anything, the bucket and its objects both count."""
    assert not says_the_same(_statement(Action=action), _statement(Action=action, Resource=resource), ARN)


def test_an_action_that_no_table_knows_may_be_about_anything() -> None:
    """Of an action that S3 may have added, the bucket and its objects both count."""
    new = {"Action": "s3:NewAction"}

    assert says_the_same(_statement(**new), _statement(**new, Resource=BOTH), ARN)
    assert not says_the_same(_statement(**new), _statement(**new, Resource=ARN), ARN)
    assert not says_the_same(_statement(**new), _statement(**new, Resource=f"{ARN}/*"), ARN)
