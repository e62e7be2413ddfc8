"""Is a service kept to sources that are named?"""

import pytest

from bucketwright.iam.documents import parse
from bucketwright.rules.deputies import is_tied

ACCOUNT = "111122223333"


def _is_tied(*conditions: tuple[str, str, object]) -> bool:
    operators: dict[str, dict[str, object]] = {}
    for operator, key, values in conditions:
        operators.setdefault(operator, {})[key] = values
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "logging.s3.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::example/*",
        "Condition": operators,
    }
    return is_tied(parse({"Version": "2012-10-17", "Statement": statement}).statements[0])


@pytest.mark.parametrize(
    ("operator", "key", "values"),
    [
        pytest.param("StringEquals", "aws:SourceAccount", ACCOUNT, id="an account"),
        pytest.param(
            "StringLike", "aws:SourceAccount", [ACCOUNT, "123456789012"], id="accounts, as patterns"
        ),
        pytest.param("StringEqualsIgnoreCase", "AWS:SOURCEACCOUNT", ACCOUNT, id="the key in capitals"),
        pytest.param("StringEquals", "aws:SourceAccount", "${aws:ResourceAccount}", id="the owner, whoever"),
        pytest.param("StringEquals", "aws:SourceOwner", ACCOUNT, id="the older key"),
        pytest.param("ForAnyValue:StringEquals", "aws:SourceAccount", ACCOUNT, id="some value"),
        pytest.param("ArnLike", "aws:SourceArn", "arn:aws:s3:::source", id="one bucket"),
        pytest.param("StringEquals", "aws:SourceArn", "arn:aws:s3:::source", id="one bucket, as text"),
        pytest.param("ArnEquals", "aws:SourceArn", f"arn:*:*:*:{ACCOUNT}:*", id="whatever is of the account"),
        pytest.param(
            "StringLike", "aws:SourceArn", f"arn:aws:logs:eu-west-1:{ACCOUNT}:*", id="a wildcard at the end"
        ),
        pytest.param(
            "ArnLike", "aws:SourceArn", "arn:aws:sns:x:${aws:ResourceAccount}:y", id="the owner's source"
        ),
        pytest.param("StringEquals", "aws:SourceOrgID", "o-a1b2c3d4e5", id="an organisation"),
        pytest.param(
            "ForAnyValue:StringLike", "aws:SourceOrgPaths", "o-a1b2c3d4e5/r-ab12/*", id="a unit of one"
        ),
    ],
)
def test_a_fixed_source_ties(operator: str, key: str, values: object) -> None:
    """A source that nobody else can be keeps the service to it."""
    assert _is_tied((operator, key, values))


@pytest.mark.parametrize(
    ("operator", "key", "values"),
    [
        pytest.param("StringEquals", "aws:PrincipalAccount", ACCOUNT, id="a key that tells of no source"),
        pytest.param("StringEquals", "aws:SourceAccount", [], id="no value"),
        pytest.param("StringEquals", "aws:SourceAccount", "", id="an empty value"),
        pytest.param("StringLike", "aws:SourceAccount", "11112222*", id="accounts that begin alike"),
        pytest.param("StringLike", "aws:SourceAccount", f"{ACCOUNT}*", id="an account and a wildcard"),
        pytest.param("StringLike", "aws:SourceAccount", [ACCOUNT, "*"], id="one of two values open"),
        pytest.param("StringEquals", "aws:SourceAccount", "${aws:userid}", id="a variable of the caller"),
        pytest.param("StringNotEquals", "aws:SourceAccount", ACCOUNT, id="everyone but an account"),
        pytest.param("StringEqualsIfExists", "aws:SourceAccount", ACCOUNT, id="also without a source"),
        pytest.param("ForAllValues:StringEquals", "aws:SourceAccount", ACCOUNT, id="also without a value"),
        pytest.param("Null", "aws:SourceAccount", "false", id="some source"),
        pytest.param("ArnLike", "aws:SourceArn", "*", id="any source"),
        pytest.param("ArnLike", "aws:SourceArn", "arn:aws:s3:::*", id="any bucket"),
        pytest.param("ArnLike", "aws:SourceArn", "arn:aws:s3:::logs-?", id="buckets that begin alike"),
        pytest.param("ArnLike", "aws:SourceArn", "arn:aws:s3:::${aws:userid}", id="a bucket by a variable"),
        pytest.param("ArnLike", "aws:SourceArn", "arn:aws:sns:eu-west-1:*:topic", id="any account's topic"),
        pytest.param("ArnLike", "aws:SourceArn", f"arn:aws:logs:x:{ACCOUNT}", id="no whole ARN"),
        pytest.param(
            "StringLike",
            "aws:SourceArn",
            f"arn:aws:logs:*:{ACCOUNT}:*",
            id="a wildcard that may be an account",
        ),
        pytest.param("StringLike", "aws:SourceOrgID", "o-*", id="any organisation"),
        pytest.param("StringLike", "aws:SourceOrgPaths", "*/r-ab12/*", id="a unit of any organisation"),
        pytest.param(
            "StringLike", "aws:SourceOrgPaths", "o-a1b2c3d4e5*", id="organisations that begin alike"
        ),
        pytest.param(
            "StringLike", "aws:SourceOrgPaths", "o-a1b2c3d4e5/${aws:userid}/", id="a unit by a variable"
        ),
    ],
)
def test_an_open_source_does_not_tie(operator: str, key: str, values: object) -> None:
    """A source that somebody else can be, or a call without one, leaves the service to whoever asks."""
    assert not _is_tied((operator, key, values))


def test_one_condition_is_enough() -> None:
    """All conditions of a statement have to hold, so one that ties the service is enough."""
    assert _is_tied(("StringLike", "aws:SourceArn", "*"), ("StringEquals", "aws:SourceAccount", ACCOUNT))
